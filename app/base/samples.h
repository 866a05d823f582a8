/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/oddities.h"
#include "base/span.h"

G_BEGIN_DECLS

/* A stretch of history of one device: per key two parallel arrays, sorted by time, no duplicate
 * times. Immutable once built, counted references, any thread. */
typedef struct _PlanciaSamples PlanciaSamples;

typedef struct
{
  char   *key;    /* register key or cloud field name */
  GArray *times;  /* gint64, ms UTC */
  GArray *values; /* double, in the key's unit; never NAN (absent instead) */
} PlanciaSampleColumn;

/* source: "portal", "local", ...; covered: what the source confirmed (have or empty); an empty span
 * if it confirmed nothing. */
PlanciaSamples *plancia_samples_new (const char *device, const char *source, PlanciaSpan covered);
/* While building only. Unsorted times and duplicates are put right by plancia_samples_seal (the last
 * value of equal times wins). */
void plancia_samples_add (PlanciaSamples *self, const char *key, gint64 time, double value);
/* Many at once, which are in order and in the state that plancia_samples_add leaves them in: of a store. */
void            plancia_samples_append (PlanciaSamples *self,
                                        const char     *key,
                                        const gint64   *times,
                                        const double   *values,
                                        gsize           length);
PlanciaSamples *plancia_samples_seal (PlanciaSamples *self); /* returns self */

PlanciaSamples            *plancia_samples_ref (PlanciaSamples *self);
void                       plancia_samples_unref (PlanciaSamples *self);
const char                *plancia_samples_get_device (PlanciaSamples *self);
const char                *plancia_samples_get_source (PlanciaSamples *self);
PlanciaSpan                plancia_samples_get_covered (PlanciaSamples *self);
guint                      plancia_samples_get_n_columns (PlanciaSamples *self);
const PlanciaSampleColumn *plancia_samples_get_column (PlanciaSamples *self, guint index);
const PlanciaSampleColumn *plancia_samples_find_column (PlanciaSamples *self, const char *key);
/* If it was thinned for a picture: how long the parts of time are of which there is no more than the first, the smallest, the largest
 * and the last sample; 0: all is there. Set before it is sealed. */
void   plancia_samples_set_width (PlanciaSamples *self, gint64 width);
gint64 plancia_samples_get_width (PlanciaSamples *self);
/* What has been put right in them, of PlanciaOddities. Added while building only. */
void  plancia_samples_add_oddities (PlanciaSamples *self, guint oddities);
guint plancia_samples_get_oddities (PlanciaSamples *self);
gsize plancia_samples_count (PlanciaSamples *self); /* of all columns */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSamples, plancia_samples_unref)

G_END_DECLS
