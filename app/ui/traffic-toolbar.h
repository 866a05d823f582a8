/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Above the list of frames: pause, filter, directions, errors, export, more. Properties "paused", "sent", "received",
 * "errors" (gboolean) and "text" notify. The buttons use the actions "traffic.export-pcapng", "traffic.export-csv",
 * "traffic.save-transcript" and "traffic.clear". Main thread. */
#define PLANCIA_TYPE_TRAFFIC_TOOLBAR (plancia_traffic_toolbar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficToolbar,
                      plancia_traffic_toolbar,
                      PLANCIA,
                      TRAFFIC_TOOLBAR,
                      AdwBin)

gboolean    plancia_traffic_toolbar_get_paused (PlanciaTrafficToolbar *self);
gboolean    plancia_traffic_toolbar_get_sent (PlanciaTrafficToolbar *self);
gboolean    plancia_traffic_toolbar_get_received (PlanciaTrafficToolbar *self);
gboolean    plancia_traffic_toolbar_get_errors (PlanciaTrafficToolbar *self);
const char *plancia_traffic_toolbar_get_text (PlanciaTrafficToolbar *self);
/* Everything passes, nothing is paused. */
void plancia_traffic_toolbar_clear (PlanciaTrafficToolbar *self);
void plancia_traffic_toolbar_search (PlanciaTrafficToolbar *self);
void plancia_traffic_toolbar_set_narrow (PlanciaTrafficToolbar *self, gboolean narrow);

G_END_DECLS
