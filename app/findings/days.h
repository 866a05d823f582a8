/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "findings/sky.h"

G_BEGIN_DECLS

/* What a day of one device's history, from one source, comes to: all that is judged. Made out of samples piece by piece, so that
 * five years take the room of some thousand days. */

#define PLANCIA_DAY_STRINGS 12

/* Of the sunlit time: three hours around noon, and what is before and behind. */
typedef enum {
  PLANCIA_DAY_MORNING,
  PLANCIA_DAY_MIDDAY,
  PLANCIA_DAY_AFTERNOON,
  PLANCIA_N_DAY_PARTS
} PlanciaDayPart;

/* Powers with the counter that goes with each. */
typedef enum {
  PLANCIA_DAY_PV,
  PLANCIA_DAY_LOAD,
  PLANCIA_DAY_EXPORT,
  PLANCIA_DAY_IMPORT,
  PLANCIA_DAY_CHARGE,
  PLANCIA_DAY_DISCHARGE,
  PLANCIA_N_DAY_FLOWS
} PlanciaDayFlow;

/* NAN: not known. */
typedef struct
{
  float strings[PLANCIA_DAY_STRINGS][PLANCIA_N_DAY_PARTS]; /* kWh */
  float powers[PLANCIA_N_DAY_FLOWS];                       /* kWh that the powers come to */
  float counters[PLANCIA_N_DAY_FLOWS];                     /* kWh that the daily counters counted */
  float light_known; /* part of the sunlit time with readings, 0..1 */
  float night_known;
  float
        asked; /* 1: the source was asked for all of it, so that what is missing is missing there; 0: nobody can say */
  float middle;  /* minutes from the sun's noon to the middle of the production */
  float reset;   /* minutes from midnight to the moment at which the daily counters began anew */
  float soc_min; /* % */
  float soc_max;
  float soc_rise; /* points gained while charging, all together */
} PlanciaDay;

/* Of one device and source; days as those of the sky. */
typedef struct _PlanciaDays PlanciaDays;

PlanciaDays      *plancia_days_new (const char *device, const char *source, PlanciaSky *sky);
void              plancia_days_free (PlanciaDays *self);
const char       *plancia_days_get_device (PlanciaDays *self);
const char       *plancia_days_get_source (PlanciaDays *self);
PlanciaSky       *plancia_days_get_sky (PlanciaDays *self);
guint             plancia_days_get_n_strings (PlanciaDays *self);
const PlanciaDay *plancia_days_get_day (PlanciaDays *self, guint index);
/* Days [begin, end) out of samples that reach some hours further on both sides. Whole days only: what was there is replaced. */
void plancia_days_read (PlanciaDays *self, PlanciaSamples *samples, guint begin, guint end);
/* Whether the source was asked for all of the day. It was, as long as nobody says otherwise. */
void plancia_days_set_asked (PlanciaDays *self, guint index, gboolean asked);

/* The samples' keys that are looked at; NULL-terminated, static. */
const char *const *plancia_days_keys (void);

/* Days [begin, end) as bytes, and back; FALSE if these are not such bytes. */
GVariant *plancia_days_save (PlanciaDays *self, guint begin, guint end);
gboolean  plancia_days_load (PlanciaDays *self, guint begin, guint end, GVariant *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaDays, plancia_days_free)

G_END_DECLS
