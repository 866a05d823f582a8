/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* What a device is, read out of the registers that its map has for it. Each (transfer full), NULL if not known.
 * Main thread. */
char *plancia_device_identity_serial (PlanciaDevice *device);
char *plancia_device_identity_firmware (PlanciaDevice *device); /* "2.10 / 1.03" */
char *plancia_device_identity_rated (PlanciaDevice *device);    /* "10.0 kW" */
/* Which map, and how sure that is: "G3, confirmed". */
char *plancia_device_identity_map (PlanciaDevice *device);
/* What its map was guessed from: "ZP1ES110… at 0x0445"; NULL if it was chosen. */
char *plancia_device_identity_evidence (PlanciaDevice *device);
/* The device's clock against this computer's: "3 s ahead". zone: of the plant. */
char *plancia_device_identity_clock (PlanciaDevice *device, GTimeZone *zone);
/* Name of the cloud account through which a thing is seen. */
char *plancia_device_identity_account (PlanciaDevice *device);
/* Where it answers. */
char *plancia_device_identity_address (PlanciaDevice *device);

G_END_DECLS
