/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-page-private.h"

#include "ui/downloads-button.h"
#include "ui/history-day.h"
#include "ui/history-marks.h"

#define TICK_SECONDS 30
/* What is read here is seen as soon as it is kept. */
#define CATCH_UP_SECONDS 2
/* Below this width the page takes its narrow form; pixels at text scale 1. */
#define NARROW_WIDTH 660
/* The key begins under the chart's curves, or at the page's margin. */
/* Of the first chart where others are under it. */
#define LEAD_HEIGHT       240
#define FOOT_START        64
#define FOOT_START_NARROW 18

G_DEFINE_FINAL_TYPE (PlanciaHistoryPage, plancia_history_page, PLANCIA_TYPE_SESSION_BIN)

/* --- session --------------------------------------------------------------------------------- */

/* The bar of a day leads to the day, that of a month to the month. */
static void
bar_opened (PlanciaHistoryPage *self, gint64 time)
{
  PlanciaPeriod period = plancia_history_energies_get_period (self->energies);

  plancia_history_page_show_range (self, plancia_history_range_of_bar (period), time);
}

static void
day_chosen (PlanciaHistoryPage *self)
{
  PlanciaSpan day = plancia_date_button_get_day (self->date);

  plancia_history_page_go_to_day (self, day);
  if (!plancia_history_page_is_day (self))
    plancia_history_page_show_range (self,
                                     plancia_history_energies_get_range (self->energies),
                                     day.start);
}

static void
month_shown (PlanciaHistoryPage *self)
{
  plancia_history_marks_ask (&self->marking,
                             self->date,
                             self->feed,
                             plancia_session_get_plant (self->session));
}

static void
chart_moved (PlanciaHistoryPage *self)
{
  plancia_session_set_visible (self->session, plancia_chart_get_visible_span (self->chart));
  plancia_history_page_update_table (self);
}

/* Somebody else shows another time: it may lie in another day. */
static void
span_changed (PlanciaHistoryPage *self)
{
  PlanciaSpan visible = plancia_session_get_visible (self->session);
  PlanciaSpan day;

  if (plancia_span_is_empty (visible) || self->going)
    return;
  if (plancia_span_contains (plancia_history_feed_get_day (self->feed), visible.start)) {
    plancia_chart_set_visible_span (self->chart, visible);
    return;
  }
  day = plancia_history_day_at (plancia_history_feed_get_zone (self->feed), visible.start);
  plancia_history_feed_set_day (self->feed, day);
}

static void
device_changed (PlanciaHistoryPage *self)
{
  plancia_history_feed_set_device (self->feed,
                                   plancia_session_get_plant (self->session),
                                   plancia_session_get_device (self->session));
  plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
}

/* Other curves take the place of those before. */
void
plancia_history_page_lay_curves (PlanciaHistoryPage *self)
{
  plancia_history_feed_add_to (self->feed, self->chart);
  plancia_history_other_add_to (self->other, self->chart);
}

static void
strands_changed (PlanciaHistoryPage *self)
{
  plancia_history_page_lay_curves (self);
  plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
  plancia_history_page_list_devices (self);
}

/* The first has its name above it where it is not alone. */
static void
panes_changed (PlanciaHistoryPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->lead_name),
                          plancia_history_panes_get_n (self->panes) > 0);
  gtk_widget_set_size_request (GTK_WIDGET (self->chart),
                               -1,
                               plancia_history_panes_get_n (self->panes) > 0 ? LEAD_HEIGHT : -1);
  plancia_history_page_update_table (self);
}

/* --- size ------------------------------------------------------------------------------------ */

static gboolean
apply_narrow (gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  self->narrowing = 0;
  plancia_chart_set_narrow (self->chart, self->narrow);
  plancia_legend_set_narrow (self->legend, self->narrow);
  plancia_history_choice_set_narrow (self->choice, self->narrow);
  plancia_cursor_table_set_narrow (self->cursors, self->narrow);
  plancia_energy_sums_set_narrow (self->day_sums, self->narrow);
  plancia_energy_view_set_narrow (self->energy_view, self->narrow);
  plancia_coverage_key_set_narrow (self->key, self->narrow);
  plancia_history_panes_set_narrow (self->panes, self->narrow);
  gtk_widget_set_margin_start (self->foot, self->narrow ? FOOT_START_NARROW : FOOT_START);
  return G_SOURCE_REMOVE;
}

