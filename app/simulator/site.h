/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "simulator/sky.h"

G_BEGIN_DECLS

/* One generator with what hangs on it (house, battery, grid), or a meter over several. Answers for
 * any moment since its commissioning, from place, date and seed alone; what it has worked out it
 * keeps. One thread. */
typedef struct _PlanciaSite PlanciaSite;

/* The five flows of which all others are sums, so that the balances hold to the digit:
 *   generating = autoconsuming + charging + exporting
 *   consuming  = autoconsuming + importing + discharging */
typedef enum {
  PLANCIA_FLOW_AUTOCONSUMING,
  PLANCIA_FLOW_CHARGING,
  PLANCIA_FLOW_EXPORTING,
  PLANCIA_FLOW_IMPORTING,
  PLANCIA_FLOW_DISCHARGING,
  PLANCIA_N_FLOWS,
  /* Sums. */
  PLANCIA_FLOW_GENERATING = PLANCIA_N_FLOWS,
  PLANCIA_FLOW_CONSUMING,
  PLANCIA_N_ALL_FLOWS,
} PlanciaFlow;

typedef struct
{
  GTimeZone   *zone; /* borrowed while making */
  PlanciaPlace place;
  guint64      seed;         /* what distinguishes this site under the same sky */
  gint64       commissioned; /* ms UTC; the site begins at the midnight before */
  double       peak;         /* Wp of the panels, 0: none */
  double       tilt;         /* degrees from level */
  double       azimuth;      /* degrees, 180 south */
  double       limit;        /* W that the inverter can turn into AC; 0: the peak */
  const char  *load;         /* name of a load shape */
  double       load_scale;
  double       capacity;      /* Wh of the battery, 0: none */
  double       battery_power; /* W */
  double       soc_minimum;   /* % */
  double       soc_maximum;
} PlanciaSiteConfig;

/* A moment of a site. */
typedef struct
{
  gint64      time;
  PlanciaSpan day;                        /* the local day */
  gint64      power[PLANCIA_N_ALL_FLOWS]; /* W */
  double      today[PLANCIA_N_ALL_FLOWS]; /* kWh since midnight, whole hundredths */
  double      total[PLANCIA_N_ALL_FLOWS]; /* kWh since commissioning, whole hundredths */
  double      soc;                        /* % */
  double      ambient;                    /* °C */
  double      beam;                       /* light on the panels, kW/m² */
  guint       generating_minutes;         /* since midnight */
} PlanciaSiteState;

/* What the battery is told to do. */
typedef enum {
  PLANCIA_SITE_BATTERY_SELF_USE, /* as without a control */
  PLANCIA_SITE_BATTERY_PASSIVE,
  PLANCIA_SITE_BATTERY_TIMED,
  PLANCIA_SITE_BATTERY_IDLE,
} PlanciaSiteBattery;

/* What the settings of the inverter ask for, from a moment on. */
typedef struct
{
  gint64             since; /* ms UTC */
  gboolean           off;
  PlanciaSiteBattery battery;
  gint64             grid;            /* W that are wanted from the grid; negative: fed in */
  gint64             battery_minimum; /* W, positive: charges */
  gint64             battery_maximum;
  gint64             charge_power; /* W, of the span of the day that follows; 0: not */
  guint              charge_start; /* minutes since midnight */
  guint              charge_end;
  gint64             discharge_power;
  guint              discharge_start;
  guint              discharge_end;
  gint64             export_limit; /* W; G_MAXINT64: none */
} PlanciaSiteControl;

/* NULL if the load is unknown. */
PlanciaSite *plancia_site_new (const PlanciaSiteConfig *config);
/* Its exchange with the grid is the sum of the members': (element-type PlanciaSite), referenced. */
PlanciaSite *plancia_site_new_meter (const PlanciaSiteConfig *config, GPtrArray *members);
PlanciaSite *plancia_site_ref (PlanciaSite *self);
void         plancia_site_unref (PlanciaSite *self);
const PlanciaSiteConfig *plancia_site_get_config (PlanciaSite *self);
/* Replaces the control that there was. What it does to energies and battery adds up while the site is looked at. */
void plancia_site_set_control (PlanciaSite *self, const PlanciaSiteControl *control);
/* Midnight from which it answers. */
gint64 plancia_site_get_begin (PlanciaSite *self);
/* FALSE before the commissioning; state is then all zero. */
gboolean plancia_site_look (PlanciaSite *self, gint64 time, PlanciaSiteState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSite, plancia_site_unref)

G_END_DECLS
