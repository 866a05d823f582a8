/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the register page does with the map of the session's device: "register-map.choose" (another one, or ask the device again)
 * and "register-map.edit". */
void plancia_register_map_actions_attach (GtkWidget *page, PlanciaSession *session);

G_END_DECLS
