/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A device on the page of the whole plant: icon, name, mark; value, today, a small curve of the day; its state in
 * words. One stop of Tab; a click, Return or the space bar selects the device in the session. Follows the device by
 * itself. Main thread. Signal "activate" (). */
#define PLANCIA_TYPE_DEVICE_CARD (plancia_device_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceCard, plancia_device_card, PLANCIA, DEVICE_CARD, GtkBox)

GtkWidget     *plancia_device_card_new (PlanciaSession *session, PlanciaDevice *device);
PlanciaDevice *plancia_device_card_get_device (PlanciaDeviceCard *self);

G_END_DECLS
