/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of the tree: icon, name, live value, state mark. Property "device" (PlanciaDevice or NULL), read and write:
 * a recycled row gets another one. Follows the device and changes only what changed. */
#define PLANCIA_TYPE_TREE_ROW (plancia_tree_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTreeRow, plancia_tree_row, PLANCIA, TREE_ROW, GtkBox)

GtkWidget     *plancia_tree_row_new (void);
PlanciaDevice *plancia_tree_row_get_device (PlanciaTreeRow *self); /* or NULL */
void           plancia_tree_row_set_device (PlanciaTreeRow *self, PlanciaDevice *device);

/* What people read instead of the name of the whole plant. (transfer none) */
const char *plancia_device_title (PlanciaDevice *device);
/* TRUE if nothing comes just now for a reason that passes: it is asked again. */
gboolean plancia_device_is_busy (PlanciaDevice *device);
/* TRUE if its figure is of before its connection went. */
gboolean plancia_device_has_old_value (PlanciaDevice *device);
/* Name of the icon of a kind. (transfer none) */
const char *plancia_kind_icon (const char *kind);

G_END_DECLS
