/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"

G_BEGIN_DECLS

/* Writing what no map knows: registers from an address, as they are. Such an edit goes the way of all edits; its field belongs
 * to itself and is called by its address: key "raw_1187", name "0x1187". */
#define PLANCIA_RAW_PREFIX "raw_"

/* Registers that one raw write may have: what a device answers in one reading. */
#define PLANCIA_RAW_MAXIMUM 60

/* function 16: one edit for all words; 6: one for each. (transfer full) (element-type PlanciaEdit) */
GPtrArray *
plancia_raw_edits_new (guint16 address, const guint16 *words, guint count, guint8 function);
/* A map of just these registers, so that they can be shown and staged as any others; its keys are those of the raw edits.
 * (transfer full) */
PlanciaMap *plancia_raw_map_new (guint16 address, guint count, guint8 function);
/* Makes edits of such a map raw ones, in place. (element-type PlanciaEdit) */
void plancia_raw_edits_take_over (GPtrArray *edits);
/* What a person wrote: an address, and words between commas or spaces, decimal ("500", "-500") or hexadecimal ("0x01F4").
 * PLANCIA_DEVICE_ERROR_OUT_OF_RANGE says what is wrong. */
gboolean plancia_raw_parse_address (const char *text, guint16 *address, GError **error);
/* (transfer full) (element-type guint16), or NULL. */
GArray *plancia_raw_parse_words (const char *text, GError **error);
/* Grid code and firmware are never written, whoever asks: PLANCIA_DEVICE_ERROR_READ_ONLY. map may be NULL. */
gboolean plancia_raw_check_area (PlanciaMap *map, guint16 address, guint count, GError **error);
/* What the map says of requests: longest write, edges that none may cross. map may be NULL. */
gboolean plancia_raw_check_limits (PlanciaMap *map, const PlanciaField *field, GError **error);
/* Fields of the map that a raw write would touch. (transfer container) (element-type PlanciaField) */
GPtrArray    *plancia_raw_find_known (PlanciaMap *map, guint16 address, guint count);
PlanciaField *plancia_raw_field_copy (const PlanciaField *field);
void          plancia_raw_field_free (PlanciaField *field);

G_END_DECLS
