/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-connext.h"

#include <string.h>

#include "base/clock.h"
#include "simulator/connext-commands.h"

#define PROMPT "> "
/* Time for a client to set up the port it has just opened. */
#define BOOT_TIME    150
#define WATCH_PERIOD 1000
#define LONGEST_LINE 200
/* 3 Mbit/s are 300000 characters a second with start and stop bit. */
#define FLOOD_SPEED  300000
#define FLOOD_PERIOD 5 /* ms */
#define FLOOD_ROW    60

/* What goes on by itself. */
typedef enum {
  IDLE,
  BOOTING,
  WATCHING,
  WAITING,
  FLOODING,
} Activity;

typedef struct
{
  Activity               activity;
  gboolean               echo;
  gboolean               after_return; /* a line feed now belongs to it */
  GString               *line;         /* what has been typed of it */
  char                  *answer;       /* for the end of WAITING */
  gint64                 flood_begin;  /* monotonic ms */
  gint64                 flood_sent;   /* bytes */
  gint64                 flood_total;  /* bytes */
  PlanciaConnextSettings settings;
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

  state->activity = BOOTING;
  state->echo = FALSE;
  plancia_connext_settings_init (&state->settings);
  plancia_wire_wake (wire, BOOT_TIME);
}

/* Row n of a flood says n, so that one that is lost is missed. */
static void
fill_row (char *row, gint64 number)
{
  memset (row, '.', FLOOD_ROW);
  g_snprintf (row, FLOOD_ROW, "flood %09" G_GINT64_FORMAT, number);
  row[strlen (row)] = ' ';
  row[FLOOD_ROW - 2] = '\r';
  row[FLOOD_ROW - 1] = '\n';
}

/* What is due by now, and what an earlier turn could not send. */
static gboolean
flood_some (PlanciaWire *wire, State *state)
{
  gint64 due = (plancia_clock_monotonic () - state->flood_begin) * FLOOD_SPEED / 1000;
  char   row[FLOOD_ROW];

  due = MIN (due, state->flood_total);
  while (state->flood_sent < due) {
    gint64 done = state->flood_sent % FLOOD_ROW;
    gsize  sent;

    fill_row (row, state->flood_sent / FLOOD_ROW);
    sent = plancia_wire_send_some (wire, row + done, (gsize) (FLOOD_ROW - done));
    state->flood_sent += (gint64) sent;
    if (sent < (gsize) (FLOOD_ROW - done))
      break;
  }
  return plancia_wire_is_open (wire) && state->flood_sent < state->flood_total;
}

static void
flood (PlanciaWire *wire, State *state)
{
  g_autofree char *last = NULL;

  if (flood_some (wire, state)) {
    plancia_wire_wake (wire, FLOOD_PERIOD);
    return;
  }
  if (!plancia_wire_is_open (wire))
    return;
  state->activity = IDLE;
  last = g_strdup_printf ("flood of %" G_GINT64_FORMAT " rows done\r\n",
                          state->flood_total / FLOOD_ROW);
  say (wire, last, PROMPT);
}

static void
start_flood (PlanciaWire *wire, State *state, guint seconds)
{
  state->activity = FLOODING;
  state->flood_begin = plancia_clock_monotonic ();
  state->flood_sent = 0;
  state->flood_total = (gint64) seconds * FLOOD_SPEED / FLOOD_ROW * FLOOD_ROW;
  plancia_wire_wake (wire, 0);
}

static void
woken (PlanciaWire *wire)
{
  PlanciaStation  *station = plancia_wire_get_service (wire);
  State           *state = plancia_wire_get_state (wire);
  g_autofree char *line = NULL;

  switch (state->activity) {
  case BOOTING:
    state->activity = IDLE;
    say (wire, plancia_connext_greeting, PROMPT);
    break;
  case WATCHING:
    line = plancia_connext_describe_power (station->world);
    say (wire, line, "");
    plancia_wire_wake (wire, WATCH_PERIOD);
    break;
  case WAITING:
    state->activity = IDLE;
    line = g_steal_pointer (&state->answer);
    say (wire, line, PROMPT);
    break;
  case FLOODING:
    flood (wire, state);
    break;
  case IDLE:
  default:
    break;
  }
}

/* Every value of a byte, in an order that looks like nothing. */
static void
send_garbage (PlanciaWire *wire, guint length)
{
  g_autofree guint8 *bytes = g_malloc (length);

  for (guint i = 0; i < length; i++)
    bytes[i] = (guint8) (i * 167 + 13);
  plancia_wire_send (wire, bytes, length);
  say (wire, "\r\n", PROMPT);
}

static void
wait_with_answer (PlanciaWire *wire, State *state, const char *text, guint seconds)
{
  state->activity = WAITING;
  g_free (state->answer);
  state->answer = g_strdup (text);
  plancia_wire_wake (wire, seconds * 1000);
}

static void
have_effect (PlanciaWire *wire, PlanciaConnextEffect effect, guint number, const char *text)
{
  State *state = plancia_wire_get_state (wire);

  switch (effect) {
  case PLANCIA_CONNEXT_REBOOT:
    boot (wire);
    return;
  case PLANCIA_CONNEXT_HANG_UP:
    plancia_wire_hang_up (wire, number * 1000);
    return;
  case PLANCIA_CONNEXT_WATCH:
    state->activity = WATCHING;
    plancia_wire_wake (wire, 0);
    return;
  case PLANCIA_CONNEXT_WAIT:
    wait_with_answer (wire, state, text, number);
    return;
  case PLANCIA_CONNEXT_FLOOD:
    start_flood (wire, state, number);
    return;
  case PLANCIA_CONNEXT_GARBAGE:
    send_garbage (wire, number);
    return;
  case PLANCIA_CONNEXT_STOP:
    state->activity = IDLE;
    break;
  case PLANCIA_CONNEXT_ECHO_ON:
  case PLANCIA_CONNEXT_ECHO_OFF:
    state->echo = effect == PLANCIA_CONNEXT_ECHO_ON;
    break;
  case PLANCIA_CONNEXT_NOTHING:
  default:
    break;
  }
  say (wire, text, PROMPT);
}

static void
take_line (PlanciaWire *wire, const char *line)
{
  PlanciaStation      *station = plancia_wire_get_service (wire);
  State               *state = plancia_wire_get_state (wire);
  PlanciaConnextEffect effect;
  guint                number = 0;
  g_autofree char     *text =
    plancia_connext_command (station->world, &state->settings, line, &effect, &number);

  have_effect (wire, effect, number, text);
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
  g_free (state->answer);
}

const PlanciaWireProtocol plancia_connext_protocol = {
  .state_size = sizeof (State),
  .opened = opened,
  .received = received,
  .woken = woken,
  .closed = closed,
};
