/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Today's energies of a device and the curve of its day. Hidden for a device that counts no energy of the day. */
#define PLANCIA_TYPE_TODAY_CARD (plancia_today_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTodayCard, plancia_today_card, PLANCIA, TODAY_CARD, GtkBox)

/* Both may be NULL. */
void plancia_today_card_set_device (PlanciaTodayCard *self,
                                    PlanciaOpenPlant *plant,
                                    PlanciaDevice    *device);

G_END_DECLS
