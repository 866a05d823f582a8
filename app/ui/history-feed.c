/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-feed.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "model/series-words.h"
#include "ui/history-day.h"

/* The colours of the palette that the four curves leave. */
#define FIRST_KEY_COLOR 5

struct _PlanciaHistoryFeed
{
  GObject parent_instance;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  gulong            readings;
  GTimeZone        *zone;
  PlanciaSpan       day;
  gboolean          follows_today;
  gboolean          watched;
  gboolean          was_running;

  GPtrArray    *sources; /* PlanciaHistorySource, all there are */
  char         *choice;  /* name of one of them, "all", or NULL: the first */
  GPtrArray    *names;   /* PlanciaSeriesName, what the store has of them, or NULL */
  GCancellable *naming;  /* the question for them */
  char        **keys;    /* shown beside the four curves */
  gboolean      quantities;
  GPtrArray    *strands; /* PlanciaHistoryStrand: what is shown, the first one before all */
};

enum {
  CHANGED,
  STRANDS_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryFeed, plancia_history_feed, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void ask_names (PlanciaHistoryFeed *self);

static void
emit_changed (PlanciaHistoryFeed *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static PlanciaHistoryStrand *
strand_at (PlanciaHistoryFeed *self, guint index)
{
  return g_ptr_array_index (self->strands, index);
}

static PlanciaHistoryStrand *
first_strand (PlanciaHistoryFeed *self)
{
  return self->strands->len > 0 ? strand_at (self, 0) : NULL;
}

/* Another day, source or device: nothing of what is shown stays. */
static void
start_over (PlanciaHistoryFeed *self)
{
  for (guint i = 0; i < self->strands->len; i++) {
    plancia_history_strand_set_span (strand_at (self, i), self->day);
    if (self->watched)
      plancia_history_strand_load (strand_at (self, i), FALSE);
  }
  emit_changed (self);
}

/* --- strands --------------------------------------------------------------------------------- */

static gboolean
is_shown (PlanciaHistoryFeed *self, guint index)
{
  const PlanciaHistorySource *source = g_ptr_array_index (self->sources, index);

  if (self->choice == NULL)
    return index == 0;
  return g_str_equal (self->choice, "all") || g_str_equal (self->choice, source->name);
}

static GPtrArray *
find_shown (PlanciaHistoryFeed *self)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < self->sources->len; i++)
    if (is_shown (self, i))
      g_ptr_array_add (shown, g_ptr_array_index (self->sources, i));
  /* What was chosen at another device is not had of this one. */
  if (shown->len == 0 && self->sources->len > 0)
    g_ptr_array_add (shown, g_ptr_array_index (self->sources, 0));
  return shown;
}

static gboolean
has_key (PlanciaHistoryFeed *self, const PlanciaHistorySource *source, const char *key)
{
  for (guint i = 0; self->names != NULL && i < self->names->len; i++) {
    const PlanciaSeriesName *name = g_ptr_array_index (self->names, i);

    if (g_str_equal (name->key, key) && g_str_equal (name->source, source->name) &&
        g_str_equal (name->device, plancia_device_get_id (source->device)))
      return TRUE;
  }
  return FALSE;
}

/* What was fetched may be of names that the store did not know before. */
static void
strand_changed (PlanciaHistoryFeed *self)
{
  gboolean running = plancia_history_feed_get_running (self);

  if (self->was_running && !running)
    ask_names (self);
  self->was_running = running;
  emit_changed (self);
}

static void
add_key (PlanciaHistorySeries *series,
         const char           *key,
         const char           *note,
         PlanciaMap           *map,
         guint                 color)
{
  const char      *title = plancia_series_words_title (key, map);
  g_autofree char *words = note ? g_strdup_printf ("%s · %s", title, note) : g_strdup (title);

  if (plancia_series_words_is_state (key, map))
    plancia_history_series_add_state (series, key, words, map, color);
  else
    plancia_history_series_add_key (series,
                                    key,
                                    words,
                                    plancia_series_words_unit (key, map),
                                    color);
}

static PlanciaHistoryStrand *
new_strand (PlanciaHistoryFeed *self, const PlanciaHistorySource *source, guint index, guint n)
{
  const char           *note = n > 1 ? plancia_history_source_title (source) : NULL;
  PlanciaHistorySeries *series =
    plancia_history_series_new_full (self->quantities, note, index > 0);
  PlanciaMap           *map = plancia_device_get_map (source->device);
  PlanciaHistoryStrand *strand;

  for (guint i = 0; self->keys != NULL && self->keys[i] != NULL; i++)
    if (has_key (self, source, self->keys[i]))
      add_key (series, self->keys[i], note, map, FIRST_KEY_COLOR + i);
  strand = plancia_history_strand_new (plancia_open_plant_get_store (self->plant), source, series);
  g_signal_connect_swapped (strand, "changed", G_CALLBACK (strand_changed), self);
  return strand;
}

static void
drop_strands (PlanciaHistoryFeed *self)
{
  for (guint i = 0; i < self->strands->len; i++) {
    g_signal_handlers_disconnect_by_data (strand_at (self, i), self);
    plancia_history_strand_stop (strand_at (self, i));
  }
  g_ptr_array_set_size (self->strands, 0);
}

