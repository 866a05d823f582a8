/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/direction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N            PLANCIA_DIRECTION_PHASES
#define MOST_SAMPLES 256
/* Of the least load: what counts as switched on, and what could be meant by it. */
#define CLEARLY_ON 0.7
#define MAYBE_ON   0.35
/* Of the load: what may be left over, and by how much less than any other wiring. */
#define MOST_REST  0.30
#define LEAST_EDGE 0.16
/* W */
#define SMALL_EDGE 110.0
/* Of the least load: single readings that differ by more are no rest. */
#define MOST_SPREAD 0.30
/* Of the least load: an end of a time that is farther from its middle. */
#define MOST_STEP 0.4
/* Phases that were measured one after the other within so many ms begin from the same rest, but for this part of a load. */
#define SAME_REST  (3 * 60 * 1000)
#define MOST_DRIFT 0.45
/* Standard deviation of a median of normal numbers, from the median of their distances. */
#define MAD_TO_SIGMA 1.4826
#define MEDIAN_SIGMA 1.2533

static const char *const names[PLANCIA_N_DIRECTIONS] =
  {"open", "right", "reversed", "swapped", "not-enough", "restless"};

static const guint orders[6][N] = {
  {0, 1, 2},
  {0, 2, 1},
  {1, 0, 2},
  {1, 2, 0},
  {2, 0, 1},
  {2, 1, 0}
};

/* What the house took on a phase, if that sensor sits there that way. */
typedef struct
{
  double change;
  double error; /* standard error of it */
  double spread;
} Implied;

/* A way to wire them. */
typedef struct
{
  guint    sensor; /* on the phase with the load */
  gboolean reversed;
  double   load;
  double   rest;
  double   error;
  double   spread;
} Wiring;

const char *
plancia_direction_name (PlanciaDirection direction)
{
  return names[direction];
}

