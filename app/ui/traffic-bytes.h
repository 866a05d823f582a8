/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/dissect.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Bytes in hex with their characters below, each underlined in the colour of its part; the chosen part is filled and
 * bold. As many in a row, 8, 12 or 16, as there is room for; never mirrored. Main thread.
 * Signals "chosen" (int part): a byte was clicked; "rearranged" (): a row has room for more or fewer than before. */
#define PLANCIA_TYPE_TRAFFIC_BYTES (plancia_traffic_bytes_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficBytes, plancia_traffic_bytes, PLANCIA, TRAFFIC_BYTES, GtkWidget)

/* Both are copied. parts: (element-type PlanciaPart) or NULL. */
void plancia_traffic_bytes_set (PlanciaTrafficBytes *self,
                                const guint8        *data,
                                guint                length,
                                GArray              *parts);
/* -1: none. */
void plancia_traffic_bytes_choose (PlanciaTrafficBytes *self, int part);
/* Height of all bytes at the width that it has now, or at the usual one. */
int plancia_traffic_bytes_get_height (PlanciaTrafficBytes *self);
/* Name in the style sheets for the colour of a part, 1 to 6. */
const char *plancia_traffic_bytes_color (guint number);

G_END_DECLS