static void
make_strands (PlanciaHistoryFeed *self)
{
  g_autoptr (GPtrArray) shown = find_shown (self);

  drop_strands (self);
  for (guint i = 0; i < shown->len; i++)
    g_ptr_array_add (self->strands, new_strand (self, g_ptr_array_index (shown, i), i, shown->len));
  g_signal_emit (self, signals[STRANDS_CHANGED], 0);
  start_over (self);
}

static gboolean
strands_are_current (PlanciaHistoryFeed *self)
{
  g_autoptr (GPtrArray) shown = find_shown (self);

  if (shown->len != self->strands->len)
    return FALSE;
  for (guint i = 0; i < shown->len; i++)
    if (!plancia_history_source_equal (g_ptr_array_index (shown, i),
                                       plancia_history_strand_get_source (strand_at (self, i))))
      return FALSE;
  return TRUE;
}

static void
find_sources (PlanciaHistoryFeed *self)
{
  g_ptr_array_unref (self->sources);
  self->sources = self->plant != NULL && self->device != NULL
                    ? plancia_history_sources_find (self->plant, self->device, self->names)
                    : g_ptr_array_new ();
  if (!strands_are_current (self))
    make_strands (self);
}

/* --- what the store has ---------------------------------------------------------------------- */

/* How many recorded values are shown, or would be if the strands were made now. */
static guint
count_keys (PlanciaHistoryFeed *self)
{
  guint n = 0;

  for (guint i = 0; i < self->strands->len; i++)
    for (guint j = 0; self->keys != NULL && self->keys[j] != NULL; j++)
      n += has_key (self, plancia_history_strand_get_source (strand_at (self, i)), self->keys[j]);
  return n;
}

static void
names_came (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaHistoryFeed) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    names = plancia_store_list_series_finish (PLANCIA_STORE (store), result, &error);
  guint before = count_keys (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->naming);
  if (names == NULL)
    return;
  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = g_steal_pointer (&names);
  if (count_keys (self) > before)
    drop_strands (self);
  find_sources (self);
  emit_changed (self);
}

static void
ask_names (PlanciaHistoryFeed *self)
{
  g_auto (GStrv) ids = NULL;

  if (self->plant == NULL || self->device == NULL || self->naming != NULL)
    return;
  ids = plancia_history_sources_ids (self->plant, self->device);
  self->naming = g_cancellable_new ();
  plancia_store_list_series_async (plancia_open_plant_get_store (self->plant),
                                   (const char *const *) ids,
                                   self->naming,
                                   names_came,
                                   g_object_ref (self));
}

