/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field-value.h"
#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  PLANCIA_QUALITY_GOOD,
  PLANCIA_QUALITY_OLD,
  PLANCIA_QUALITY_MISSING, /* the source says it has none */
  PLANCIA_QUALITY_REFUSED, /* the device answered with an exception */
  PLANCIA_QUALITY_ERROR,
} PlanciaQuality;

const char *plancia_quality_name (PlanciaQuality quality); /* "good", "old", ... for JSON */

/* One value at one time. */
typedef struct
{
  char          *key;
  gint64         time; /* ms UTC of the answer (cloud: of the sample) */
  PlanciaQuality quality;
  PlanciaValue   value;
  guint          n_words;
  guint16       *words;   /* as on the wire; NULL for cloud values */
  char          *message; /* why not good, English, or NULL */
} PlanciaReading;

/* What one device answered in one cycle. Built on a worker, then immutable; counted references. */
typedef struct _PlanciaReadings PlanciaReadings;

#define PLANCIA_TYPE_READINGS (plancia_readings_get_type ())
GType plancia_readings_get_type (void);

PlanciaReadings *plancia_readings_new (const char *device, gint64 time);
/* While building only; takes over value and words are copied. Returns the reading for further setting. */
PlanciaReading *
plancia_readings_add (PlanciaReadings *self, const char *key, PlanciaQuality quality);
void
plancia_reading_set_words (PlanciaReading *self, const PlanciaField *field, const guint16 *words);
void                  plancia_reading_set_number (PlanciaReading *self, double number);
PlanciaReadings      *plancia_readings_ref (PlanciaReadings *self);
void                  plancia_readings_unref (PlanciaReadings *self);
const char           *plancia_readings_get_device (PlanciaReadings *self);
gint64                plancia_readings_get_time (PlanciaReadings *self);
guint                 plancia_readings_get_count (PlanciaReadings *self);
const PlanciaReading *plancia_readings_get (PlanciaReadings *self, guint index);
const PlanciaReading *plancia_readings_find (PlanciaReadings *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaReadings, plancia_readings_unref)

G_END_DECLS
