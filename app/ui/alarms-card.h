/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The open alarms of a device, then the one that ended last. Hidden for a device whose map has no fault words. */
#define PLANCIA_TYPE_ALARMS_CARD (plancia_alarms_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmsCard, plancia_alarms_card, PLANCIA, ALARMS_CARD, GtkBox)

/* device may be NULL; zone is that of the plant. */
void
plancia_alarms_card_set_device (PlanciaAlarmsCard *self, PlanciaDevice *device, GTimeZone *zone);

G_END_DECLS