/* --- statistics ------------------------------------------------------------------------------ */

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *numbers, guint n)
{
  qsort (numbers, n, sizeof *numbers, compare);
  return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

/* Sorts numbers. Robust: a single reading that is far off counts as one. */
static double
sigma (double *numbers, guint n, double middle)
{
  for (guint i = 0; i < n; i++)
    numbers[i] = fabs (numbers[i] - middle);
  return MAD_TO_SIGMA * median (numbers, n);
}

/* Which number of a sample. */
typedef double (*Pick) (const PlanciaDirectionSample *sample, guint phase, guint sensor, int sign);

static double
pick_implied (const PlanciaDirectionSample *sample, guint phase, guint sensor, int sign)
{
  double output = isnan (sample->output[phase]) ? 0 : sample->output[phase];

  return output - sign * sample->grid[sensor];
}

static double
pick_grid (const PlanciaDirectionSample *sample, guint phase, guint sensor, int sign)
{
  return sample->grid[sensor];
}

static double
pick_output (const PlanciaDirectionSample *sample, guint phase, guint sensor, int sign)
{
  return isnan (sample->output[phase]) ? 0 : sample->output[phase];
}

static double
middle_of (GArray *samples, Pick pick, guint phase, guint sensor, int sign, double *spread)
{
  double numbers[MOST_SAMPLES];
  guint  n = MIN (samples->len, MOST_SAMPLES);
  guint  first = samples->len - n;
  double middle;

  for (guint i = 0; i < n; i++)
    numbers[i] =
      pick (&g_array_index (samples, PlanciaDirectionSample, first + i), phase, sensor, sign);
  middle = median (numbers, n);
  if (spread != NULL)
    *spread = sigma (numbers, n, middle);
  return middle;
}

static double
error_of (double spread, guint n)
{
  return MEDIAN_SIGMA * spread / sqrt (n);
}

static Implied
imply (GArray *before, GArray *with, guint phase, guint sensor, int sign)
{
  double  spread[2];
  double  low = middle_of (before, pick_implied, phase, sensor, sign, &spread[0]);
  double  high = middle_of (with, pick_implied, phase, sensor, sign, &spread[1]);
  Implied implied = {high - low,
                     hypot (error_of (spread[0], before->len), error_of (spread[1], with->len)),
                     MAX (spread[0], spread[1])};

  return implied;
}

/* --- wirings --------------------------------------------------------------------------------- */

/* The best way to have this sensor, this way round, on the phase with the load. */
static Wiring
try_wiring (guint          n,
            guint          phase,
            guint          sensor,
            gboolean       reversed,
            const Implied *implied /* [phase][sensor][reversed] */)
{
#define IMPLIED(p, i, r) (&implied[((p) *N + (i)) * 2 + (r)])
  const Implied *own = IMPLIED (phase, sensor, reversed);
  Wiring         best = {sensor, reversed, own->change, INFINITY, 0, own->spread};

  if (n == 1) {
    best.rest = 0;
    best.error = own->error;
    return best;
  }
  for (guint order = 0; order < G_N_ELEMENTS (orders); order++) {
    double rest = 0;
    double error = own->error * own->error;
    double spread = own->spread;

    /* orders[order][i]: where sensor i sits. */
    if (orders[order][sensor] != phase)
      continue;
    for (guint i = 0; i < N; i++) {
      guint          p = orders[order][i];
      const Implied *right = IMPLIED (p, i, 0);
      const Implied *wrong = IMPLIED (p, i, 1);
      const Implied *less = fabs (right->change) <= fabs (wrong->change) ? right : wrong;

      if (i == sensor)
        continue;
      rest += less->change * less->change;
      error += less->error * less->error;
      spread = MAX (spread, less->spread);
    }
    if (sqrt (rest) < best.rest) {
      best.rest = sqrt (rest);
      best.error = sqrt (error);
      best.spread = spread;
    }
  }
  return best;
#undef IMPLIED
}

static void
imply_all (guint n, GArray *before, GArray *with, Implied *implied)
{
  for (guint p = 0; p < n; p++)
    for (guint i = 0; i < n; i++)
      for (guint r = 0; r < 2; r++)
        implied[(p * N + i) * 2 + r] = imply (before, with, p, i, r ? -1 : 1);
}

/* The best, and of those that differ from it the one that comes nearest. */
static void
rank (guint n, guint phase, const Implied *implied, double least, Wiring *best, Wiring *rival)
{
  best->rest = INFINITY;
  best->load = -INFINITY;
  rival->rest = INFINITY;
  for (guint i = 0; i < n; i++) {
    for (guint r = 0; r < 2; r++) {
      Wiring wiring = try_wiring (n, phase, i, r, implied);

      if (wiring.load < MAYBE_ON * least)
        continue;
      if (wiring.rest < best->rest || (n == 1 && wiring.load > best->load)) {
        *rival = *best;
        *best = wiring;
      } else if (wiring.rest < rival->rest) {
        *rival = wiring;
      }
    }
  }
}

static void
note_numbers (guint n, GArray *before, GArray *with, PlanciaDirectionPhase *out)
{
  for (guint i = 0; i < n; i++) {
    out->before[i] = middle_of (before, pick_grid, i, i, 1, NULL);
    out->with[i] = middle_of (with, pick_grid, i, i, 1, NULL);
    out->output_before[i] = middle_of (before, pick_output, i, i, 1, NULL);
    out->output_change[i] = middle_of (with, pick_output, i, i, 1, NULL) - out->output_before[i];
  }
  out->n_before = before->len;
  out->n_with = with->len;
  out->time = g_array_index (with, PlanciaDirectionSample, with->len - 1).time;
}

/* The ends of a time are where something big that was switched meanwhile shows, though most readings know nothing of it. */
static gboolean
has_step (GArray *samples, guint n, double limit)
{
  for (guint i = 0; i < n; i++) {
    double middle = middle_of (samples, pick_implied, i, i, 1, NULL);
    double other = middle_of (samples, pick_implied, i, i, -1, NULL);

    for (guint k = 0; k < 2; k++) {
      const PlanciaDirectionSample *end =
        &g_array_index (samples, PlanciaDirectionSample, k == 0 ? 0 : samples->len - 1);

      /* The sign is not known: what the inverter itself did explains it one way or the other. */
      if (fabs (pick_implied (end, i, i, 1) - middle) > limit &&
          fabs (pick_implied (end, i, i, -1) - other) > limit)
        return TRUE;
    }
  }
  return FALSE;
}

static PlanciaDirection
decide (const PlanciaDirectionRules *rules, const Wiring *best, const Wiring *rival)
{
  double edge = MAX (SMALL_EDGE, LEAST_EDGE * best->load) + 3 * best->error;

  if (isinf (best->rest))
    return PLANCIA_DIRECTION_NOT_ENOUGH;
  if (best->spread > MOST_SPREAD * rules->least_load)
    return PLANCIA_DIRECTION_RESTLESS;
  if (best->load < CLEARLY_ON * rules->least_load + 2 * best->error)
    return PLANCIA_DIRECTION_NOT_ENOUGH;
  if (best->rest > MOST_REST * best->load)
    return PLANCIA_DIRECTION_RESTLESS;
  if (rival->rest < best->rest + edge)
    return PLANCIA_DIRECTION_NOT_ENOUGH;
  return PLANCIA_DIRECTION_RIGHT;
}

/**
 * plancia_direction_judge_phase:
 * @n: phases that are measured, 1 or 3
 * @phase: on which the load was switched on
 * @before: at rest
 * @with: with the load
 * @out: what was found
 */
void
plancia_direction_judge_phase (const PlanciaDirectionRules *rules,
                               guint                        n,
                               guint                        phase,
                               GArray                      *before,
                               GArray                      *with,
                               PlanciaDirectionPhase       *out)
{
  Implied implied[N * N * 2] = {{0}};
  Wiring  best = {0};
  Wiring  rival = {0};

  memset (out, 0, sizeof *out);
  if (before->len < PLANCIA_DIRECTION_SAMPLES || with->len < PLANCIA_DIRECTION_SAMPLES)
    return;
  note_numbers (n, before, with, out);
  imply_all (n, before, with, implied);
  rank (n, phase, implied, rules->least_load, &best, &rival);
  out->state = decide (rules, &best, &rival);
  if (has_step (before, n, MOST_STEP * rules->least_load) ||
      has_step (with, n, MOST_STEP * rules->least_load))
    out->state = PLANCIA_DIRECTION_RESTLESS;
  out->spread = MAX (plancia_direction_spread (n, before), plancia_direction_spread (n, with));
  if (isinf (best.rest)) {
    if (out->spread > MOST_SPREAD * rules->least_load)
      out->state = PLANCIA_DIRECTION_RESTLESS;
    return;
  }
  out->sensor = best.sensor;
  out->reversed = best.reversed;
  out->load = best.load;
  out->rest = best.rest;
}

/* What the house took at rest on the phase of one test, as the same sensor says it at rest in another. */
static double
rest_in (const PlanciaDirectionPhase *found, guint phase, const PlanciaDirectionPhase *in)
{
  return in->output_before[phase] - (found->reversed ? -1 : 1) * in->before[found->sensor];
}

/* A big load that went off at the moment at which the one of the test came on looks like a sensor that is turned round; but then the next
 * phase begins from another rest. */
static gboolean
has_drifted (const PlanciaDirectionResult *self)
{
  for (guint p = 0; p < self->n; p++) {
    for (guint q = 0; q < self->n; q++) {
      const PlanciaDirectionPhase *one = &self->phases[p];
      const PlanciaDirectionPhase *next = &self->phases[q];
      double                       drift = fabs (rest_in (one, p, next) - rest_in (one, p, one));

      if (next->time > one->time && next->time - one->time < SAME_REST &&
          drift > MOST_DRIFT * one->load)
        return TRUE;
    }
  }
  return FALSE;
}

/**
 * plancia_direction_conclude:
 * @self: with the phases that were measured
 *
 * Two phases that came up on one sensor, or a phase that could not be told, leave all open.
 */
void
plancia_direction_conclude (PlanciaDirectionResult *self)
{
  guint    seen = 0;
  gboolean reversed = FALSE;
  gboolean swapped = FALSE;

  self->verdict = PLANCIA_DIRECTION_OPEN;
  for (guint p = 0; p < self->n; p++)
    if (self->phases[p].state == PLANCIA_DIRECTION_OPEN)
      return;
  for (guint p = 0; p < self->n; p++) {
    const PlanciaDirectionPhase *phase = &self->phases[p];

    if (phase->state != PLANCIA_DIRECTION_RIGHT) {
      self->verdict = phase->state;
      return;
    }
    seen |= 1u << phase->sensor;
    self->phase_of[phase->sensor] = p;
    self->reversed[phase->sensor] = phase->reversed;
    reversed = reversed || phase->reversed;
    swapped = swapped || phase->sensor != p;
  }
  if (seen != (1u << self->n) - 1 || has_drifted (self))
    self->verdict = PLANCIA_DIRECTION_RESTLESS;
  else if (swapped)
    self->verdict = PLANCIA_DIRECTION_SWAPPED;
  else
    self->verdict = reversed ? PLANCIA_DIRECTION_REVERSED : PLANCIA_DIRECTION_RIGHT;
}

/* --- while it goes on ------------------------------------------------------------------------ */

/* Some sensor, on some phase and some way round, says that the house takes so much more. */
static gboolean
has_risen (const PlanciaDirectionRules  *rules,
           guint                         n,
           GArray                       *before,
           const PlanciaDirectionSample *sample)
{
  for (guint i = 0; i < n; i++) {
    double rest = middle_of (before, pick_grid, i, i, 1, NULL);
    double output = middle_of (before, pick_output, i, i, 1, NULL);
    double moved = sample->grid[i] - rest;
    double drift = isnan (sample->output[i]) ? 0 : sample->output[i] - output;

    if (fabs (moved) - fabs (drift) > CLEARLY_ON * rules->least_load / 2 ||
        fabs (drift - moved) > CLEARLY_ON * rules->least_load)
      return TRUE;
  }
  return FALSE;
}

guint
plancia_direction_count_risen (const PlanciaDirectionRules *rules,
                               guint                        n,
                               GArray                      *before,
                               GArray                      *after)
{
  guint count = 0;

  if (before->len == 0)
    return 0;
  while (count < after->len &&
         has_risen (rules,
                    n,
                    before,
                    &g_array_index (after, PlanciaDirectionSample, after->len - 1 - count)))
    count++;
  return count;
}

double
plancia_direction_spread (guint n, GArray *samples)
{
  double worst = 0;

  for (guint i = 0; i < n && samples->len > 1; i++) {
    double spread;

    /* What the inverter itself did is no unrest of the house. */
    middle_of (samples, pick_implied, i, i, 1, &spread);
    worst = MAX (worst, spread);
  }
  return worst;
}

/* --- files ----------------------------------------------------------------------------------- */

static void
set_watts (JsonObject *object, const char *key, const double *numbers, guint n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, round (numbers[i]));
  json_object_set_array_member (object, key, array);
}

