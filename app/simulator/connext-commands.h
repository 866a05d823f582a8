/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/world.h"

G_BEGIN_DECLS

/* The invented commands of the simulated CONNEXT. The real ones are not public. Simulator thread. */

/* What the terminal has to do, beyond saying the answer. */
typedef enum {
  PLANCIA_CONNEXT_NOTHING,
  PLANCIA_CONNEXT_REBOOT,
  PLANCIA_CONNEXT_WATCH,
  PLANCIA_CONNEXT_STOP,
  PLANCIA_CONNEXT_ECHO_ON,
  PLANCIA_CONNEXT_ECHO_OFF,
  PLANCIA_CONNEXT_WAIT,    /* the answer comes number seconds later */
  PLANCIA_CONNEXT_GARBAGE, /* number bytes that are no text */
  PLANCIA_CONNEXT_HANG_UP, /* the cable is pulled for number seconds */
  PLANCIA_CONNEXT_FLOOD,   /* number seconds of text as fast as the fastest line */
} PlanciaConnextEffect;

/* Made by set, shown by status; they do nothing else. */
typedef struct
{
  char   label[32];
  guint  interval; /* s */
  gint64 since;    /* monotonic ms: last boot */
} PlanciaConnextSettings;

extern const char *const plancia_connext_greeting;

void plancia_connext_settings_init (PlanciaConnextSettings *self);
/* What the terminal says to a line, in lines that end in \r\n; "" to an empty one. (transfer full) */
char *plancia_connext_command (PlanciaWorld           *world,
                               PlanciaConnextSettings *settings,
                               const char             *line,
                               PlanciaConnextEffect   *effect,
                               guint                  *number);
/* One line of watch. (transfer full) */
char *plancia_connext_describe_power (PlanciaWorld *world);

G_END_DECLS
