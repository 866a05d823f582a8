/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/day-curve.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "model/recorder.h"

#define RECORD_EVERY (30 * PLANCIA_SECOND)
#define LOAD_EVERY   (10 * PLANCIA_MINUTE)
#define RETRY_AFTER  (30 * PLANCIA_SECOND)
#define LONGEST_GAP  (20 * PLANCIA_MINUTE)
#define N_SERIES     (PLANCIA_QUANTITY_AC_POWER + 1)

struct _PlanciaDayCurve
{
  GObject parent_instance;

  PlanciaOpenPlant *plant;  /* weak */
  PlanciaDevice    *device; /* weak: it owns this curve */
  PlanciaLoader    *loader;
  char             *loaded_kind; /* of the device whose history comes */
  PlanciaSpan       day;
  PlanciaSeries    *series[N_SERIES];
  gint64            recorded; /* time of the newest reading that was taken */
  gint64            loaded;   /* when the history was last asked for, 0 never */
  gboolean          waiting;  /* for its turn to ask */
  gboolean          recalled; /* the store was asked what was read here today */
};

/* The portal is asked for one device after the other. */
typedef struct
{
  GQueue           waiting; /* PlanciaDayCurve, none of them disposed of */
  PlanciaDayCurve *loading; /* or NULL */
} Turns;

/* One time of some samples, for looking up keys. */
typedef struct
{
  PlanciaSamples *samples;
  gint64          time;
} Row;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDayCurve, plancia_day_curve, G_TYPE_OBJECT)

static guint  signals[N_SIGNALS];
static GQuark curve_quark;
static GQuark turns_quark;

static void next_turn (PlanciaOpenPlant *plant);

static void
emit_changed (PlanciaDayCurve *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* TRUE if another day began. */
static gboolean
take_day (PlanciaDayCurve *self)
{
  gint64 now = plancia_clock_now ();

  if (plancia_span_contains (self->day, now) || !self->plant)
    return FALSE;

  self->day = plancia_span_day (plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant)),
                                now);
  for (guint i = 0; i < N_SERIES; i++)
    plancia_series_clear (self->series[i]);
  self->recorded = self->loaded = 0;
  self->recalled = FALSE;
  return TRUE;
}

/* --- what is read now ------------------------------------------------------------------------ */

static gboolean
record (PlanciaDayCurve *self, gint64 time)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_SERIES; i++) {
    double value = 0;

    if (!plancia_device_get_quantity (self->device, (PlanciaQuantity) i, &value))
      continue;
    plancia_series_merge (self->series[i], &time, &value, 1);
    any = TRUE;
  }
  return any;
}

static void
take_readings (PlanciaDayCurve *self)
{
  gint64   time = plancia_recorder_newest_time (self->device);
  gboolean another = take_day (self), any = FALSE;

  if (plancia_span_contains (self->day, time) && time >= self->recorded + RECORD_EVERY) {
    any = record (self, time);
    if (any)
      self->recorded = time;
  }
  if (another || any)
    emit_changed (self);
}

/* --- what the portal has --------------------------------------------------------------------- */

static gboolean
look_up (gpointer user_data, const char *key, double *value)
{
  const Row                 *row = user_data;
  const PlanciaSampleColumn *column = plancia_samples_find_column (row->samples, key);
  guint                      low = 0, high = column ? column->times->len : 0;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (column->times, gint64, middle) < row->time)
      low = middle + 1;
    else
      high = middle;
  }
  if (!column || low >= column->times->len ||
      g_array_index (column->times, gint64, low) != row->time)
    return FALSE;
  *value = g_array_index (column->values, double, low);
  return TRUE;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* All times of today at which any key has a value, each once. */
static GArray *
list_times (PlanciaDayCurve *self, PlanciaSamples *samples)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint   kept = 0;

  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    g_array_append_vals (times, column->times->data, column->times->len);
  }
  g_array_sort (times, compare_times);
  for (guint i = 0; i < times->len; i++) {
    gint64 time = g_array_index (times, gint64, i);

    if (!plancia_span_contains (self->day, time) ||
        (kept > 0 && g_array_index (times, gint64, kept - 1) == time))
      continue;
    g_array_index (times, gint64, kept++) = time;
  }
  g_array_set_size (times, kept);
  return times;
}

/* What was recorded here has names of its own, what a portal or a device gives those of its kind. */
static gboolean
compute (PlanciaDayCurve *self, PlanciaQuantity quantity, Row *row, double *value)
{
  if (g_str_equal (plancia_samples_get_source (row->samples), PLANCIA_RECORDER_SOURCE))
    return plancia_recorder_compute (quantity, look_up, row, value);
  return plancia_quantity_compute (quantity, self->loaded_kind, look_up, row, value);
}

