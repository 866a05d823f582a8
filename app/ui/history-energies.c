/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-energies.h"

#include "base/clock.h"
#include "ui/error-dialog.h"
#include "ui/history-day.h"
#include "ui/history-plant.h"

#include <glib/gi18n.h>

struct _PlanciaHistoryEnergies
{
  PlanciaEnergyView    *view;
  PlanciaHistoryFeed   *feed;
  PlanciaEnergyFeed    *energies;
  PlanciaOpenPlant     *plant; /* or NULL */
  PlanciaRange          range;
  PlanciaSpan           span;   /* of a range that is no day */
  PlanciaSpan           custom; /* what was chosen the last time */
  PlanciaHistoryCompare compare;
  PlanciaHistoryPlant  *other_plant;
  gboolean              curves;
  gint64 known_day;  /* from which the store has something of all that is known, and */
  gint64 known_from; /* where that really begins */
};

static void energies_came (PlanciaHistoryEnergies *self);
static void other_plant_came (PlanciaHistoryEnergies *self);
static void load (PlanciaHistoryEnergies *self);

PlanciaHistoryEnergies *
plancia_history_energies_new (PlanciaEnergyView *view, PlanciaHistoryFeed *feed)
{
  PlanciaHistoryEnergies *self = g_new0 (PlanciaHistoryEnergies, 1);

  self->view = view;
  self->feed = feed;
  self->energies = plancia_energy_feed_new ();
  self->known_day = G_MININT64;
  self->other_plant = plancia_history_plant_new ();
  g_signal_connect_swapped (self->other_plant, "changed", G_CALLBACK (other_plant_came), self);
  g_signal_connect_swapped (self->energies, "changed", G_CALLBACK (energies_came), self);
  plancia_energy_view_set_feed (view, self->energies);
  return self;
}

void
plancia_history_energies_free (PlanciaHistoryEnergies *self)
{
  g_signal_handlers_disconnect_by_data (self->energies, self);
  g_signal_handlers_disconnect_by_data (self->other_plant, self);
  g_object_unref (self->other_plant);
  plancia_energy_feed_clear (self->energies);
  g_object_unref (self->energies);
  g_clear_object (&self->plant);
  plancia_history_compare_clear (&self->compare);
  g_free (self);
}

static GTimeZone *
zone_of (PlanciaHistoryEnergies *self)
{
  return plancia_history_feed_get_zone (self->feed);
}

/* --- all ------------------------------------------------------------------------------------- */

/* From the first day of which the store has something to today. */
static PlanciaSpan
find_all (PlanciaHistoryEnergies *self)
{
  GPtrArray  *names = plancia_history_feed_get_names (self->feed);
  const char *source = plancia_history_feed_get_source_name (self->feed);
  PlanciaSpan today = plancia_history_day_today (zone_of (self)), all = today;

  for (guint i = 0; names != NULL && i < names->len; i++) {
    const PlanciaSeriesName *name = g_ptr_array_index (names, i);

    if (g_strcmp0 (name->source, source) == 0 || g_strcmp0 (source, PLANCIA_HISTORY_OF_PLANT) == 0)
      all.start = MIN (all.start, plancia_span_day (zone_of (self), name->days.start).start);
  }
  /* What has energies may have begun later than what was read first. */
  if (all.start == self->known_day)
    all.start = self->known_from;
  return all;
}

/* What is known begins with the first bar of which something is. */
static void
energies_came (PlanciaHistoryEnergies *self)
{
  GArray *bars = plancia_energy_feed_get_bars (self->energies);
  guint   first = 0;

  if (self->range != PLANCIA_RANGE_ALL || bars == NULL)
    return;
  while (first < bars->len && g_array_index (bars, PlanciaEnergySum, first).known <= 0)
    first++;
  if (first == 0 || first == bars->len)
    return;
  self->known_day = self->span.start;
  self->known_from = g_array_index (bars, PlanciaEnergySum, first).span.start;
  self->span.start = self->known_from;
  load (self);
}

static void
find_span (PlanciaHistoryEnergies *self, gint64 time)
{
  if (self->range == PLANCIA_RANGE_ALL)
    self->span = find_all (self);
  else if (self->range == PLANCIA_RANGE_CUSTOM)
    self->span = self->custom;
  else
    self->span = plancia_history_range_at (zone_of (self), self->range, time);
}