static void
forget_names (PlanciaHistoryFeed *self)
{
  g_cancellable_cancel (self->naming);
  g_clear_object (&self->naming);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

/* A device says its serial number some time after it was opened; only then its cloud is found. */
static void
readings_came (PlanciaHistoryFeed *self)
{
  if (self->sources->len < 2)
    find_sources (self);
}

static void
take_plant (PlanciaHistoryFeed *self, PlanciaOpenPlant *plant)
{
  GTimeZone *zone;

  drop_strands (self);
  g_ptr_array_set_size (self->sources, 0);
  g_set_object (&self->plant, plant);
  if (plant == NULL)
    return;
  g_signal_connect_object (plancia_open_plant_get_store (plant),
                           "table-came",
                           G_CALLBACK (ask_names),
                           self,
                           G_CONNECT_SWAPPED);
  zone = plancia_plant_get_zone (plancia_open_plant_get_plant (plant));
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->day = plancia_history_day_today (zone);
  self->follows_today = TRUE;
}

static void
plancia_history_feed_dispose (GObject *object)
{
  PlanciaHistoryFeed *self = PLANCIA_HISTORY_FEED (object);

  if (self->device != NULL)
    g_clear_signal_handler (&self->readings, self->device);
  g_clear_object (&self->device);
  forget_names (self);
  take_plant (self, NULL);

  G_OBJECT_CLASS (plancia_history_feed_parent_class)->dispose (object);
}

static void
plancia_history_feed_finalize (GObject *object)
{
  PlanciaHistoryFeed *self = PLANCIA_HISTORY_FEED (object);

  g_ptr_array_unref (self->strands);
  g_ptr_array_unref (self->sources);
  g_strfreev (self->keys);
  g_free (self->choice);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (plancia_history_feed_parent_class)->finalize (object);
}

static void
plancia_history_feed_class_init (PlanciaHistoryFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_feed_finalize;

  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
  signals[STRANDS_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "strands-changed", 0);
}

static void
plancia_history_feed_init (PlanciaHistoryFeed *self)
{
  self->strands = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources = g_ptr_array_new ();
  self->quantities = TRUE;
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
  forget_names (self);
  drop_strands (self);
  find_sources (self);
  ask_names (self);
  if (self->strands->len == 0) {
    g_signal_emit (self, signals[STRANDS_CHANGED], 0);
    start_over (self);
  }
}

/**
 * plancia_history_feed_set_day:
 * @self: a feed
 * @day: a day of the plant's calendar, at most today; or several
 */
void
plancia_history_feed_set_day (PlanciaHistoryFeed *self, PlanciaSpan day)
{
  self->follows_today = plancia_history_day_is_today (self->zone, day) &&
                        day.end == plancia_history_day_today (self->zone).end;
  if (day.start == self->day.start && day.end == self->day.end)
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
  find_sources (self);
  ask_names (self);
  plancia_history_feed_tick (self);
  for (guint i = 0; i < self->strands->len; i++)
    if (plancia_history_strand_is_stale (strand_at (self, i)))
      plancia_history_strand_load (strand_at (self, i), FALSE);
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
  for (guint i = 0; i < self->strands->len; i++)
    plancia_history_strand_load (strand_at (self, i), again);
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
  for (guint i = 0; i < self->strands->len; i++)
    plancia_history_strand_stop (strand_at (self, i));
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
  for (guint i = 0; self->watched && i < self->strands->len; i++)
    if (plancia_history_strand_is_due (strand_at (self, i)))
      plancia_history_strand_load (strand_at (self, i), FALSE);
}

/**
 * plancia_history_feed_catch_up:
 * @self: a feed
 *
 * Takes what was recorded here in the last seconds.
 */
void
plancia_history_feed_catch_up (PlanciaHistoryFeed *self)
{
  for (guint i = 0; self->watched && i < self->strands->len; i++)
    plancia_history_strand_catch_up (strand_at (self, i));
}

/**
 * plancia_history_feed_set_choice:
 * @self: a feed
 * @choice: (nullable): name of a source, "all": side by side, %NULL: the best
 *
 * What is not had of the device becomes the best that is.
 */
void
plancia_history_feed_set_choice (PlanciaHistoryFeed *self, const char *choice)
{
  if (g_strcmp0 (self->choice, choice) == 0)
    return;
  g_free (self->choice);
  self->choice = g_strdup (choice);
  if (strands_are_current (self))
    emit_changed (self);
  else
    make_strands (self);
}

/**
 * plancia_history_feed_get_choice:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): what was chosen
 */
const char *
plancia_history_feed_get_choice (PlanciaHistoryFeed *self)
{
  return self->choice;
}

static gboolean
have_keys (PlanciaHistoryFeed *self, const char *const *keys)
{
  static const char *const none[] = {NULL};

  return g_strv_equal (plancia_history_feed_get_keys (self), keys != NULL ? keys : none);
}

/**
 * plancia_history_feed_set_curves:
 * @self: a feed
 * @quantities: whether to show the four of powers and charge
 * @keys: (nullable): recorded values to show beside them
 */
void
plancia_history_feed_set_curves (PlanciaHistoryFeed *self,
                                 gboolean            quantities,
                                 const char *const  *keys)
{
  if (quantities == self->quantities && have_keys (self, keys))
    return;
  g_strfreev (self->keys);
  self->keys = g_strdupv ((char **) keys);
  self->quantities = quantities;
  make_strands (self);
}

gboolean
plancia_history_feed_get_quantities (PlanciaHistoryFeed *self)
{
  return self->quantities;
}

const char *const *
plancia_history_feed_get_keys (PlanciaHistoryFeed *self)
{
  static const char *const none[] = {NULL};

  return self->keys != NULL ? (const char *const *) self->keys : none;
}

/**
 * plancia_history_feed_get_sources:
 * @self: a feed
 *
 * Returns: (transfer none) (element-type PlanciaHistorySource): who has something of the device
 */
GPtrArray *
plancia_history_feed_get_sources (PlanciaHistoryFeed *self)
{
  return self->sources;
}

/**
 * plancia_history_feed_get_names:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable) (element-type PlanciaSeriesName): what the store has of it
 */
GPtrArray *
plancia_history_feed_get_names (PlanciaHistoryFeed *self)
{
  return self->names;
}

/**
 * plancia_history_feed_get_strands:
 * @self: a feed
 *
 * Returns: (transfer none) (element-type PlanciaHistoryStrand): what is shown; others after "strands-changed"
 */
GPtrArray *
plancia_history_feed_get_strands (PlanciaHistoryFeed *self)
{
  return self->strands;
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
 * plancia_history_feed_get_series:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): the curves of what is shown first
 */
PlanciaHistorySeries *
plancia_history_feed_get_series (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *strand = first_strand (self);

  return strand != NULL ? plancia_history_strand_get_series (strand) : NULL;
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
 * Returns: (transfer none) (nullable): under whose id the store keeps what is shown first
 */
PlanciaDevice *
plancia_history_feed_get_source (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *strand = first_strand (self);

  return strand != NULL ? plancia_history_strand_get_source (strand)->device : NULL;
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
  PlanciaHistoryStrand *strand = first_strand (self);

  return strand != NULL ? plancia_history_strand_get_source (strand)->name : NULL;
}

const PlanciaHistorySource *
plancia_history_feed_get_source_of (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *strand = first_strand (self);

  return strand != NULL ? plancia_history_strand_get_source (strand) : NULL;
}
