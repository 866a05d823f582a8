/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/rules.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Which sensor sits on which phase, and which way round: from how the readings move when a load is switched on.
 *
 * What flows to the grid on a phase is what the inverter feeds into it less what the house takes. A sensor i on phase p
 * with sign s shows s times that. So each reading of a sensor, taken for a phase and a sign, says what the house took
 * there: output_p - s * sensor_i. Of the 48 ways to wire three sensors only those fit in which the load came up on the
 * phase on which it was switched on, and nowhere else; the output of the inverter is taken into account, so that sun and
 * battery may move meanwhile. Pure; any thread. */

#define PLANCIA_DIRECTION_PHASES 3
/* Of each of the two times, at least. */
#define PLANCIA_DIRECTION_SAMPLES 5

/* One reading of all of them. */
typedef struct
{
  gint64 time;                             /* ms */
  double grid[PLANCIA_DIRECTION_PHASES];   /* W, positive: export, as the sensors say */
  double output[PLANCIA_DIRECTION_PHASES]; /* W, positive: fed into the AC side; NAN: not known */
  double pv;                               /* W; NAN */
  double battery;                          /* W, positive: charging; NAN */
} PlanciaDirectionSample;

typedef enum {
  PLANCIA_DIRECTION_OPEN, /* not measured, or too few samples */
  PLANCIA_DIRECTION_RIGHT,
  PLANCIA_DIRECTION_REVERSED, /* some are reversed, each on its own phase */
  PLANCIA_DIRECTION_SWAPPED,  /* some sit on another phase; some may be reversed too */
  PLANCIA_DIRECTION_NOT_ENOUGH,
  PLANCIA_DIRECTION_RESTLESS,
  PLANCIA_N_DIRECTIONS,
} PlanciaDirection;

/* "open", "right", ... for files. */
const char *plancia_direction_name (PlanciaDirection direction);

/* A load on one phase. All of it zero: not measured. */
typedef struct
{
  PlanciaDirection state;    /* OPEN, RIGHT: a sensor was found; NOT_ENOUGH, RESTLESS */
  guint            sensor;   /* 0 to 2, which moved */
  gboolean         reversed; /* and the wrong way */
  double before[PLANCIA_DIRECTION_PHASES]; /* W, as PlanciaDirectionSample.grid: medians */
  double with[PLANCIA_DIRECTION_PHASES];
  double output_before[PLANCIA_DIRECTION_PHASES];
  double output_change[PLANCIA_DIRECTION_PHASES];
  double load;   /* W that came on */
  double rest;   /* W that the best wiring cannot explain */
  double spread; /* W by which single readings differ */
  guint  n_before;
  guint  n_with;
  gint64 time; /* ms of the last sample */
} PlanciaDirectionPhase;

typedef struct
{
  PlanciaDirection      verdict;
  guint                 n;                                  /* phases: 1 or 3 */
  PlanciaDirectionPhase phases[PLANCIA_DIRECTION_PHASES];   /* by the phase on which the load was */
  guint                 phase_of[PLANCIA_DIRECTION_PHASES]; /* of each sensor: where it sits */
  gboolean              reversed[PLANCIA_DIRECTION_PHASES]; /* each sensor */
} PlanciaDirectionResult;

/* n: 1 or 3; phase: 0 to n - 1. Arrays of PlanciaDirectionSample. */
void plancia_direction_judge_phase (const PlanciaDirectionRules *rules,
                                    guint                        n,
                                    guint                        phase,
                                    GArray                      *before,
                                    GArray                      *with,
                                    PlanciaDirectionPhase       *out);
/* From what was found on each phase: sets verdict, phase_of and reversed. */
void plancia_direction_conclude (PlanciaDirectionResult *self);
/* Whether the load has come on: the newest samples stand apart from those before. Returns how many of the newest do so. */
guint plancia_direction_count_risen (const PlanciaDirectionRules *rules,
                                     guint                        n,
                                     GArray                      *before,
                                     GArray                      *after);
/* How what came to rest differs among itself, W: the largest spread of a sensor. */
double plancia_direction_spread (guint n, GArray *samples);

JsonNode *plancia_direction_to_json (const PlanciaDirectionResult *self);
void      plancia_direction_from_json (JsonObject *object, PlanciaDirectionResult *out);

G_END_DECLS
