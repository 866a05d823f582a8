/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a device is: serial number, firmware, rating, map, clock. Only lines that have something to say. */
#define PLANCIA_TYPE_IDENTITY_CARD (plancia_identity_card_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaIdentityCard, plancia_identity_card, PLANCIA, IDENTITY_CARD, GtkBox)

/* device may be NULL; zone is that of the plant. */
void plancia_identity_card_set_device (PlanciaIdentityCard *self,
                                       PlanciaDevice       *device,
                                       GTimeZone           *zone);
/* All lines that are shown, "Serial: ZP1…". (transfer full) */
char *plancia_identity_card_to_text (PlanciaIdentityCard *self);

G_END_DECLS
