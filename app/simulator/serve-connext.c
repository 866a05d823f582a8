/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-connext.h"

#include <string.h>

#include "simulator/connext-commands.h"

#define PROMPT "> "
/* Time for a client to set up the port it has just opened. */
#define BOOT_TIME    150
#define WATCH_PERIOD 1000
#define LONGEST_LINE 200

typedef struct
{
  gboolean booting;
  gboolean echo;
  gboolean watching;
  gboolean after_return; /* a line feed now belongs to it */
  GString *line;         /* what has been typed of it */
} State;

static PlanciaFault
get_fault (PlanciaStation *station)
{
  return plancia_faults_get (plancia_world_get_faults (station->world), station->device->name);
}

static void
say (PlanciaWire *wire, const char *text, const char *prompt)
{
  PlanciaStation  *station = plancia_wire_get_service (wire);
  g_autofree char *whole = g_strconcat (text, prompt, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));

  if (*whole != '\0')
    plancia_wire_answer (wire, bytes, get_fault (station));
}

static void
boot (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);

  state->booting = TRUE;
  state->echo = FALSE;
  state->watching = FALSE;
  plancia_wire_wake (wire, BOOT_TIME);
}

static void
woken (PlanciaWire *wire)
{
  PlanciaStation  *station = plancia_wire_get_service (wire);
  State           *state = plancia_wire_get_state (wire);
  g_autofree char *line = NULL;

  if (state->booting) {
    state->booting = FALSE;
    say (wire, plancia_connext_greeting, PROMPT);
  } else if (state->watching) {
    line = plancia_connext_describe_power (station->world);
    say (wire, line, "");
    plancia_wire_wake (wire, WATCH_PERIOD);
  }
}

static void
take_line (PlanciaWire *wire, const char *line)
{
  PlanciaStation      *station = plancia_wire_get_service (wire);
  State               *state = plancia_wire_get_state (wire);
  PlanciaConnextEffect effect;
  g_autofree char     *text = plancia_connext_command (station->world, line, &effect);

  if (effect == PLANCIA_CONNEXT_REBOOT) {
    boot (wire);
    return;
  }
  if (effect == PLANCIA_CONNEXT_ECHO_ON || effect == PLANCIA_CONNEXT_ECHO_OFF)
    state->echo = effect == PLANCIA_CONNEXT_ECHO_ON;
  if (effect == PLANCIA_CONNEXT_WATCH || effect == PLANCIA_CONNEXT_STOP)
    state->watching = effect == PLANCIA_CONNEXT_WATCH;
  if (effect == PLANCIA_CONNEXT_WATCH)
    plancia_wire_wake (wire, 0);
  else
    say (wire, text, PROMPT);
}

static void
echo (PlanciaWire *wire, char byte)
{
  if (byte == '\r' || byte == '\n')
    plancia_wire_send (wire, "\r\n", 2);
  else
    plancia_wire_send (wire, &byte, 1);
}

static void
take_byte (PlanciaWire *wire, char byte)
{
  State           *state = plancia_wire_get_state (wire);
  gboolean         second = byte == '\n' && state->after_return;
  g_autofree char *line = NULL;

  state->after_return = byte == '\r';
  if (second)
    return;
  if (state->echo)
    echo (wire, byte);
  if (byte != '\r' && byte != '\n') {
    if (state->line->len < LONGEST_LINE)
      g_string_append_c (state->line, byte != '\0' ? byte : ' ');
    return;
  }
  line = g_strdup (state->line->str);
  g_string_truncate (state->line, 0);
  take_line (wire, line);
}

static void
received (PlanciaWire *wire)
{
  GByteArray *input = plancia_wire_get_input (wire);

  for (guint i = 0; i < input->len && plancia_wire_is_open (wire); i++)
    take_byte (wire, (char) input->data[i]);
  g_byte_array_set_size (input, 0);
}

static void
opened (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);

  state->line = g_string_new (NULL);
  boot (wire);
}

static void
closed (PlanciaWire *wire)
{
  State *state = plancia_wire_get_state (wire);

  g_string_free (state->line, TRUE);
}

const PlanciaWireProtocol plancia_connext_protocol = {
  .state_size = sizeof (State),
  .opened = opened,
  .received = received,
  .woken = woken,
  .closed = closed,
};