static void
merge_quantity (PlanciaDayCurve *self,
                PlanciaQuantity  quantity,
                PlanciaSamples  *samples,
                GArray          *times)
{
  g_autofree gint64 *found = g_new (gint64, times->len);
  g_autofree double *values = g_new (double, times->len);
  gsize              n = 0;

  for (guint i = 0; i < times->len; i++) {
    Row row = {samples, g_array_index (times, gint64, i)};

    if (!compute (self, quantity, &row, &values[n]))
      continue;
    found[n++] = row.time;
  }
  if (n > 0)
    plancia_series_merge (self->series[quantity], found, values, n);
}

static void
take_samples (PlanciaDayCurve *self, PlanciaSamples *samples)
{
  g_autoptr (GArray) times = list_times (self, samples);

  if (times->len == 0)
    return;
  for (guint i = 0; i < N_SERIES; i++)
    merge_quantity (self, (PlanciaQuantity) i, samples, times);
  emit_changed (self);
}

/* --- what was recorded here ------------------------------------------------------------------ */

static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaDayCurve) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (source), result, &error);

  if (samples)
    take_samples (self, samples);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("What was read today is not known: %s", error->message);
}

/* Of an earlier run of the program on this day; what this run reads is here already. The plant as a
 * whole is not recorded. */
static void
recall (PlanciaDayCurve *self)
{
  if (self->recalled || !self->plant || !plancia_device_get_entry (self->device))
    return;
  self->recalled = TRUE;
  plancia_store_query_async (plancia_open_plant_get_store (self->plant),
                             plancia_device_get_id (self->device),
                             PLANCIA_RECORDER_SOURCE,
                             NULL,
                             self->day,
                             NULL,
                             recalled_cb,
                             g_object_ref (self));
}

/* --- turns ----------------------------------------------------------------------------------- */

static void
turns_free (gpointer data)
{
  Turns *turns = data;

  g_queue_clear (&turns->waiting);
  g_free (turns);
}

static Turns *
turns_of (PlanciaOpenPlant *plant)
{
  Turns *turns = g_object_get_qdata (G_OBJECT (plant), turns_quark);

  if (!turns) {
    turns = g_new0 (Turns, 1);
    g_queue_init (&turns->waiting);
    g_object_set_qdata_full (G_OBJECT (plant), turns_quark, turns, turns_free);
  }
  return turns;
}

static void
leave_turns (PlanciaDayCurve *self)
{
  Turns *turns = self->plant ? turns_of (self->plant) : NULL;

  if (!turns)
    return;
  g_queue_remove (&turns->waiting, self);
  self->waiting = FALSE;
  if (turns->loading == self) {
    turns->loading = NULL;
    next_turn (self->plant);
  }
}

/* What failed, perhaps because the account was not open yet, is soon tried again. */
static void
loader_changed (PlanciaDayCurve *self)
{
  if (plancia_loader_get_running (self->loader))
    return;
  if (plancia_loader_get_error (self->loader))
    self->loaded += RETRY_AFTER - LOAD_EVERY;
  leave_turns (self);
}