static void
plancia_history_page_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)),
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

/* Children may not change their size while sizes are given out: that waits. */
static void
plancia_history_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (widget);
  gboolean            narrow = width < NARROW_WIDTH;

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->narrowing == 0)
    self->narrowing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_narrow, self, NULL);
}

/* --- life ------------------------------------------------------------------------------------ */

static gboolean
tick (gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  plancia_history_feed_tick (self->feed);
  /* What is read here grows without being fetched. */
  if (plancia_history_feed_is_local (self->feed))
    plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
  return G_SOURCE_CONTINUE;
}

static gboolean
catch_up (gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  plancia_history_feed_catch_up (self->feed);
  plancia_history_panes_catch_up (self->panes);
  plancia_history_page_update_limit (self);
  return G_SOURCE_CONTINUE;
}

static void
plancia_history_page_map (GtkWidget *widget)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (widget);

  GTK_WIDGET_CLASS (plancia_history_page_parent_class)->map (widget);
  plancia_history_feed_set_watched (self->feed, TRUE);
  plancia_history_panes_set_watched (self->panes, TRUE);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (TICK_SECONDS, tick, self);
  if (self->catch_up == 0)
    self->catch_up = g_timeout_add_seconds (CATCH_UP_SECONDS, catch_up, self);
}

static void
plancia_history_page_unmap (GtkWidget *widget)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->catch_up, g_source_remove);
  plancia_history_feed_set_watched (self->feed, FALSE);
  plancia_history_panes_set_watched (self->panes, FALSE);
  GTK_WIDGET_CLASS (plancia_history_page_parent_class)->unmap (widget);
}

static void
plancia_history_page_constructed (GObject *object)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (object);

  G_OBJECT_CLASS (plancia_history_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::device",
                              G_CALLBACK (device_changed));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "span-changed",
                              G_CALLBACK (span_changed));
  gtk_box_append (GTK_BOX (self->bar),
                  g_object_new (PLANCIA_TYPE_DOWNLOADS_BUTTON, "session", self->session, NULL));
  g_signal_connect_swapped (self->feed, "strands-changed", G_CALLBACK (strands_changed), self);
  plancia_history_hole_attach (self->chart, self->feed);
  plancia_history_page_recall_compare (self);
  /* The time that was looked at elsewhere comes before today. */
  device_changed (self);
  span_changed (self);
  g_signal_connect_swapped (self->feed, "changed", G_CALLBACK (plancia_history_page_update), self);
  plancia_history_page_update (self);
}

static void
plancia_history_page_dispose (GObject *object)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->catch_up, g_source_remove);
  g_clear_handle_id (&self->narrowing, g_source_remove);
  g_cancellable_cancel (self->marking);
  g_clear_object (&self->marking);
  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  if (self->panes != NULL)
    plancia_history_panes_clear (self->panes);
  g_clear_pointer (&self->other, plancia_history_other_free);
  g_clear_pointer (&self->energies, plancia_history_energies_free);
  g_clear_pointer (&self->events, plancia_history_events_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->feed);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_history_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, PLANCIA_RESOURCE_PREFIX "/history-page.ui");
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, bar);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, trouble);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, trouble_words);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, help);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, stack);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, shown);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, legend);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, choice);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, view);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, chart);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, table);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, foot);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, cursors);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, day_sums);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, key);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, spinner);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, progress);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, stop);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, again);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, now);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, empty);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, energy_view);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, charts);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, lead_name);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, panes);
  gtk_widget_class_bind_template_callback (klass, chart_moved);
  gtk_widget_class_bind_template_callback (klass, plancia_history_page_update_now);
  gtk_widget_class_bind_template_callback (klass, bar_opened);
}

