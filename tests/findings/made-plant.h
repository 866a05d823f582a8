/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"

G_BEGIN_DECLS

/* Years of a plant that nobody built, every five minutes: sun, clouds, snow, dirt, load, battery, counters, holes, summer time, and one
 * fault of which day and cost are known. It shares no code with what judges it. */

#define MADE_INVERTERS 3
#define MADE_STRINGS   4
#define MADE_LATITUDE  43.5
#define MADE_LONGITUDE 11.5
#define MADE_SOURCE    "portal"

typedef enum {
  MADE_SOUND,
  MADE_STRING_DEAD,
  MADE_STRING_WEAK,
  MADE_SHADOW,
  MADE_INVERTER_STILL,
  MADE_INVERTER_WEAK,
  MADE_DIRT,
  MADE_BATTERY_NOT_FULL,
  MADE_CLOCK_MIDNIGHT,
  MADE_CLOCK_SUN,
  MADE_GAPS_DAY,
  MADE_GAPS_NIGHT,
  MADE_COUNTER,
  MADE_N_FAULTS
} MadeFaultKind;

typedef struct
{
  MadeFaultKind kind;
  guint         inverter;
  guint         string;
  gint64        since; /* ms UTC, begin of a local day */
  gint64        until; /* behind the end of all: it stays */
  double        much;  /* part that is lost, minutes, factor */
  gboolean      late;  /* a shadow of the afternoon */
  double        cost;  /* kWh in all; NAN where there is none to know */
} MadeFault;

typedef struct _MadePlant MadePlant;

/* Samples of one inverter: some months and some hours on both sides of days. */
typedef void (*MadeTake) (guint inverter, PlanciaSamples *samples, PlanciaSpan days, gpointer data);

MadePlant *made_plant_new (guint32 seed, guint years, MadeFaultKind kind);
void       made_plant_free (MadePlant *self);
/* Lives all of its years. */
void             made_plant_run (MadePlant *self, MadeTake take, gpointer data);
const MadeFault *made_plant_get_fault (MadePlant *self); /* the cost after the run */
guint            made_plant_get_n_inverters (MadePlant *self);
GTimeZone       *made_plant_get_zone (MadePlant *self);
PlanciaSpan      made_plant_get_span (MadePlant *self);
const char      *made_inverter_id (guint inverter);
void             made_inverter_set_id (guint inverter, const char *id); /* static */
const char      *made_fault_name (MadeFaultKind kind);

G_END_DECLS
