/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A device in a line of 36 px, for plants with too many devices for cards: icon, name, small curve, value, today, mark.
 * Made for a list: the device comes and goes. Main thread. */
#define PLANCIA_TYPE_DEVICE_LINE (plancia_device_line_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceLine, plancia_device_line, PLANCIA, DEVICE_LINE, GtkBox)

GtkWidget *plancia_device_line_new (PlanciaSession *session);
/* NULL: none. */
void plancia_device_line_set_device (PlanciaDeviceLine *self, PlanciaDevice *device);

/* All devices as such lines, in a list of its own that scrolls from 480 px on. devices: GPtrArray of PlanciaDevice. */
GtkWidget *plancia_device_line_list_new (PlanciaSession *session, GPtrArray *devices);

G_END_DECLS