static void
ensure_loader (PlanciaDayCurve *self)
{
  if (self->loader)
    return;
  self->loader = plancia_loader_new (plancia_open_plant_get_store (self->plant));
  g_signal_connect_object (self->loader,
                           "samples",
                           G_CALLBACK (take_samples),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->loader,
                           "changed",
                           G_CALLBACK (loader_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/* FALSE if nobody knows its history. */
static gboolean
load_now (PlanciaDayCurve *self)
{
  PlanciaDevice *source = plancia_open_plant_get_history_device (self->plant, self->device);
  gint64         now = plancia_clock_now ();

  if (!source)
    return FALSE;
  self->loaded = now;
  g_free (self->loaded_kind);
  self->loaded_kind = g_strdup (plancia_device_get_kind (source));
  ensure_loader (self);
  plancia_loader_load (self->loader,
                       plancia_device_get_backend (source),
                       plancia_device_get_id (source),
                       "portal",
                       (PlanciaSpan){self->day.start, now},
                       FALSE);
  return TRUE;
}

static void
next_turn (PlanciaOpenPlant *plant)
{
  Turns           *turns = turns_of (plant);
  PlanciaDayCurve *curve;

  while (!turns->loading && (curve = g_queue_pop_head (&turns->waiting)) != NULL) {
    curve->waiting = FALSE;
    turns->loading = curve;
    if (!load_now (curve))
      turns->loading = NULL;
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_day_curve_dispose (GObject *object)
{
  PlanciaDayCurve *self = PLANCIA_DAY_CURVE (object);

  leave_turns (self);
  if (self->loader)
    g_signal_handlers_disconnect_by_data (self->loader, self);
  if (self->loader)
    plancia_loader_stop (self->loader);
  g_clear_object (&self->loader);
  g_clear_weak_pointer (&self->plant);

  G_OBJECT_CLASS (plancia_day_curve_parent_class)->dispose (object);
}

static void
plancia_day_curve_finalize (GObject *object)
{
  PlanciaDayCurve *self = PLANCIA_DAY_CURVE (object);

  for (guint i = 0; i < N_SERIES; i++)
    g_object_unref (self->series[i]);
  g_free (self->loaded_kind);

  G_OBJECT_CLASS (plancia_day_curve_parent_class)->finalize (object);
}

static void
plancia_day_curve_class_init (PlanciaDayCurveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_day_curve_dispose;
  object_class->finalize = plancia_day_curve_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
  curve_quark = g_quark_from_static_string ("plancia-day-curve");
  turns_quark = g_quark_from_static_string ("plancia-day-curve-turns");
}

static void
plancia_day_curve_init (PlanciaDayCurve *self)
{
  static const char *const keys[N_SERIES] =
    {"pv-power", "load-power", "grid-power", "battery-power", "battery-charge", "ac-power"};

  for (guint i = 0; i < N_SERIES; i++) {
    self->series[i] =
      plancia_series_new (keys[i], keys[i], i == PLANCIA_QUANTITY_BATTERY_CHARGE ? "%" : "W");
    plancia_series_set_gap (self->series[i], LONGEST_GAP);
  }
}

static PlanciaDayCurve *
create (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  PlanciaDayCurve *self = g_object_new (PLANCIA_TYPE_DAY_CURVE, NULL);

  g_set_weak_pointer (&self->plant, plant);
  self->device = device;
  take_day (self);
  g_signal_connect_object (device, "readings", G_CALLBACK (take_readings), self, G_CONNECT_SWAPPED);
  /* The figure of a group moves with its devices. */
  if (g_list_model_get_n_items (plancia_device_get_children (device)) > 0)
    g_signal_connect_object (device,
                             "notify::value-text",
                             G_CALLBACK (take_readings),
                             self,
                             G_CONNECT_SWAPPED);
  take_readings (self);
  return self;
}

/**
 * plancia_day_curve_for:
 * @plant: where the device is
 * @device: a device, or the whole plant
 *
 * Returns: (transfer none): its curve, which must not be kept longer than the device
 */
PlanciaDayCurve *
plancia_day_curve_for (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  PlanciaDayCurve *self;

  g_return_val_if_fail (PLANCIA_IS_OPEN_PLANT (plant), NULL);
  g_return_val_if_fail (PLANCIA_IS_DEVICE (device), NULL);

  self = curve_quark ? g_object_get_qdata (G_OBJECT (device), curve_quark) : NULL;
  if (!self) {
    self = create (plant, device);
    g_object_set_qdata_full (G_OBJECT (device), curve_quark, self, g_object_unref);
  }
  return self;
}

/**
 * plancia_day_curve_load:
 * @self: a curve
 *
 * What the store has comes at once, then what the portal has, when it is this curve's turn; nothing
 * happens if neither knows the device. The end of the day that is still to come is never marked as
 * known.
 */
void
plancia_day_curve_load (PlanciaDayCurve *self)
{
  Turns *turns;

  take_day (self);
  recall (self);
  if (!self->plant || self->waiting ||
      (self->loaded > 0 && plancia_clock_now () - self->loaded < LOAD_EVERY) ||
      !plancia_open_plant_get_history_device (self->plant, self->device))
    return;

  turns = turns_of (self->plant);
  if (turns->loading == self)
    return;
  self->waiting = TRUE;
  g_queue_push_tail (&turns->waiting, self);
  next_turn (self->plant);
}

PlanciaSpan
plancia_day_curve_get_day (PlanciaDayCurve *self)
{
  return self->day;
}

PlanciaSeries *
plancia_day_curve_get_series (PlanciaDayCurve *self, PlanciaQuantity quantity)
{
  return quantity < N_SERIES ? self->series[quantity] : NULL;
}

/**
 * plancia_day_curve_last_at:
 * @self: a curve
 * @quantity: a power or the charge
 * @limit: in its unit
 *
 * Returns: when it was last at least @limit today; 0 if it never was
 */
gint64
plancia_day_curve_last_at (PlanciaDayCurve *self, PlanciaQuantity quantity, double limit)
{
  PlanciaSeries *series = plancia_day_curve_get_series (self, quantity);
  gsize          n = series ? plancia_series_get_length (series) : 0;

  while (n-- > 0) {
    if (plancia_series_get_values (series)[n] >= limit)
      return plancia_series_get_times (series)[n];
  }
  return 0;
}
