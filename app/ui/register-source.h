/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "model/register-model.h"

G_BEGIN_DECLS

/* The register model of one device, kept as long as the device is, so that staged edits survive looking at another
 * device. Main thread. Signals: "model-changed" () the device has another map, "updated" () newer values are in the
 * model, "reading-changed" () a reading of all registers began or ended. */
#define PLANCIA_TYPE_REGISTER_SOURCE (plancia_register_source_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterSource,
                      plancia_register_source,
                      PLANCIA,
                      REGISTER_SOURCE,
                      GObject)

/* (transfer none): made when first asked for. */
PlanciaRegisterSource *plancia_register_source_of (PlanciaDevice *device);
/* (transfer none) NULL while the device has no map. */
PlanciaRegisterModel *plancia_register_source_get_model (PlanciaRegisterSource *self);
/* While watched the model follows the device. */
void plancia_register_source_set_watched (PlanciaRegisterSource *self, gboolean watched);
/* While paused its values stand still. */
void plancia_register_source_set_paused (PlanciaRegisterSource *self, gboolean paused);
/* Reads these keys, or everything if NULL, once. Nothing happens while a reading runs or without a connection. */
void plancia_register_source_read (PlanciaRegisterSource *self, const char *const *keys);
/* The same as for NULL, but only the first time. */
void          plancia_register_source_read_first (PlanciaRegisterSource *self);
gboolean      plancia_register_source_is_reading (PlanciaRegisterSource *self);
const GError *plancia_register_source_get_error (PlanciaRegisterSource *self); /* or NULL */

G_END_DECLS