static JsonObject *
phase_to_json (const PlanciaDirectionPhase *phase, guint n)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "state", names[phase->state]);
  if (phase->state == PLANCIA_DIRECTION_OPEN)
    return object;
  json_object_set_int_member (object, "sensor", phase->sensor + 1);
  json_object_set_boolean_member (object, "reversed", phase->reversed);
  set_watts (object, "before", phase->before, n);
  set_watts (object, "with", phase->with, n);
  set_watts (object, "output_before", phase->output_before, n);
  set_watts (object, "output_change", phase->output_change, n);
  json_object_set_double_member (object, "load", round (phase->load));
  json_object_set_double_member (object, "rest", round (phase->rest));
  json_object_set_double_member (object, "spread", round (phase->spread));
  json_object_set_int_member (object, "samples_before", phase->n_before);
  json_object_set_int_member (object, "samples_with", phase->n_with);
  json_object_set_int_member (object, "time", phase->time);
  return object;
}

JsonNode *
plancia_direction_to_json (const PlanciaDirectionResult *self)
{
  JsonObject *object = json_object_new ();
  JsonArray  *phases = json_array_new ();
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "verdict", names[self->verdict]);
  for (guint i = 0; i < self->n; i++)
    json_array_add_object_element (phases, phase_to_json (&self->phases[i], self->n));
  json_object_set_array_member (object, "phases", phases);
  json_node_take_object (node, object);
  return node;
}

