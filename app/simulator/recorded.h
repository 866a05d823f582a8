/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the registers of a device held while it was recorded, by time: a list of [seconds since the start, function, address,
 * "hex words"] in a scenario. Before its first time a register has its first value. Immutable, counted. */
typedef struct _PlanciaRecorded PlanciaRecorded;

typedef struct
{
  gint64   time; /* ms since the start */
  guint8   function;
  guint16  address;
  guint16  count;
  guint16 *words;
} PlanciaRecordedChange;

/* NULL and PLANCIA_DOCUMENT_ERROR. (transfer full) */
PlanciaRecorded *
plancia_recorded_read (JsonArray *array, const char *origin, const char *path, GError **error);
PlanciaRecorded *plancia_recorded_ref (PlanciaRecorded *self);
void             plancia_recorded_unref (PlanciaRecorded *self);
guint            plancia_recorded_get_length (const PlanciaRecorded *self);
/* In the order of time. */
const PlanciaRecordedChange *plancia_recorded_get (const PlanciaRecorded *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaRecorded, plancia_recorded_unref)

G_END_DECLS
