/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-page-private.h"

#include "model/series-words.h"
#include "ui/curve-table.h"
#include "ui/error-text.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

/* What the history page shows of its feed. */

gboolean
plancia_history_page_is_day (PlanciaHistoryPage *self)
{
  return plancia_history_energies_get_range (self->energies) == PLANCIA_RANGE_DAY;
}

gboolean
plancia_history_page_has_curves (PlanciaHistoryPage *self)
{
  return plancia_history_energies_has_curves (self->energies);
}

static void
set_enabled (PlanciaHistoryPage *self, const char *action, gboolean enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self->actions), action);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

static void
update_actions (PlanciaHistoryPage *self)
{
  PlanciaHistoryState state = plancia_history_feed_get_state (self->feed);
  gboolean            running = plancia_history_feed_get_running (self->feed);
  gboolean            source = state != PLANCIA_HISTORY_NO_SOURCE;
  gboolean            day = plancia_history_page_is_day (self);
  gboolean            curves = plancia_history_page_has_curves (self);
  gboolean today = day ? plancia_history_day_is_today (plancia_history_feed_get_zone (self->feed),
                                                       plancia_history_feed_get_day (self->feed))
                       : plancia_history_energies_is_present (self->energies);

  set_enabled (self,
               "previous-day",
               source && plancia_history_energies_get_range (self->energies) != PLANCIA_RANGE_ALL);
  set_enabled (self, "next-day", source && !today);
  set_enabled (self, "today", source && !today);
  plancia_cursor_table_offer (self->cursors,
                              G_ACTION_MAP (self->actions),
                              curves && state == PLANCIA_HISTORY_SHOWN);
  set_enabled (self, "box-zoom", curves && state == PLANCIA_HISTORY_SHOWN);
  set_enabled (self, "fit", curves && state == PLANCIA_HISTORY_SHOWN);
  set_enabled (self, "curves", source && !day);
  set_enabled (self, "table", curves ? state == PLANCIA_HISTORY_SHOWN : source);
  set_enabled (self, "compare", source);
  set_enabled (self, "range", source);
  set_enabled (self, "export", source);
  set_enabled (self,
               "fetch-again",
               source && !running && plancia_history_feed_is_fetchable (self->feed));
  set_enabled (self, "try-again", source && !running);
  set_enabled (self, "stop", running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->date), source);
}

static void
update_chart_title (PlanciaHistoryPage *self)
{
  PlanciaDevice   *device = plancia_history_feed_get_device (self->feed);
  g_autofree char *range = plancia_history_energies_dup_title (self->energies);
  g_autofree char *day =
    range != NULL ? g_steal_pointer (&range)
                  : plancia_history_day_long_title (plancia_history_feed_get_zone (self->feed),
                                                    plancia_history_feed_get_day (self->feed));
  /* Translators: a device and a day: "Power of HYD 10000 ZSS, Thursday 11 June 2026" */
  g_autofree char *title =
    g_strdup_printf (_ ("Power of %s, %s"), device ? plancia_device_get_name (device) : "", day);

  plancia_chart_set_title (self->chart, title);
  gtk_label_set_text (self->lead_name, device ? plancia_device_get_name (device) : "");
}

GTimeZone *
plancia_history_page_dup_clock (PlanciaHistoryPage *self)
{
  return self->utc ? g_time_zone_new_utc ()
                   : g_time_zone_ref (plancia_history_feed_get_zone (self->feed));
}

/* Another day: the chart shows all of it, and so does everything else that follows the session. */
static void
update_day (PlanciaHistoryPage *self)
{
  PlanciaSpan day = plancia_history_feed_get_day (self->feed);
  GTimeZone  *zone = plancia_history_feed_get_zone (self->feed);
  g_autoptr (GTimeZone) clock = plancia_history_page_dup_clock (self);
  PlanciaSpan visible = plancia_session_get_visible (self->session);

  plancia_date_button_set_day (self->date, day, zone);
  if (day.start == self->shown_day.start && day.end == self->shown_day.end)
    return;
  self->shown_day = day;
  plancia_chart_set_extent (self->chart, day, clock);
  visible = plancia_span_intersect (visible, day);
  if (plancia_span_is_empty (visible))
    plancia_session_set_visible (self->session, day);
  else
    plancia_chart_set_visible_span (self->chart, visible);
}