/* --- loading --------------------------------------------------------------------------------- */

PlanciaHistorySource *
plancia_history_energies_find_other_source (PlanciaHistoryEnergies *self)
{
  PlanciaDevice *device = plancia_history_feed_get_source (self->feed);
  const char    *name = plancia_history_feed_get_source_name (self->feed);
  g_autoptr (GPtrArray) sources = NULL;

  if (!self->compare.on || self->plant == NULL || device == NULL)
    return NULL;
  if (!plancia_history_compare_is_same_time (&self->compare))
    return plancia_history_source_copy (plancia_history_feed_get_source_of (self->feed));
  if (self->compare.with == PLANCIA_COMPARE_PLANT)
    return plancia_history_plant_get_source (self->other_plant) != NULL
             ? plancia_history_source_copy (plancia_history_plant_get_source (self->other_plant))
             : NULL;
  device = plancia_device_tree_find (plancia_open_plant_get_tree (self->plant),
                                     self->compare.device);
  if (device == NULL)
    return NULL;
  sources = plancia_history_sources_find (self->plant, device, NULL);
  for (guint i = 0; i < sources->len; i++) {
    const PlanciaHistorySource *source = g_ptr_array_index (sources, i);

    /* What was read here is best compared with what was read here. */
    if (g_str_equal (source->name, name))
      return plancia_history_source_copy (source);
  }
  return sources->len > 0 ? g_ptr_array_steal_index (sources, 0) : NULL;
}

static void
ask (PlanciaHistoryEnergies *self, GArray *spans)
{
  g_autoptr (PlanciaHistorySource) with = plancia_history_energies_find_other_source (self);
  PlanciaSpan   other = plancia_history_energies_get_other (self);
  PlanciaPeriod period = plancia_history_energies_get_period (self);
  g_autoptr (GArray) others = NULL;
  const PlanciaHistorySource *source = plancia_history_feed_get_source_of (self->feed);
  PlanciaEnergyWhose          whose, whose_other;

  if (with != NULL && !plancia_span_is_empty (other) && self->range == PLANCIA_RANGE_DAY) {
    others = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
    g_array_append_val (others, other);
  } else if (with != NULL && !plancia_span_is_empty (other)) {
    others = plancia_history_compare_bars (&self->compare,
                                           zone_of (self),
                                           self->span,
                                           other,
                                           spans,
                                           period);
  }
  plancia_history_source_refresh (source);
  whose = plancia_history_source_whose (source);
  if (with != NULL)
    whose_other = plancia_history_source_whose (with);
  plancia_energy_feed_load_spans (self->energies,
                                  plancia_open_plant_get_store (self->plant),
                                  zone_of (self),
                                  &whose,
                                  spans,
                                  &whose_other,
                                  others);
}

static void
load (PlanciaHistoryEnergies *self)
{
  PlanciaPeriod    period = plancia_history_energies_get_period (self);
  g_autofree char *title = plancia_history_energies_dup_title (self);
  g_autofree char *other_title = plancia_history_energies_dup_other_title (self);
  g_autoptr (GArray) spans = NULL;

  if (plancia_history_feed_get_source (self->feed) == NULL || self->plant == NULL) {
    plancia_energy_feed_clear (self->energies);
    return;
  }
  if (self->range == PLANCIA_RANGE_DAY) {
    PlanciaSpan day = plancia_history_feed_get_day (self->feed);

    spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
    g_array_append_val (spans, day);
  } else {
    spans = plancia_energy_periods (zone_of (self), self->span, period);
    plancia_energy_view_set_span (self->view, zone_of (self), period, title, other_title);
  }
  ask (self, spans);
}

/* A file that cannot be read is told once, when it was chosen or is found missing. */
static void
other_plant_came (PlanciaHistoryEnergies *self)
{
  const GError *error = plancia_history_plant_get_error (self->other_plant);
  GtkRoot      *root = gtk_widget_get_root (GTK_WIDGET (self->view));

  if (error != NULL && GTK_IS_WINDOW (root))
    plancia_error_dialog_show (GTK_WINDOW (root),
                               _ ("The plant to compare with could not be read"), error);
  load (self);
}

/* --- public ---------------------------------------------------------------------------------- */

