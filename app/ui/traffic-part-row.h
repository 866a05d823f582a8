/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/dissect.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of a frame in the details: colour key, name, value, which bytes. Main thread. */
#define PLANCIA_TYPE_TRAFFIC_PART_ROW (plancia_traffic_part_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficPartRow,
                      plancia_traffic_part_row,
                      PLANCIA,
                      TRAFFIC_PART_ROW,
                      GtkListBoxRow)

GtkWidget *plancia_traffic_part_row_new (const char *color,
                                         const char *name,
                                         const char *value,
                                         const char *range,
                                         gboolean    bad);

G_END_DECLS