/* The store answers at once; only what comes from the portal is worth a word. */
static void
update_foot (PlanciaHistoryPage *self)
{
  gboolean         running = plancia_history_feed_get_running (self->feed);
  g_autofree char *words = plancia_history_feed_dup_progress (self->feed);
  guint            done, all;

  plancia_history_feed_get_progress (self->feed, &done, &all);
  running = running && all > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->key), !running);
  gtk_widget_set_visible (self->again, !running && plancia_history_feed_is_fetchable (self->feed));
  gtk_widget_set_visible (self->spinner, running);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), running);
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_visible (self->stop, running);
  gtk_label_set_text (GTK_LABEL (self->progress), words);
}

void
plancia_history_page_update_limit (PlanciaHistoryPage *self)
{
  plancia_chart_set_limit (self->chart,
                           plancia_history_day_past (self->shown_day).end,
                           plancia_history_feed_get_running (self->feed));
}

void
plancia_history_page_update_now (PlanciaHistoryPage *self)
{
  gtk_widget_set_visible (self->now,
                          plancia_chart_can_follow (self->chart) &&
                            !plancia_chart_get_following (self->chart));
}

static void
update_coverage (PlanciaHistoryPage *self)
{
  g_autoptr (GTimeZone) clock = plancia_history_page_dup_clock (self);
  g_autoptr (GArray) coverage = plancia_history_feed_find_coverage (self->feed);

  plancia_history_page_update_limit (self);
  plancia_history_page_update_now (self);
  plancia_chart_set_coverage (self->chart, coverage);
  plancia_coverage_key_set (self->key, coverage, self->shown_day, clock);
}

/* What came before the trouble is still shown, under it. While other pieces are tried there is no telling yet whether
 * there will be anything to show. */
static void
update_trouble (PlanciaHistoryPage *self)
{
  const GError *error = plancia_history_feed_get_error (self->feed);
  gboolean      shown = plancia_history_feed_get_state (self->feed) == PLANCIA_HISTORY_SHOWN &&
                   !plancia_history_feed_get_running (self->feed);
  const char *advice = error ? plancia_error_advice (error) : NULL;

  gtk_revealer_set_reveal_child (self->trouble, error != NULL && shown);
  if (error == NULL || !shown)
    return;
  gtk_label_set_text (self->trouble_words, plancia_error_text (error));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->trouble_words), advice);
  plancia_help_button_set_error (self->help, error);
}

PlanciaShownTable *
plancia_history_page_dup_table (PlanciaHistoryPage *self)
{
  g_autoptr (GTimeZone) clock = plancia_history_page_dup_clock (self);
  g_autoptr (GPtrArray) charts = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (charts, self->chart);
  g_ptr_array_add (names, (gpointer) gtk_label_get_text (self->lead_name));
  for (guint i = 0; i < plancia_history_panes_get_n (self->panes); i++) {
    PlanciaHistoryPane *pane = plancia_history_panes_get (self->panes, i);

    g_ptr_array_add (charts, plancia_history_pane_get_chart (pane));
    g_ptr_array_add (names,
                     (gpointer) plancia_device_get_name (plancia_history_pane_get_device (pane)));
  }
  return plancia_curve_table_new (charts, (const char *const *) names->pdata, clock);
}

static void
fill_table (PlanciaHistoryPage *self)
{
  g_autoptr (PlanciaShownTable) shown = plancia_history_page_dup_table (self);

  plancia_history_table_show (self->table, shown, _ ("Time"), _ ("Values of the day"));
}

void
plancia_history_page_update_table (PlanciaHistoryPage *self)
{
  if (gtk_stack_get_visible_child (self->view) == GTK_WIDGET (self->table))
    fill_table (self);
}

/* Whether the answer is one of this day, and says anything. */
static gboolean
has_sums (PlanciaHistoryPage *self, GArray *bars)
{
  PlanciaEnergySum total;
  PlanciaSpan      day = plancia_history_feed_get_day (self->feed);

  if (!plancia_history_page_has_curves (self) || bars == NULL || bars->len == 0)
    return FALSE;
  plancia_energy_total (bars, &total);
  return g_array_index (bars, PlanciaEnergySum, 0).span.start <= day.start &&
         g_array_index (bars, PlanciaEnergySum, bars->len - 1).span.end >= day.end &&
         total.known > 0;
}

