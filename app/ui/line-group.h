/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One of the three lines of a HUB: who holds it, its port and pace, its devices, connect and release. Main thread. */
#define PLANCIA_TYPE_LINE_GROUP (plancia_line_group_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLineGroup,
                      plancia_line_group,
                      PLANCIA,
                      LINE_GROUP,
                      AdwPreferencesGroup)

/* hub: the HUB or the line itself. line: the device of the line; NULL: the plant has nothing on it. */
GtkWidget *plancia_line_group_new (PlanciaSession *session,
                                   PlanciaDevice  *hub,
                                   PlanciaDevice  *line,
                                   PlanciaHubLine  which);

G_END_DECLS