static void
get_watts (JsonObject *object, const char *key, double *numbers)
{
  JsonNode  *node = json_object_get_member (object, key);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), N); i++)
    numbers[i] = json_array_get_double_element (array, i);
}

static void
phase_from_json (JsonObject *object, PlanciaDirectionPhase *phase)
{
  const char *state = json_object_get_string_member_with_default (object, "state", names[0]);

  for (guint i = 0; i < PLANCIA_N_DIRECTIONS; i++)
    if (g_str_equal (names[i], state))
      phase->state = (PlanciaDirection) i;
  phase->sensor =
    (guint) CLAMP (json_object_get_int_member_with_default (object, "sensor", 1) - 1, 0, N - 1);
  phase->reversed = json_object_get_boolean_member_with_default (object, "reversed", FALSE);
  get_watts (object, "before", phase->before);
  get_watts (object, "with", phase->with);
  get_watts (object, "output_before", phase->output_before);
  get_watts (object, "output_change", phase->output_change);
  phase->load = json_object_get_double_member_with_default (object, "load", 0);
  phase->rest = json_object_get_double_member_with_default (object, "rest", 0);
  phase->spread = json_object_get_double_member_with_default (object, "spread", 0);
  phase->n_before =
    (guint) MAX (0, json_object_get_int_member_with_default (object, "samples_before", 0));
  phase->n_with = (guint) MAX (0,
                               json_object_get_int_member_with_default (object, "samples_with", 0));
  phase->time = json_object_get_int_member_with_default (object, "time", 0);
}

void
plancia_direction_from_json (JsonObject *object, PlanciaDirectionResult *out)
{
  JsonNode  *node = json_object_get_member (object, "phases");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  memset (out, 0, sizeof *out);
  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), N); i++) {
    JsonNode *phase = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (phase))
      phase_from_json (json_node_get_object (phase), &out->phases[i]);
    out->n = i + 1;
  }
  if (out->n == 2)
    out->n = 1;
  plancia_direction_conclude (out);
}