void
plancia_history_page_update_sums (PlanciaHistoryPage *self)
{
  PlanciaEnergyFeed *energies = plancia_history_energies_get_feed (self->energies);
  GArray            *bars = plancia_energy_feed_get_bars (energies);
  gboolean shown = has_sums (self, bars) && !gtk_widget_get_visible (GTK_WIDGET (self->cursors));
  g_autofree char *title = NULL;
  g_autofree char *other_title = plancia_history_energies_dup_other_title (self->energies);
  PlanciaEnergySum sum, other;

  gtk_widget_set_visible (GTK_WIDGET (self->day_sums), shown);
  if (!shown)
    return;
  title = plancia_history_energies_dup_title (self->energies);
  if (title == NULL)
    title = plancia_history_day_title (plancia_history_feed_get_zone (self->feed),
                                       plancia_history_feed_get_day (self->feed));
  /* Side by side they are those of the first. */
  if (plancia_history_feed_get_strands (self->feed)->len > 1) {
    g_autofree char *day = g_steal_pointer (&title);

    title = g_strdup_printf (
      "%s · %s",
      day,
      plancia_history_source_title (plancia_history_feed_get_source_of (self->feed)));
  }
  plancia_energy_total (bars, &sum);
  plancia_energy_total (plancia_energy_feed_get_other (energies), &other);
  plancia_energy_sums_set (self->day_sums, title, &sum, other_title, &other);
}

/* Which stretch it is, in the bar. */
static void
update_span (PlanciaHistoryPage *self)
{
  g_autofree char *title = plancia_history_energies_dup_title (self->energies);

  if (title == NULL && self->utc) {
    g_autofree char *day = plancia_history_day_title (plancia_history_feed_get_zone (self->feed),
                                                      plancia_history_feed_get_day (self->feed));

    title = g_strconcat (day, " · UTC", NULL);
  }
  plancia_date_button_set_title (self->date, title);
  plancia_history_custom_set_span (plancia_history_bar_get_custom (self->bar),
                                   plancia_history_energies_get_span (self->energies),
                                   plancia_history_feed_get_zone (self->feed));
}

/* A week, a month or a year; the day goes on below it. More of it may be in the store when the feed has come to rest. */
static void
update_energies (PlanciaHistoryPage *self)
{
  gboolean running = plancia_history_feed_get_running (self->feed);

  update_span (self);
  if (self->was_running && !running)
    plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
  self->was_running = running;
}

void
plancia_history_page_energies_came (PlanciaHistoryPage *self)
{
  plancia_history_page_follow_span (self);
  update_span (self);
  if (plancia_history_other_update (self->other))
    plancia_history_page_lay_curves (self);
  plancia_history_page_update_sums (self);
}

static GtkWidget *
choose_view (PlanciaHistoryPage *self)
{
  PlanciaHistoryState state = plancia_history_feed_get_state (self->feed);

  if (!plancia_history_page_has_curves (self) && state != PLANCIA_HISTORY_NO_SOURCE)
    return GTK_WIDGET (self->energy_view);
  return state == PLANCIA_HISTORY_SHOWN ? self->shown : GTK_WIDGET (self->empty);
}

void
plancia_history_page_update (PlanciaHistoryPage *self)
{
  gboolean shown = plancia_history_feed_get_state (self->feed) == PLANCIA_HISTORY_SHOWN;

  plancia_history_page_follow_span (self);
  update_actions (self);
  update_energies (self);
  update_day (self);
  update_chart_title (self);
  if (plancia_history_other_update (self->other))
    plancia_history_page_lay_curves (self);
  update_coverage (self);
  plancia_history_events_update (self->events, plancia_session_get_plant (self->session));
  plancia_history_panes_update (self->panes);
  plancia_history_page_update_sums (self);
  update_foot (self);
  update_trouble (self);
  if (!shown)
    plancia_history_empty_set (self->empty, self->feed);
  gtk_stack_set_visible_child (self->stack, choose_view (self));
  plancia_history_page_update_table (self);
}
