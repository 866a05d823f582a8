/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A device as a row of a boxed list: icon, name, a caption, value, mark, chevron. Activating it selects the device in
 * the session. Follows the device by itself. Main thread. */
#define PLANCIA_TYPE_DEVICE_ROW (plancia_device_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceRow, plancia_device_row, PLANCIA, DEVICE_ROW, AdwActionRow)

GtkWidget     *plancia_device_row_new (PlanciaSession *session, PlanciaDevice *device);
PlanciaDevice *plancia_device_row_get_device (PlanciaDeviceRow *self);
/* Caption under the value, or NULL for none: the age of a portal's value. */
void plancia_device_row_set_note (PlanciaDeviceRow *self, const char *note);
/* One widget between caption and value. */
void plancia_device_row_add_middle (PlanciaDeviceRow *self, GtkWidget *widget);
/* In a narrow list that widget has a line of its own. */
void plancia_device_row_set_narrow (PlanciaDeviceRow *self, gboolean narrow);

G_END_DECLS
