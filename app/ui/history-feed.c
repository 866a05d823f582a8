/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-feed.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "chart/coverage.h"
#include "ui/history-day.h"

/* The pace of a cloud: sooner there is nothing new. */
#define REFRESH_PAUSE (5 * PLANCIA_MINUTE)
/* After each failure in a row the pause doubles, so often at most. */
#define MAX_DOUBLINGS 4
/* Going to another page and back at once is one visit. Real time. */
#define VISIT_PAUSE (10 * PLANCIA_SECOND)

#include <glib/gi18n.h>

struct _PlanciaHistoryFeed
{
  GObject parent_instance;

  PlanciaOpenPlant     *plant;
  PlanciaDevice        *device;
  PlanciaDevice        *source;
  gulong                readings;
  PlanciaLoader        *loader;
  PlanciaHistorySeries *series;
  GTimeZone            *zone;
  PlanciaSpan           day;
  gboolean              follows_today;
  gboolean              watched;
  gboolean              stopped;
  guint                 failures;     /* in a row, before this load */
  gint64                loaded;       /* plancia_clock_now; 0: not yet */
  gint64                loaded_ticks; /* plancia_clock_monotonic */
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryFeed, plancia_history_feed, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
emit_changed (PlanciaHistoryFeed *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
samples_came (PlanciaHistoryFeed *self, PlanciaSamples *samples)
{
  if (self->source != NULL)
    plancia_history_series_merge (self->series, samples, plancia_device_get_kind (self->source));
}

static void
start_load (PlanciaHistoryFeed *self, gboolean again)
{
  self->failures = plancia_loader_get_error (self->loader) != NULL ? self->failures + 1 : 0;
  self->stopped = FALSE;
  self->loaded = plancia_clock_now ();
  self->loaded_ticks = plancia_clock_monotonic ();
  plancia_loader_load (self->loader,
                       plancia_device_get_backend (self->source),
                       plancia_device_get_id (self->source),
                       plancia_history_feed_get_source_name (self),
                       self->day,
                       again);
}

/* Another day or device: nothing of what is shown stays. */
static void
start_over (PlanciaHistoryFeed *self)
{
  if (self->loader != NULL)
    plancia_loader_stop (self->loader);
  plancia_history_series_clear (self->series);
  self->loaded = 0;
  if (self->watched && self->source != NULL)
    start_load (self, FALSE);
  self->failures = 0;
  emit_changed (self);
}

static void
find_source (PlanciaHistoryFeed *self)
{
  PlanciaDevice *source = NULL;

  if (self->plant != NULL && self->device != NULL)
    source = plancia_open_plant_get_history_device (self->plant, self->device);
  if (source == self->source)
    return;
  g_set_object (&self->source, source);
  start_over (self);
}

/* A device says its serial number some time after it was opened; only then its source is found. */
static void
readings_came (PlanciaHistoryFeed *self)
{
  if (self->source == NULL)
    find_source (self);
}

static void
drop_plant (PlanciaHistoryFeed *self)
{
  if (self->loader != NULL) {
    g_signal_handlers_disconnect_by_data (self->loader, self);
    plancia_loader_stop (self->loader);
  }
  g_clear_object (&self->loader);
  g_clear_object (&self->source);
  g_clear_object (&self->plant);
}

static void
take_plant (PlanciaHistoryFeed *self, PlanciaOpenPlant *plant)
{
  GTimeZone *zone;

  drop_plant (self);
  if (plant == NULL)
    return;
  self->plant = g_object_ref (plant);
  zone = plancia_plant_get_zone (plancia_open_plant_get_plant (plant));
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->day = plancia_history_day_today (zone);
  self->follows_today = TRUE;
  self->loader = plancia_loader_new (plancia_open_plant_get_store (plant));
  g_signal_connect_swapped (self->loader, "samples", G_CALLBACK (samples_came), self);
  g_signal_connect_swapped (self->loader, "changed", G_CALLBACK (emit_changed), self);
}

static void
plancia_history_feed_dispose (GObject *object)
{
  PlanciaHistoryFeed *self = PLANCIA_HISTORY_FEED (object);

  if (self->device != NULL)
    g_clear_signal_handler (&self->readings, self->device);
  g_clear_object (&self->device);
  drop_plant (self);

  G_OBJECT_CLASS (plancia_history_feed_parent_class)->dispose (object);
}

static void
plancia_history_feed_finalize (GObject *object)
{
  PlanciaHistoryFeed *self = PLANCIA_HISTORY_FEED (object);

  plancia_history_series_free (self->series);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (plancia_history_feed_parent_class)->finalize (object);
}

static void
plancia_history_feed_class_init (PlanciaHistoryFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_feed_finalize;

  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_feed_init (PlanciaHistoryFeed *self)
{
  self->series = plancia_history_series_new ();
  self->zone = g_time_zone_new_local ();
  self->day = plancia_history_day_today (self->zone);
  self->follows_today = TRUE;
}

/**
 * plancia_history_feed_new:
 *
 * Returns: (transfer full): a feed of nothing
 */
PlanciaHistoryFeed *
plancia_history_feed_new (void)
{
  return g_object_new (PLANCIA_TYPE_HISTORY_FEED, NULL);
}

/**
 * plancia_history_feed_set_device:
 * @self: a feed
 * @plant: (nullable): the plant that is open
 * @device: (nullable): the device looked at
 *
 * Finds out who records it. Another plant begins with today.
 */
void
plancia_history_feed_set_device (PlanciaHistoryFeed *self,
                                 PlanciaOpenPlant   *plant,
                                 PlanciaDevice      *device)
{
  if (plant == self->plant && device == self->device)
    return;
  if (self->device != NULL)
    g_clear_signal_handler (&self->readings, self->device);
  if (plant != self->plant)
    take_plant (self, plant);
  g_set_object (&self->device, device);
  if (device != NULL)
    self->readings =
      g_signal_connect_swapped (device, "readings", G_CALLBACK (readings_came), self);
  g_clear_object (&self->source);
  find_source (self);
  if (self->source == NULL)
    start_over (self);
}

/**
 * plancia_history_feed_set_day:
 * @self: a feed
 * @day: a day of the plant's calendar, at most today
 */
void
plancia_history_feed_set_day (PlanciaHistoryFeed *self, PlanciaSpan day)
{
  self->follows_today = plancia_history_day_is_today (self->zone, day);
  if (day.start == self->day.start)
    return;
  self->day = day;
  start_over (self);
}

/**
 * plancia_history_feed_set_watched:
 * @self: a feed
 * @watched: whether it is on the screen
 */
void
plancia_history_feed_set_watched (PlanciaHistoryFeed *self, gboolean watched)
{
  if (self->watched == watched)
    return;
  self->watched = watched;
  if (!watched)
    return;
  find_source (self);
  plancia_history_feed_tick (self);
  if (self->source != NULL && !plancia_loader_get_running (self->loader) &&
      (self->loaded == 0 || plancia_clock_monotonic () - self->loaded_ticks > VISIT_PAUSE))
    start_load (self, FALSE);
}

/**
 * plancia_history_feed_load:
 * @self: a feed
 * @again: ask for what is known, too
 *
 * What is shown stays until better comes.
 */
void
plancia_history_feed_load (PlanciaHistoryFeed *self, gboolean again)
{
  if (self->source != NULL)
    start_load (self, again);
}

/**
 * plancia_history_feed_stop:
 * @self: a feed
 *
 * Gives up what is being fetched. What came is kept.
 */
void
plancia_history_feed_stop (PlanciaHistoryFeed *self)
{
  if (!plancia_history_feed_get_running (self))
    return;
  self->stopped = TRUE;
  plancia_loader_stop (self->loader);
}

/* Asking again and again with a key that was refused gets an account locked. */
static gboolean
is_refused (PlanciaHistoryFeed *self)
{
  return g_error_matches (plancia_loader_get_error (self->loader),
                          PLANCIA_CLOUD_ERROR,
                          PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
}

/* Is it time to ask again by itself: for what failed, or for what today has grown by? */
static gboolean
is_due (PlanciaHistoryFeed *self)
{
  gboolean failed = plancia_loader_get_error (self->loader) != NULL;
  gint64   pause = REFRESH_PAUSE << (failed ? MIN (self->failures, MAX_DOUBLINGS) : 0);

  if (is_refused (self) || plancia_clock_now () - self->loaded < pause)
    return FALSE;
  return failed || plancia_history_day_is_today (self->zone, self->day);
}

/**
 * plancia_history_feed_tick:
 * @self: a feed
 *
 * Goes over midnight with today, and asks for what today has grown by. Tries again what failed, less and less often.
 */
void
plancia_history_feed_tick (PlanciaHistoryFeed *self)
{
  if (self->follows_today && !plancia_history_day_is_today (self->zone, self->day)) {
    self->day = plancia_history_day_today (self->zone);
    start_over (self);
    return;
  }
  emit_changed (self);
  if (self->watched && self->source != NULL && self->loaded != 0 &&
      !plancia_loader_get_running (self->loader) && is_due (self))
    start_load (self, FALSE);
}

/**
 * plancia_history_feed_get_series:
 * @self: a feed
 *
 * Returns: (transfer none): its curves, always the same
 */
PlanciaHistorySeries *
plancia_history_feed_get_series (PlanciaHistoryFeed *self)
{
  return self->series;
}

/**
 * plancia_history_feed_get_plant:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): the plant of the device looked at
 */
PlanciaOpenPlant *
plancia_history_feed_get_plant (PlanciaHistoryFeed *self)
{
  return self->plant;
}

/**
 * plancia_history_feed_get_day:
 * @self: a feed
 *
 * Returns: the day looked at
 */
PlanciaSpan
plancia_history_feed_get_day (PlanciaHistoryFeed *self)
{
  return self->day;
}

/**
 * plancia_history_feed_get_zone:
 * @self: a feed
 *
 * Returns: (transfer none): of the plant
 */
GTimeZone *
plancia_history_feed_get_zone (PlanciaHistoryFeed *self)
{
  return self->zone;
}

/**
 * plancia_history_feed_get_device:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): the device looked at
 */
PlanciaDevice *
plancia_history_feed_get_device (PlanciaHistoryFeed *self)
{
  return self->device;
}

/**
 * plancia_history_feed_get_source:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): who has the device's history
 */
PlanciaDevice *
plancia_history_feed_get_source (PlanciaHistoryFeed *self)
{
  return self->source;
}

/**
 * plancia_history_feed_get_source_name:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): under which name the store keeps it
 */
const char *
plancia_history_feed_get_source_name (PlanciaHistoryFeed *self)
{
  PlanciaEntry *entry = self->source ? plancia_device_get_entry (self->source) : NULL;

  if (entry == NULL)
    return NULL;
  switch (plancia_address_get_kind (plancia_entry_get_address (entry))) {
  case PLANCIA_ADDRESS_PORTAL:
    return "portal";
  case PLANCIA_ADDRESS_SYSTEM:
    return "system";
  default:
    return "local";
  }
}

/**
 * plancia_history_feed_get_state:
 * @self: a feed
 *
 * Returns: what there is to show
 */
PlanciaHistoryState
plancia_history_feed_get_state (PlanciaHistoryFeed *self)
{
  if (self->source == NULL)
    return PLANCIA_HISTORY_NO_SOURCE;
  if (plancia_loader_get_running (self->loader) || self->loaded == 0 ||
      !plancia_history_series_is_empty (self->series))
    return PLANCIA_HISTORY_SHOWN;
  if (plancia_loader_get_error (self->loader) != NULL)
    return PLANCIA_HISTORY_FAILED;
  if (self->stopped || plancia_device_get_backend (self->source) == NULL)
    return PLANCIA_HISTORY_NOT_FETCHED;
  return PLANCIA_HISTORY_NOTHING;
}

/**
 * plancia_history_feed_get_running:
 * @self: a feed
 *
 * Returns: whether something is being loaded
 */
gboolean
plancia_history_feed_get_running (PlanciaHistoryFeed *self)
{
  return self->loader != NULL && plancia_loader_get_running (self->loader);
}

/**
 * plancia_history_feed_get_progress:
 * @self: a feed
 * @done: (out): pieces that came
 * @all: (out): pieces to be fetched; 0: none
 */
void
plancia_history_feed_get_progress (PlanciaHistoryFeed *self, guint *done, guint *all)
{
  *done = *all = 0;
  if (self->loader != NULL)
    plancia_loader_get_progress (self->loader, done, all);
}

/**
 * plancia_history_feed_get_error:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): why something is missing
 */
const GError *
plancia_history_feed_get_error (PlanciaHistoryFeed *self)
{
  return self->loader != NULL ? plancia_loader_get_error (self->loader) : NULL;
}

/**
 * plancia_history_feed_find_coverage:
 * @self: a feed
 *
 * Returns: (transfer full) (element-type PlanciaCoverage): how well the day up to now is known
 */
GArray *
plancia_history_feed_find_coverage (PlanciaHistoryFeed *self)
{
  PlanciaSpan past = plancia_history_day_past (self->day);
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  g_autoptr (GPtrArray) gaps = plancia_history_series_find_gaps (self->series, past);

  return plancia_coverage_find (past,
                                self->loader ? plancia_loader_get_covered (self->loader) : nothing,
                                gaps);
}

char *
plancia_history_feed_dup_progress (PlanciaHistoryFeed *self)
{
  guint done, all;

  plancia_history_feed_get_progress (self, &done, &all);
  if (all == 0)
    return g_strdup (_ ("Looking in the store…"));
  if (all == 1)
    return g_strdup (_ ("Fetching from the portal…"));
  /* Translators: a download in pieces */
  return g_strdup_printf (
    _ ("Fetching from the portal, piece %u of %u…"), MIN (done + 1, all), all);
}