static void
plancia_history_page_class_init (PlanciaHistoryPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_history_page_constructed;
  object_class->dispose = plancia_history_page_dispose;
  widget_class->measure = plancia_history_page_measure;
  widget_class->size_allocate = plancia_history_page_size_allocate;
  widget_class->map = plancia_history_page_map;
  widget_class->unmap = plancia_history_page_unmap;

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  g_type_ensure (PLANCIA_TYPE_CHART);
  g_type_ensure (PLANCIA_TYPE_COVERAGE_KEY);
  g_type_ensure (PLANCIA_TYPE_CURSOR_TABLE);
  g_type_ensure (PLANCIA_TYPE_ENERGY_SUMS);
  g_type_ensure (PLANCIA_TYPE_ENERGY_VIEW);
  g_type_ensure (PLANCIA_TYPE_HISTORY_BAR);
  g_type_ensure (PLANCIA_TYPE_HISTORY_CHOICE);
  g_type_ensure (PLANCIA_TYPE_HISTORY_EMPTY);
  g_type_ensure (PLANCIA_TYPE_HISTORY_PANES);
  g_type_ensure (PLANCIA_TYPE_HISTORY_TABLE);
  g_type_ensure (PLANCIA_TYPE_LEGEND);
  bind_template (widget_class);
  /* From anywhere on the page; the chart's other keys are those of the chart. */
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Left,
                                       GDK_ALT_MASK,
                                       "history.undo-zoom",
                                       NULL);
}

static void
plancia_history_page_init (PlanciaHistoryPage *self)
{
  self->feed = plancia_history_feed_new ();
  plancia_history_page_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->date = plancia_history_bar_get_date (self->bar);
  g_signal_connect_swapped (self->date, "chosen", G_CALLBACK (day_chosen), self);
  g_signal_connect_swapped (self->date, "month-shown", G_CALLBACK (month_shown), self);
  self->energies = plancia_history_energies_new (self->energy_view, self->feed);
  self->other = plancia_history_other_new (self->feed, self->energies);
  g_signal_connect_object (plancia_history_energies_get_feed (self->energies),
                           "changed",
                           G_CALLBACK (plancia_history_page_energies_came),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cursors,
                           "notify::visible",
                           G_CALLBACK (plancia_history_page_update_sums),
                           self,
                           G_CONNECT_SWAPPED);
  self->events = plancia_history_events_new (self->chart, self->feed);
  /* The bin's own layout would not say how wide the page is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  plancia_legend_set_chart (self->legend, self->chart);
  plancia_cursor_table_set_feed (self->cursors, self->feed);
  self->energy_choice = g_object_new (PLANCIA_TYPE_HISTORY_CHOICE, NULL);
  plancia_energy_view_add_to_foot (self->energy_view, GTK_WIDGET (self->energy_choice));
  plancia_history_choice_set_feed (self->choice, self->feed, TRUE);
  plancia_history_choice_set_feed (self->energy_choice, self->feed, FALSE);
  plancia_cursor_table_set_chart (self->cursors, self->chart);
  plancia_history_panes_set_lead (self->panes, self->feed, self->chart, self->cursors);
  g_signal_connect_swapped (self->panes, "changed", G_CALLBACK (panes_changed), self);
  plancia_history_choice_set_panes (self->choice, self->panes);
  plancia_coverage_key_set_chart (self->key, self->chart);
}

/**
 * plancia_history_page_get_feed:
 * @self: a page
 *
 * Returns: (transfer none): the day that it shows
 */
PlanciaHistoryFeed *
plancia_history_page_get_feed (PlanciaHistoryPage *self)
{
  return self->feed;
}

/**
 * plancia_history_page_get_chart:
 * @self: a page
 *
 * Returns: (transfer none): its chart
 */
PlanciaChart *
plancia_history_page_get_chart (PlanciaHistoryPage *self)
{
  return self->chart;
}

/**
 * plancia_history_page_get_panes:
 * @self: a page
 *
 * Returns: (transfer none): the devices under the first
 */
PlanciaHistoryPanes *
plancia_history_page_get_panes (PlanciaHistoryPage *self)
{
  return self->panes;
}
