/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the connection of a device fares: latency, requests, errors, age of the last reading. Main thread. */
#define PLANCIA_TYPE_LINK_CARD (plancia_link_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkCard, plancia_link_card, PLANCIA, LINK_CARD, GtkBox)

void plancia_link_card_set_device (PlanciaLinkCard *self, PlanciaDevice *device); /* or NULL */

G_END_DECLS
