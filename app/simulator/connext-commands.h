/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/world.h"

G_BEGIN_DECLS

/* The invented commands of the simulated CONNEXT. The real ones are not public. Simulator thread. */

typedef enum {
  PLANCIA_CONNEXT_NOTHING,
  PLANCIA_CONNEXT_REBOOT,
  PLANCIA_CONNEXT_WATCH,
  PLANCIA_CONNEXT_STOP,
  PLANCIA_CONNEXT_ECHO_ON,
  PLANCIA_CONNEXT_ECHO_OFF,
} PlanciaConnextEffect;

extern const char *const plancia_connext_greeting;

/* What the terminal says to a line, in lines that end in \r\n; "" to an empty one. (transfer full) */
char *plancia_connext_command (PlanciaWorld *world, const char *line, PlanciaConnextEffect *effect);
/* One line of watch. (transfer full) */
char *plancia_connext_describe_power (PlanciaWorld *world);

G_END_DECLS
