/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A register map as it is opened for editing: read on a worker, then owned by whoever edits it. */
typedef struct
{
  char     *id;      /* of the map that was opened */
  char     *base_id; /* what the person's own map extends, or will; NULL: it stands alone */
  gboolean  own;     /* it is in the person's folder already */
  JsonNode *whole;   /* without "extends", not sealed */
  JsonNode *base;    /* the same of base_id; NULL with it */
} PlanciaMapSource;

/* Blocking. PLANCIA_DEVICE_ERROR_UNKNOWN_MAP, PLANCIA_DOCUMENT_ERROR. */
PlanciaMapSource *plancia_map_source_load (const char *id, GError **error);
/* One with nothing but a first register, for the registers of a device that no map knows. device_kind: as maps call it. */
PlanciaMapSource *plancia_map_source_new (const char *device_kind);
void              plancia_map_source_free (PlanciaMapSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMapSource, plancia_map_source_free)

G_END_DECLS
