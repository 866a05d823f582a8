/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-hole.h"

#include "ui/error-text.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

struct _PlanciaHistoryHole
{
  GtkPopover parent_instance;

  GtkLabel  *times;
  GtkLabel  *reason;
  GtkButton *fetch;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryHole, plancia_history_hole, GTK_TYPE_POPOVER)

static PlanciaCoverageKind
kind_of (PlanciaHistoryFeed *feed, PlanciaSpan hole)
{
  g_autoptr (GArray) coverage = plancia_history_feed_find_coverage (feed);
  gint64 middle = hole.start + (hole.end - hole.start) / 2;

  for (guint i = 0; i < coverage->len; i++) {
    const PlanciaCoverage *piece = &g_array_index (coverage, PlanciaCoverage, i);

    if (plancia_span_contains (piece->span, middle))
      return piece->kind;
  }
  return PLANCIA_COVERAGE_MISSING;
}

static const PlanciaHistorySource *
source_of (PlanciaHistoryFeed *feed)
{
  GPtrArray *strands = plancia_history_feed_get_strands (feed);

  return strands->len > 0 ? plancia_history_strand_get_source (g_ptr_array_index (strands, 0))
                          : NULL;
}

/* Whether somebody can be asked for it. */
static gboolean
can_fetch (PlanciaHistoryFeed *feed)
{
  const PlanciaHistorySource *source = source_of (feed);

  return source != NULL && plancia_history_source_get_backend (source) != NULL &&
         !plancia_history_source_is_local (source);
}

/* What is longer than a week is fetched by a download. */
static gboolean
can_fetch_here (PlanciaHistoryFeed *feed)
{
  return can_fetch (feed) && plancia_history_feed_is_fetchable (feed);
}

static char *
missing_words (PlanciaHistoryFeed *feed)
{
  const GError *error = plancia_history_feed_get_error (feed);

  if (error == NULL)
    return g_strdup (_ ("Not fetched yet."));
  /* Translators: why a stretch of time is missing: "It could not be fetched: the cloud did not answer." */
  return g_strdup_printf (_ ("It could not be fetched: %s"), plancia_error_text (error));
}

static char *
reason_words (PlanciaHistoryFeed *feed, PlanciaSpan hole)
{
  const PlanciaHistorySource *source = source_of (feed);
  PlanciaCoverageKind         kind = kind_of (feed, hole);

  if (source != NULL && plancia_history_source_is_local (source))
    return g_strdup (
      _ ("Not recorded: Plancia was not connected here, did not keep this value yet, or the device "
         "did not answer."));
  if (!can_fetch (feed))
    return g_strdup (_ ("What was imported has nothing here."));
  if (kind == PLANCIA_COVERAGE_MISSING)
    return missing_words (feed);
  if (kind == PLANCIA_COVERAGE_EMPTY)
    /* Translators: a source: "Azzurro Portal was asked and has nothing here." */
    return g_strdup_printf (_ ("%s was asked and has nothing here."),
                               plancia_history_source_title (source));
  /* Translators: a source: "Azzurro Portal was asked and sent no values of this curve." */
  return g_strdup_printf (_ ("%s was asked and sent no values of this curve."),
                             plancia_history_source_title (source));
}

static char *
times_words (PlanciaHistoryFeed *feed, PlanciaSpan hole)
{
  GTimeZone       *zone = plancia_history_feed_get_zone (feed);
  PlanciaSpan      day = plancia_history_feed_get_day (feed);
  g_autofree char *from = plancia_history_day_clock (zone, day, hole.start);
  g_autofree char *to = plancia_history_day_clock (zone, day, hole.end);

  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static char *
hole_words (PlanciaSpan hole, gpointer user_data)
{
  g_autofree char *times = times_words (user_data, hole);
  g_autofree char *reason = reason_words (user_data, hole);

  return g_strconcat (times, "\n", reason, NULL);
}

/* --- popover --------------------------------------------------------------------------------- */

static void
fill (PlanciaHistoryHole *self, PlanciaHistoryFeed *feed, PlanciaSpan hole)
{
  gboolean         missing = kind_of (feed, hole) == PLANCIA_COVERAGE_MISSING;
  g_autofree char *times = times_words (feed, hole);
  g_autofree char *reason = reason_words (feed, hole);

  gtk_label_set_text (self->times, times);
  gtk_label_set_text (self->reason, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->fetch), can_fetch_here (feed));
  gtk_button_set_label (self->fetch, missing ? _ ("Fetch this gap") : _ ("Ask again for this day"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fetch),
                                  missing ? "history.try-again" : "history.fetch-again");
}

static void
fetch_clicked (PlanciaHistoryHole *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Its button may still have to act. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_LOW, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
plancia_history_hole_class_init (PlanciaHistoryHoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-hole.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryHole, times);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryHole, reason);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryHole, fetch);
  gtk_widget_class_bind_template_callback (widget_class, fetch_clicked);
}

static void
plancia_history_hole_init (PlanciaHistoryHole *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
hole_activated (PlanciaChart *chart, PlanciaHistoryFeed *feed)
{
  PlanciaHistoryHole *self;
  GdkRectangle        place;
  PlanciaSpan         hole;

  if (!plancia_chart_get_hole (chart, &hole, &place))
    return;
  self = g_object_new (PLANCIA_TYPE_HISTORY_HOLE, NULL);
  fill (self, feed, hole);
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (chart));
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  /* The page may go away while it is open. */
  g_signal_connect_object (chart,
                           "destroy",
                           G_CALLBACK (gtk_widget_unparent),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self));
}

/**
 * plancia_history_hole_attach:
 * @chart: a chart
 * @feed: whose curves it shows; outlives the chart
 */
void
plancia_history_hole_attach (PlanciaChart *chart, PlanciaHistoryFeed *feed)
{
  plancia_chart_set_hole_words (chart, hole_words, feed);
  g_signal_connect_object (chart, "hole-activated", G_CALLBACK (hole_activated), feed, 0);
}
