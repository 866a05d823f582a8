/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The functions of Modbus with which a device can be read without a map: only those that its route passes. Main thread. */

/* device NULL: none. */
void plancia_function_choice_fill (GtkDropDown *drop_down, PlanciaDevice *device);
/* 1 to 4 */
guint8 plancia_function_choice_get (GtkDropDown *drop_down, PlanciaDevice *device);
/* Does nothing if the route does not pass it. */
void plancia_function_choice_set (GtkDropDown *drop_down, PlanciaDevice *device, guint8 function);

G_END_DECLS
