/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/port-access.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Why a serial port does not open, and the commands that put it right, to be copied. Main thread.
 * Signal "try-again" (): the person asks for another attempt. */
#define PLANCIA_TYPE_PORT_PROBLEM (plancia_port_problem_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPortProblem,
                      plancia_port_problem,
                      PLANCIA,
                      PORT_PROBLEM,
                      AdwPreferencesGroup)

/* access: what the file system says, or NULL if it was not asked yet; error: why the connection fails, or NULL.
 * Returns TRUE if there is something to explain; the widget shows itself accordingly. */
gboolean plancia_port_problem_set (PlanciaPortProblem      *self,
                                   const char              *path,
                                   const PlanciaPortAccess *access,
                                   const GError            *error);

G_END_DECLS
