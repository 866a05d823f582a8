/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a device does now: the power flow, or its figures; its state in words. Signal "flow-activated" (int flow). */
#define PLANCIA_TYPE_NOW_CARD (plancia_now_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaNowCard, plancia_now_card, PLANCIA, NOW_CARD, GtkBox)

/* Both may be NULL. */
void
plancia_now_card_set_device (PlanciaNowCard *self, PlanciaOpenPlant *plant, PlanciaDevice *device);

G_END_DECLS
