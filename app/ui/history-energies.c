/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-energies.h"

struct _PlanciaHistoryEnergies
{
  PlanciaEnergyView  *view;
  PlanciaHistoryFeed *feed;
  PlanciaEnergyFeed  *energies;
  PlanciaOpenPlant   *plant; /* or NULL */
  PlanciaRange        range;
  PlanciaSpan         span; /* of a range that is no day */
  gboolean            compare;
};

PlanciaHistoryEnergies *
plancia_history_energies_new (PlanciaEnergyView *view, PlanciaHistoryFeed *feed)
{
  PlanciaHistoryEnergies *self = g_new0 (PlanciaHistoryEnergies, 1);

  self->view = view;
  self->feed = feed;
  self->energies = plancia_energy_feed_new ();
  plancia_energy_view_set_feed (view, self->energies);
  return self;
}

void
plancia_history_energies_free (PlanciaHistoryEnergies *self)
{
  plancia_energy_feed_clear (self->energies);
  g_object_unref (self->energies);
  g_clear_object (&self->plant);
  g_free (self);
}

static void
load (PlanciaHistoryEnergies *self)
{
  PlanciaDevice *source = plancia_history_feed_get_source (self->feed);
  GTimeZone     *zone = plancia_history_feed_get_zone (self->feed);
  PlanciaSpan    other = {0, 0};

  if (self->range == PLANCIA_RANGE_DAY || source == NULL || self->plant == NULL) {
    plancia_energy_feed_clear (self->energies);
    return;
  }
  if (self->compare)
    other = plancia_history_range_last_year (zone, self->range, self->span);
  plancia_energy_view_set_span (self->view, zone, self->range, self->span, other);
  plancia_energy_feed_load (self->energies,
                            plancia_open_plant_get_store (self->plant),
                            plancia_device_get_id (source),
                            plancia_history_feed_get_source_name (self->feed),
                            zone,
                            self->span,
                            plancia_history_range_bars (self->range),
                            other);
}

PlanciaRange
plancia_history_energies_get_range (PlanciaHistoryEnergies *self)
{
  return self->range;
}

void
plancia_history_energies_set_range (PlanciaHistoryEnergies *self, PlanciaRange range, gint64 time)
{
  self->range = range;
  self->span = plancia_history_range_at (plancia_history_feed_get_zone (self->feed), range, time);
  load (self);
}

void
plancia_history_energies_step (PlanciaHistoryEnergies *self, int steps)
{
  self->span = plancia_history_range_step (plancia_history_feed_get_zone (self->feed),
                                           self->range,
                                           self->span,
                                           steps);
  load (self);
}

PlanciaSpan
plancia_history_energies_get_span (PlanciaHistoryEnergies *self)
{
  return self->span;
}

gboolean
plancia_history_energies_is_present (PlanciaHistoryEnergies *self)
{
  return plancia_history_range_is_present (plancia_history_feed_get_zone (self->feed),
                                           self->range,
                                           self->span);
}

void
plancia_history_energies_set_compare (PlanciaHistoryEnergies *self, gboolean compare)
{
  self->compare = compare;
  load (self);
}

void
plancia_history_energies_reload (PlanciaHistoryEnergies *self, PlanciaOpenPlant *plant)
{
  g_set_object (&self->plant, plant);
  load (self);
}

char *
plancia_history_energies_dup_title (PlanciaHistoryEnergies *self)
{
  if (self->range == PLANCIA_RANGE_DAY)
    return NULL;
  return plancia_history_range_title (plancia_history_feed_get_zone (self->feed),
                                      self->range,
                                      self->span);
}

PlanciaEnergyFeed *
plancia_history_energies_get_feed (PlanciaHistoryEnergies *self)
{
  return self->energies;
}
