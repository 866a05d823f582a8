/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-other.h"

/* How many curves lie upon one another: of powers and charge. */
#define PAIRS 4

struct _PlanciaHistoryOther
{
  PlanciaHistoryFeed     *feed;
  PlanciaHistoryEnergies *energies;
  PlanciaHistoryStrand   *strand; /* or NULL */
  PlanciaHistoryAlignment alignment;
  GTimeZone              *zone; /* of the alignment */
  gboolean                running;
};

PlanciaHistoryOther *
plancia_history_other_new (PlanciaHistoryFeed *feed, PlanciaHistoryEnergies *energies)
{
  PlanciaHistoryOther *self = g_new0 (PlanciaHistoryOther, 1);

  self->feed = feed;
  self->energies = energies;
  return self;
}

/* What was fetched for it has energies, too. */
static void
strand_changed (PlanciaHistoryOther *self)
{
  gboolean running = plancia_history_strand_get_running (self->strand);

  if (self->running && !running)
    plancia_history_energies_reload (self->energies, plancia_history_feed_get_plant (self->feed));
  self->running = running;
}

static void
drop (PlanciaHistoryOther *self)
{
  if (self->strand != NULL) {
    g_signal_handlers_disconnect_by_data (self->strand, self);
    plancia_history_strand_stop (self->strand);
  }
  self->running = FALSE;
  g_clear_object (&self->strand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

void
plancia_history_other_free (PlanciaHistoryOther *self)
{
  if (self == NULL)
    return;
  drop (self);
  g_free (self);
}

static gboolean
is_same (PlanciaSpan a, PlanciaSpan b)
{
  return a.start == b.start && a.end == b.end;
}

static gboolean
is_current (PlanciaHistoryOther           *self,
            const PlanciaHistorySource    *source,
            const PlanciaHistoryAlignment *wanted)
{
  return self->strand != NULL && self->zone == wanted->zone &&
         is_same (self->alignment.span, wanted->span) &&
         is_same (self->alignment.other, wanted->other) && self->alignment.align == wanted->align &&
         plancia_history_source_equal (plancia_history_strand_get_source (self->strand), source);
}

static void
start (PlanciaHistoryOther           *self,
       const PlanciaHistorySource    *source,
       const PlanciaHistoryAlignment *wanted)
{
  g_autofree char      *note = plancia_history_energies_dup_other_title (self->energies);
  PlanciaHistorySeries *series = plancia_history_series_new_full (TRUE, note, TRUE);
  PlanciaOpenPlant     *plant = plancia_history_feed_get_plant (self->feed);

  drop (self);
  self->alignment = *wanted;
  self->zone = g_time_zone_ref (wanted->zone);
  plancia_history_series_set_move (series, plancia_history_alignment_move, &self->alignment);
  self->strand = plancia_history_strand_new (plancia_open_plant_get_store (plant), source, series);
  g_signal_connect_swapped (self->strand, "changed", G_CALLBACK (strand_changed), self);
  plancia_history_strand_set_span (self->strand, wanted->other);
  plancia_history_strand_load (self->strand, FALSE);
}

gboolean
plancia_history_other_update (PlanciaHistoryOther *self)
{
  gboolean curves = plancia_history_energies_has_curves (self->energies);
  g_autoptr (PlanciaHistorySource)
    source = curves && plancia_history_feed_get_quantities (self->feed)
               ? plancia_history_energies_find_other_source (self->energies)
               : NULL;
  PlanciaHistoryAlignment wanted = {
    plancia_history_feed_get_zone (self->feed),
    plancia_history_feed_get_day (self->feed),
    plancia_history_energies_get_other (self->energies),
    plancia_history_energies_get_compare (self->energies)->align,
  };
  gboolean had = self->strand != NULL;

  if (source == NULL || plancia_span_is_empty (wanted.other) ||
      plancia_history_feed_get_plant (self->feed) == NULL) {
    drop (self);
    return had;
  }
  if (is_current (self, source, &wanted))
    return FALSE;
  start (self, source, &wanted);
  return TRUE;
}

void
plancia_history_other_add_to (PlanciaHistoryOther *self, PlanciaChart *chart)
{
  guint first = plancia_chart_get_n_layers (chart);

  if (self->strand == NULL || first < PAIRS)
    return;
  plancia_history_series_add_to (plancia_history_strand_get_series (self->strand), chart);
  for (guint i = 0; i < PAIRS; i++)
    plancia_layer_set_reference (
      plancia_chart_get_layer (chart, i),
      plancia_layer_get_series (plancia_chart_get_layer (chart, first + i)));
}
