/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/direction-test.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "model/device.h"
#include <math.h>

/* So many of the newest readings have to stand apart before the load counts as on. */
#define RISEN_READINGS 2
/* Readings that may fail one after the other before it is said. */
#define FAILED_READINGS 2

struct _PlanciaDirectionTest
{
  GObject parent_instance;

  PlanciaOpenPlant              *plant;
  PlanciaDevice                 *device;
  PlanciaVisit                  *visit;
  const PlanciaDirectionRules   *rules;
  const PlanciaDirectionMeasure *measure; /* or NULL */
  guint                          n;
  GPtrArray                     *keys; /* to read, NULL at the end */
  GCancellable                  *cancellable;
  PlanciaDirectionStage          stage;
  guint                          phase;
  guint                          haste;  /* times faster than for people */
  gint64                         since;  /* monotonic ms of the stage */
  GArray                        *before; /* PlanciaDirectionSample */
  GArray                        *recent; /* while waiting: those that stand apart */
  GArray                        *with;
  PlanciaDirectionSample         last;
  gboolean                       has_last;
  guint                          failed;
  char                          *trouble;
  guint                          timer;
  gboolean                       reading;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDirectionTest, plancia_direction_test, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void ask (PlanciaDirectionTest *self);

static void
changed (PlanciaDirectionTest *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- what is measured ------------------------------------------------------------------------ */

static gboolean
has_all (PlanciaMap *map, char **keys)
{
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (plancia_map_find_field (map, keys[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
suits (const PlanciaDirectionMeasure *measure, PlanciaMap *map)
{
  if (measure->maps[0] != NULL &&
      !g_strv_contains ((const char *const *) measure->maps, plancia_map_get_id (map)))
    return FALSE;
  if (measure->phases != 0 && measure->phases != plancia_map_get_phases (map))
    return FALSE;
  return has_all (map, measure->grid) && has_all (map, measure->output);
}

static void
add_keys (PlanciaDirectionTest *self, char **keys)
{
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_ptr_array_add (self->keys, keys[i]);
}

/* What the sun and the battery do is shown beside. */
static void
find_measure (PlanciaDirectionTest *self, PlanciaMap *map)
{
  static const char *const beside[] = {"pv_power", "battery_power"};

  for (guint i = 0; self->measure == NULL && i < self->rules->measures->len; i++) {
    const PlanciaDirectionMeasure *one = g_ptr_array_index (self->rules->measures, i);

    if (suits (one, map))
      self->measure = one;
  }
  if (self->measure == NULL)
    return;
  self->n = g_strv_length (self->measure->grid);
  add_keys (self, self->measure->grid);
  add_keys (self, self->measure->output);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    if (plancia_map_find_field (map, beside[i]) != NULL)
      g_ptr_array_add (self->keys, (gpointer) beside[i]);
  g_ptr_array_add (self->keys, NULL);
}

static double
number_of (PlanciaReadings *readings, const char *key)
{
  const PlanciaReading *reading = plancia_readings_find (readings, key);

  return reading != NULL && reading->quality == PLANCIA_QUALITY_GOOD &&
             reading->value.kind == PLANCIA_VALUE_NUMBER
           ? reading->value.number
           : NAN;
}

/* FALSE if a sensor did not answer. */
static gboolean
make_sample (PlanciaDirectionTest *self, PlanciaReadings *readings, PlanciaDirectionSample *out)
{
  *out = (PlanciaDirectionSample){.time = plancia_readings_get_time (readings)};
  for (guint i = 0; i < self->n; i++) {
    double grid = number_of (readings, self->measure->grid[i]);

    if (isnan (grid))
      return FALSE;
    out->grid[i] = self->measure->import ? -grid : grid;
    out->output[i] = self->measure->output != NULL ? number_of (readings, self->measure->output[i])
                                                   : NAN;
  }
  out->pv = number_of (readings, "pv_power");
  out->battery = number_of (readings, "battery_power");
  return TRUE;
}

/* --- stages ---------------------------------------------------------------------------------- */

/* ms */
static gint64
age (PlanciaDirectionTest *self)
{
  return (plancia_clock_monotonic () - self->since) * self->haste;
}

static void
set_stage (PlanciaDirectionTest *self, PlanciaDirectionStage stage)
{
  self->stage = stage;
  self->since = plancia_clock_monotonic ();
}

static void
judge (PlanciaDirectionTest *self)
{
  PlanciaDirectionResult result = *plancia_visit_get_direction (self->visit);

  result.n = self->n;
  plancia_direction_judge_phase (self->rules,
                                 self->n,
                                 self->phase,
                                 self->before,
                                 self->with,
                                 &result.phases[self->phase]);
  plancia_direction_conclude (&result);
  set_stage (self, PLANCIA_DIRECTION_DONE);
  plancia_visit_set_direction (self->visit, &result, plancia_clock_now ());
}

static void
rest_on (PlanciaDirectionTest *self, const PlanciaDirectionSample *sample)
{
  g_array_append_val (self->before, *sample);
  if (age (self) >= self->rules->baseline * 1000 && self->before->len >= PLANCIA_DIRECTION_SAMPLES)
    set_stage (self, PLANCIA_DIRECTION_WAITING);
}

/* The time at rest goes along until the load comes: what it is compared with is not old. */
static void
wait_on (PlanciaDirectionTest *self, const PlanciaDirectionSample *sample)
{
  g_array_append_val (self->recent, *sample);
  if (plancia_direction_count_risen (self->rules, self->n, self->before, self->recent) <
      self->recent->len) {
    g_array_append_vals (self->before, self->recent->data, self->recent->len);
    g_array_set_size (self->recent, 0);
    while (self->before->len > PLANCIA_DIRECTION_SAMPLES &&
           sample->time - g_array_index (self->before, PlanciaDirectionSample, 0).time >
             self->rules->baseline * 1000 / self->haste)
      g_array_remove_index (self->before, 0);
  } else if (self->recent->len >= RISEN_READINGS) {
    set_stage (self, PLANCIA_DIRECTION_LOADED);
  }
}

static void
load_on (PlanciaDirectionTest *self, const PlanciaDirectionSample *sample)
{
  if (age (self) < self->rules->settle * 1000)
    return;
  g_array_append_val (self->with, *sample);
  if (age (self) >= (self->rules->settle + self->rules->load) * 1000 &&
      self->with->len >= PLANCIA_DIRECTION_SAMPLES)
    judge (self);
}

static void
take (PlanciaDirectionTest *self, const PlanciaDirectionSample *sample)
{
  self->last = *sample;
  self->has_last = TRUE;
  switch (self->stage) {
  case PLANCIA_DIRECTION_REST:
    rest_on (self, sample);
    break;
  case PLANCIA_DIRECTION_WAITING:
    wait_on (self, sample);
    break;
  case PLANCIA_DIRECTION_LOADED:
    load_on (self, sample);
    break;
  case PLANCIA_DIRECTION_IDLE:
  case PLANCIA_DIRECTION_DONE:
  default:
    break;
  }
}

/* --- asking ---------------------------------------------------------------------------------- */

static gboolean
is_running (PlanciaDirectionTest *self)
{
  return self->stage == PLANCIA_DIRECTION_REST || self->stage == PLANCIA_DIRECTION_WAITING ||
         self->stage == PLANCIA_DIRECTION_LOADED;
}

static gboolean
timer_cb (gpointer user_data)
{
  PlanciaDirectionTest *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_later (PlanciaDirectionTest *self)
{
  if (is_running (self) && self->timer == 0)
    self->timer = g_timeout_add (PLANCIA_DIRECTION_PACE / self->haste, timer_cb, self);
}

static void
note_trouble (PlanciaDirectionTest *self, const char *words)
{
  if (++self->failed < FAILED_READINGS)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (words);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaDirectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);
  PlanciaDirectionSample sample;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) || !is_running (self))
    return;
  if (readings == NULL) {
    note_trouble (self, error->message);
  } else if (!make_sample (self, readings, &sample)) {
    note_trouble (self, "the device does not say what flows on each phase");
  } else {
    self->failed = 0;
    g_clear_pointer (&self->trouble, g_free);
    take (self, &sample);
  }
  ask_later (self);
  changed (self);
}

static void
ask (PlanciaDirectionTest *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  if (!is_running (self) || self->reading)
    return;
  if (backend == NULL || plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN) {
    note_trouble (self, "not connected");
    ask_later (self);
    changed (self);
    return;
  }
  self->reading = TRUE;
  plancia_backend_read_async (backend,
                              plancia_device_get_id (self->device),
                              (const char *const *) self->keys->pdata,
                              self->cancellable,
                              read_cb,
                              g_object_ref (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_direction_test_dispose (GObject *object)
{
  PlanciaDirectionTest *self = PLANCIA_DIRECTION_TEST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->plant);
  g_clear_object (&self->device);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (plancia_direction_test_parent_class)->dispose (object);
}

static void
plancia_direction_test_finalize (GObject *object)
{
  PlanciaDirectionTest *self = PLANCIA_DIRECTION_TEST (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->before);
  g_array_unref (self->recent);
  g_array_unref (self->with);
  g_free (self->trouble);

  G_OBJECT_CLASS (plancia_direction_test_parent_class)->finalize (object);
}

static void
plancia_direction_test_class_init (PlanciaDirectionTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_direction_test_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_direction_test_finalize;
  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_DIRECTION_TEST, "changed", 0);
}

static void
plancia_direction_test_init (PlanciaDirectionTest *self)
{
  self->haste = 1;
  self->cancellable = g_cancellable_new ();
  self->keys = g_ptr_array_new ();
  self->before = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  self->recent = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
  self->with = g_array_new (FALSE, TRUE, sizeof (PlanciaDirectionSample));
}

PlanciaDirectionTest *
plancia_direction_test_new (PlanciaOpenPlant *plant, PlanciaDevice *device, PlanciaVisit *visit)
{
  PlanciaDirectionTest *self = g_object_new (PLANCIA_TYPE_DIRECTION_TEST, NULL);
  PlanciaMap           *map = plancia_device_get_map (device);

  self->plant = g_object_ref (plant);
  self->device = g_object_ref (device);
  self->visit = g_object_ref (visit);
  self->rules = plancia_rules_get_direction (plancia_visit_get_rules (visit));
  if (map != NULL)
    find_measure (self, map);
  return self;
}

void
plancia_direction_test_set_haste (PlanciaDirectionTest *self, guint haste)
{
  self->haste = MAX (haste, 1);
}

guint
plancia_direction_test_get_phases (PlanciaDirectionTest *self)
{
  return self->n;
}

void
plancia_direction_test_begin (PlanciaDirectionTest *self, guint phase)
{
  g_return_if_fail (phase < self->n);

  self->phase = phase;
  g_array_set_size (self->before, 0);
  g_array_set_size (self->recent, 0);
  g_array_set_size (self->with, 0);
  self->failed = 0;
  g_clear_pointer (&self->trouble, g_free);
  set_stage (self, PLANCIA_DIRECTION_REST);
  changed (self);
  if (self->timer == 0)
    ask (self);
}

void
plancia_direction_test_stop (PlanciaDirectionTest *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  set_stage (self, PLANCIA_DIRECTION_IDLE);
  changed (self);
}

PlanciaDirectionStage
plancia_direction_test_get_stage (PlanciaDirectionTest *self)
{
  return self->stage;
}

guint
plancia_direction_test_get_phase (PlanciaDirectionTest *self)
{
  return self->phase;
}

void
plancia_direction_test_load_is_on (PlanciaDirectionTest *self)
{
  if (self->stage != PLANCIA_DIRECTION_WAITING)
    return;
  set_stage (self, PLANCIA_DIRECTION_LOADED);
  changed (self);
}

double
plancia_direction_test_get_progress (PlanciaDirectionTest *self)
{
  double whole = self->stage == PLANCIA_DIRECTION_REST ? self->rules->baseline
                                                       : self->rules->settle + self->rules->load;

  if (self->stage != PLANCIA_DIRECTION_REST && self->stage != PLANCIA_DIRECTION_LOADED)
    return self->stage == PLANCIA_DIRECTION_DONE ? 1 : 0;
  return CLAMP ((double) age (self) / (whole * 1000), 0, 1);
}

const PlanciaDirectionSample *
plancia_direction_test_get_last (PlanciaDirectionTest *self)
{
  return self->has_last ? &self->last : NULL;
}

double
plancia_direction_test_get_rest (PlanciaDirectionTest *self, guint sensor)
{
  double sum = 0;

  for (guint i = 0; i < self->before->len; i++)
    sum += g_array_index (self->before, PlanciaDirectionSample, i).grid[sensor];
  return self->before->len > 0 ? sum / self->before->len : NAN;
}

const char *
plancia_direction_test_get_trouble (PlanciaDirectionTest *self)
{
  return self->trouble;
}

const PlanciaDirectionSetting *
plancia_direction_test_find_setting (PlanciaDirectionTest *self, guint sensor)
{
  PlanciaMap *map = plancia_device_get_map (self->device);

  for (guint i = 0; map != NULL && i < self->rules->settings->len; i++) {
    const PlanciaDirectionSetting *one = g_ptr_array_index (self->rules->settings, i);
    const PlanciaField            *field = plancia_map_find_field (map, one->key);

    if (one->phase == sensor + 1 && field != NULL && plancia_field_is_writable (field) &&
        (one->maps[0] == NULL ||
         g_strv_contains ((const char *const *) one->maps, plancia_map_get_id (map))))
      return one;
  }
  return NULL;
}