PlanciaRange
plancia_history_energies_get_range (PlanciaHistoryEnergies *self)
{
  return self->range;
}

void
plancia_history_energies_set_range (PlanciaHistoryEnergies *self, PlanciaRange range, gint64 time)
{
  self->range = range;
  if (range == PLANCIA_RANGE_CUSTOM && plancia_span_is_empty (self->custom))
    self->custom = plancia_history_range_at (zone_of (self), PLANCIA_RANGE_MONTH, time);
  find_span (self, time);
  load (self);
}

void
plancia_history_energies_set_curves (PlanciaHistoryEnergies *self, gboolean curves)
{
  self->curves = curves;
}

gboolean
plancia_history_energies_has_curves (PlanciaHistoryEnergies *self)
{
  return self->curves || self->range == PLANCIA_RANGE_DAY;
}

void
plancia_history_energies_set_custom (PlanciaHistoryEnergies *self, PlanciaSpan span)
{
  self->custom = span;
  self->range = PLANCIA_RANGE_CUSTOM;
  self->span = span;
  load (self);
}

void
plancia_history_energies_step (PlanciaHistoryEnergies *self, int steps)
{
  self->span = plancia_history_range_step (zone_of (self), self->range, self->span, steps);
  if (self->range == PLANCIA_RANGE_CUSTOM)
    self->custom = self->span;
  load (self);
}

PlanciaSpan
plancia_history_energies_get_span (PlanciaHistoryEnergies *self)
{
  return self->range == PLANCIA_RANGE_DAY ? plancia_history_feed_get_day (self->feed) : self->span;
}

PlanciaPeriod
plancia_history_energies_get_period (PlanciaHistoryEnergies *self)
{
  return plancia_history_range_bars (self->range, self->span);
}

gboolean
plancia_history_energies_is_present (PlanciaHistoryEnergies *self)
{
  return self->range == PLANCIA_RANGE_ALL ||
         plancia_history_range_is_present (zone_of (self), self->range, self->span);
}

void
plancia_history_energies_set_compare (PlanciaHistoryEnergies      *self,
                                      const PlanciaHistoryCompare *compare)
{
  plancia_history_compare_clear (&self->compare);
  self->compare = *compare;
  self->compare.device = g_strdup (compare->device);
  plancia_history_plant_set_path (
    self->other_plant,
    compare->on && compare->with == PLANCIA_COMPARE_PLANT ? compare->device : NULL);
  load (self);
}

const PlanciaHistoryCompare *
plancia_history_energies_get_compare (PlanciaHistoryEnergies *self)
{
  return &self->compare;
}

PlanciaSpan
plancia_history_energies_get_other (PlanciaHistoryEnergies *self)
{
  return plancia_history_compare_span (&self->compare,
                                       zone_of (self),
                                       self->range,
                                       plancia_history_energies_get_span (self));
}

char *
plancia_history_energies_dup_other_title (PlanciaHistoryEnergies *self)
{
  PlanciaSpan    other = plancia_history_energies_get_other (self);
  PlanciaDevice *device = NULL;

  if (plancia_span_is_empty (other) || self->plant == NULL)
    return NULL;
  if (!plancia_history_compare_is_same_time (&self->compare))
    return plancia_history_range_title (zone_of (self), self->range, other);
  if (self->compare.with == PLANCIA_COMPARE_PLANT)
    return g_strdup (plancia_history_plant_get_name (self->other_plant));
  device = plancia_device_tree_find (plancia_open_plant_get_tree (self->plant),
                                     self->compare.device);
  return device != NULL ? g_strdup (plancia_device_get_name (device)) : NULL;
}

PlanciaEnergyFeed *
plancia_history_energies_get_feed (PlanciaHistoryEnergies *self)
{
  return self->energies;
}

void
plancia_history_energies_reload (PlanciaHistoryEnergies *self, PlanciaOpenPlant *plant)
{
  g_set_object (&self->plant, plant);
  if (self->range == PLANCIA_RANGE_ALL)
    find_span (self, plancia_clock_now ());
  load (self);
}

char *
plancia_history_energies_dup_title (PlanciaHistoryEnergies *self)
{
  if (self->range == PLANCIA_RANGE_DAY)
    return NULL;
  return plancia_history_range_title (zone_of (self), self->range, self->span);
}
