/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-page.h"

#include "base/clock.h"
#include "chart/legend.h"
#include "ui/coverage-key.h"
#include "ui/cursor-table.h"
#include "ui/downloads-button.h"
#include "ui/error-text.h"
#include "ui/history-bar.h"
#include "ui/history-day.h"
#include "ui/history-empty.h"
#include "ui/history-energies.h"
#include "ui/history-events.h"
#include "ui/history-export-dialog.h"
#include "ui/history-marks.h"
#include "ui/history-table.h"

#include <glib/gi18n.h>

#define TICK_SECONDS 30
/* Below this width the page takes its narrow form; pixels at text scale 1. */
#define NARROW_WIDTH 660
/* The key begins under the chart's curves, or at the page's margin. */
#define FOOT_START        64
#define FOOT_START_NARROW 18

struct _PlanciaHistoryPage
{
  PlanciaSessionBin parent_instance;

  PlanciaHistoryBar   *bar;
  PlanciaDateButton   *date; /* of the bar */
  GtkRevealer         *trouble;
  GtkLabel            *trouble_words;
  GtkStack            *stack;
  GtkWidget           *shown;
  PlanciaLegend       *legend;
  GtkStack            *view;
  PlanciaChart        *chart;
  PlanciaHistoryTable *table;
  PlanciaCursorTable  *cursors;
  GtkWidget           *foot;
  PlanciaCoverageKey  *key;
  GtkWidget           *spinner;
  GtkWidget           *progress;
  GtkWidget           *stop;
  GtkWidget           *again;
  PlanciaHistoryEmpty *empty;
  PlanciaEnergyView   *energy_view;

  PlanciaSession         *session; /* borrowed from the bin */
  PlanciaHistoryFeed     *feed;
  PlanciaHistoryEnergies *energies;
  PlanciaHistoryEvents   *events;
  gboolean                was_running;
  GSimpleActionGroup     *actions;
  PlanciaSpan             shown_day; /* the extent of the chart */
  GCancellable           *marking;   /* the question for the days of a month */
  guint                   tick;
  guint                   narrowing; /* idle */
  gboolean                narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryPage, plancia_history_page, PLANCIA_TYPE_SESSION_BIN)

/* --- what is shown --------------------------------------------------------------------------- */

static gboolean
is_day (PlanciaHistoryPage *self)
{
  return plancia_history_energies_get_range (self->energies) == PLANCIA_RANGE_DAY;
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
  gboolean            day = is_day (self);
  gboolean today = day ? plancia_history_day_is_today (plancia_history_feed_get_zone (self->feed),
                                                       plancia_history_feed_get_day (self->feed))
                       : plancia_history_energies_is_present (self->energies);

  set_enabled (self, "previous-day", source);
  set_enabled (self, "next-day", source && !today);
  set_enabled (self, "today", source && !today);
  set_enabled (self, "fit", day && state == PLANCIA_HISTORY_SHOWN);
  set_enabled (self, "table", day && state == PLANCIA_HISTORY_SHOWN);
  set_enabled (self, "compare", !day && source);
  set_enabled (self, "range", source);
  set_enabled (self, "export", source);
  set_enabled (self, "fetch-again", source && !running);
  set_enabled (self, "try-again", source && !running);
  set_enabled (self, "stop", running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->date), source);
}

static void
update_chart_title (PlanciaHistoryPage *self)
{
  PlanciaDevice   *device = plancia_history_feed_get_device (self->feed);
  g_autofree char *day = plancia_history_day_long_title (plancia_history_feed_get_zone (self->feed),
                                                         plancia_history_feed_get_day (self->feed));
  /* Translators: a device and a day: "Power of HYD 10000 ZSS, Thursday 11 June 2026" */
  g_autofree char *title =
    g_strdup_printf (_ ("Power of %s, %s"), device ? plancia_device_get_name (device) : "", day);

  plancia_chart_set_title (self->chart, title);
}

/* Another day: the chart shows all of it, and so does everything else that follows the session. */
static void
update_day (PlanciaHistoryPage *self)
{
  PlanciaSpan day = plancia_history_feed_get_day (self->feed);
  GTimeZone  *zone = plancia_history_feed_get_zone (self->feed);
  PlanciaSpan visible = plancia_session_get_visible (self->session);

  plancia_date_button_set_day (self->date, day, zone);
  if (day.start == self->shown_day.start && day.end == self->shown_day.end)
    return;
  self->shown_day = day;
  plancia_chart_set_extent (self->chart, day, zone);
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
  gtk_widget_set_visible (self->again, !running);
  gtk_widget_set_visible (self->spinner, running);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), running);
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_visible (self->stop, running);
  gtk_label_set_text (GTK_LABEL (self->progress), words);
}

static void
update_coverage (PlanciaHistoryPage *self)
{
  g_autoptr (GArray) coverage = plancia_history_feed_find_coverage (self->feed);

  plancia_chart_set_limit (self->chart,
                           plancia_history_day_past (self->shown_day).end,
                           plancia_history_feed_get_running (self->feed));
  plancia_chart_set_coverage (self->chart, coverage);
  plancia_coverage_key_set (self->key,
                            coverage,
                            self->shown_day,
                            plancia_history_feed_get_zone (self->feed));
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
}

static void
update_table (PlanciaHistoryPage *self)
{
  if (gtk_stack_get_visible_child (self->view) == GTK_WIDGET (self->table))
    plancia_history_table_fill (self->table,
                                self->chart,
                                plancia_history_feed_get_zone (self->feed));
}

/* A week, a month or a year; the day goes on below it. More of it may be in the store when the feed has come to rest. */
static void
update_energies (PlanciaHistoryPage *self)
{
  gboolean         running = plancia_history_feed_get_running (self->feed);
  g_autofree char *title = plancia_history_energies_dup_title (self->energies);

  plancia_date_button_set_title (self->date, title);
  if (self->was_running && !running)
    plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
  self->was_running = running;
}

static GtkWidget *
choose_view (PlanciaHistoryPage *self)
{
  PlanciaHistoryState state = plancia_history_feed_get_state (self->feed);

  if (!is_day (self) && state != PLANCIA_HISTORY_NO_SOURCE)
    return GTK_WIDGET (self->energy_view);
  return state == PLANCIA_HISTORY_SHOWN ? self->shown : GTK_WIDGET (self->empty);
}

static void
update (PlanciaHistoryPage *self)
{
  gboolean shown = plancia_history_feed_get_state (self->feed) == PLANCIA_HISTORY_SHOWN;

  update_actions (self);
  update_energies (self);
  update_day (self);
  update_chart_title (self);
  update_coverage (self);
  plancia_history_events_update (self->events, plancia_session_get_plant (self->session));
  update_foot (self);
  update_trouble (self);
  if (!shown)
    plancia_history_empty_set (self->empty, self->feed);
  gtk_stack_set_visible_child (self->stack, choose_view (self));
  update_table (self);
}

/* --- what people do -------------------------------------------------------------------------- */

static void
go_to_day (PlanciaHistoryPage *self, PlanciaSpan day)
{
  /* The session's span may lie in another day; without this it would be taken for a wish. */
  plancia_session_set_visible (self->session, day);
  plancia_history_feed_set_day (self->feed, day);
}

static void
step_day (PlanciaHistoryPage *self, int days)
{
  go_to_day (self,
             plancia_history_day_step (plancia_history_feed_get_zone (self->feed),
                                       plancia_history_feed_get_day (self->feed),
                                       days));
}

static void
step (PlanciaHistoryPage *self, int steps)
{
  if (is_day (self)) {
    step_day (self, steps);
    return;
  }
  plancia_history_energies_step (self->energies, steps);
  update (self);
}

static void
previous_day (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  step (user_data, -1);
}

static void
next_day (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  step (user_data, 1);
}

/* From a day to the week around it, and from a month back to the day that was looked at, if it is in it. */
static void
show_range (PlanciaHistoryPage *self, PlanciaRange range, gint64 time)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "range");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (plancia_history_range_name (range)));
  plancia_history_bar_set_range (self->bar, range);
  plancia_history_energies_set_range (self->energies, range, time);
  if (range == PLANCIA_RANGE_DAY)
    go_to_day (self, plancia_history_day_at (plancia_history_feed_get_zone (self->feed), time));
  update (self);
}

static void
today (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  show_range (self, plancia_history_energies_get_range (self->energies), plancia_clock_now ());
}

static void
choose_range (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  PlanciaSpan         day = plancia_history_feed_get_day (self->feed);
  PlanciaSpan         span = plancia_history_energies_get_span (self->energies);
  gboolean            inside = is_day (self) || plancia_span_contains (span, day.start);
  PlanciaRange        range;

  if (plancia_history_range_parse (g_variant_get_string (state, NULL), &range))
    show_range (self, range, inside ? day.start : span.start);
}

static void
compare (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  g_simple_action_set_state (action, state);
  plancia_history_energies_set_compare (self->energies, g_variant_get_boolean (state));
}

static void
export_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  GtkRoot            *root = gtk_widget_get_root (GTK_WIDGET (self));
  PlanciaSpan         shown = is_day (self) ? plancia_chart_get_visible_span (self->chart)
                                            : plancia_history_energies_get_span (self->energies);
  GtkWindow          *dialog =
    plancia_history_export_dialog_new (GTK_WINDOW (root),
                                       plancia_session_get_plant (self->session),
                                       plancia_history_feed_get_source (self->feed),
                                       shown,
                                       plancia_history_feed_get_zone (self->feed));

  gtk_window_present (dialog);
}

/* The bar of a day leads to the day, that of a month to the month. */
static void
bar_opened (PlanciaHistoryPage *self, gint64 time)
{
  gboolean year = plancia_history_energies_get_range (self->energies) == PLANCIA_RANGE_YEAR;

  show_range (self, year ? PLANCIA_RANGE_MONTH : PLANCIA_RANGE_DAY, time);
}

static void
fit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_chart_fit (PLANCIA_HISTORY_PAGE (user_data)->chart);
}

static void
undo_zoom (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_chart_undo_zoom (PLANCIA_HISTORY_PAGE (user_data)->chart);
}

static void
table (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  gboolean            active = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child (self->view,
                               active ? GTK_WIDGET (self->table) : GTK_WIDGET (self->chart));
  update_table (self);
}

static void
fetch_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_history_feed_load (PLANCIA_HISTORY_PAGE (user_data)->feed, TRUE);
}

/* Only what is missing. */
static void
try_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_history_feed_load (PLANCIA_HISTORY_PAGE (user_data)->feed, FALSE);
}

static void
stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_history_feed_stop (PLANCIA_HISTORY_PAGE (user_data)->feed);
}

static const GActionEntry action_entries[] = {
  {.name = "previous-day",        .activate = previous_day   },
  {.name = "next-day",            .activate = next_day       },
  {.name = "today",               .activate = today          },
  {.name = "range",               .parameter_type = "s",       .state = "'day'", .change_state = choose_range},
  {.name = "compare", .state = "false",                            .change_state = compare},
  {.name = "export",             .activate = export_history},
  {.name = "fit",              .activate = fit  },
  {.name = "undo-zoom",                 .activate = undo_zoom               },
  {.name = "table",           .state = "false", .change_state = table},
  {.name = "fetch-again",               .activate = fetch_again               },
  {.name = "try-again",                             .activate = try_again                                   },
  {.name = "stop",                             .activate = stop                      },
};

static void
day_chosen (PlanciaHistoryPage *self)
{
  PlanciaSpan day = plancia_date_button_get_day (self->date);

  go_to_day (self, day);
  if (!is_day (self))
    show_range (self, plancia_history_energies_get_range (self->energies), day.start);
}

static void
month_shown (PlanciaHistoryPage *self)
{
  plancia_history_marks_ask (&self->marking,
                             self->date,
                             self->feed,
                             plancia_session_get_plant (self->session));
}

/* --- session --------------------------------------------------------------------------------- */

static void
chart_moved (PlanciaHistoryPage *self)
{
  plancia_session_set_visible (self->session, plancia_chart_get_visible_span (self->chart));
  update_table (self);
}

/* Somebody else shows another time: it may lie in another day. */
static void
span_changed (PlanciaHistoryPage *self)
{
  PlanciaSpan visible = plancia_session_get_visible (self->session);
  PlanciaSpan day;

  if (plancia_span_is_empty (visible))
    return;
  day = plancia_history_day_at (plancia_history_feed_get_zone (self->feed), visible.start);
  if (day.start != plancia_history_feed_get_day (self->feed).start)
    plancia_history_feed_set_day (self->feed, day);
  else
    plancia_chart_set_visible_span (self->chart, visible);
}

static void
device_changed (PlanciaHistoryPage *self)
{
  plancia_history_feed_set_device (self->feed,
                                   plancia_session_get_plant (self->session),
                                   plancia_session_get_device (self->session));
  plancia_history_energies_reload (self->energies, plancia_session_get_plant (self->session));
}

/* --- size ------------------------------------------------------------------------------------ */

static gboolean
apply_narrow (gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  self->narrowing = 0;
  plancia_chart_set_narrow (self->chart, self->narrow);
  plancia_legend_set_narrow (self->legend, self->narrow);
  plancia_cursor_table_set_narrow (self->cursors, self->narrow);
  plancia_energy_view_set_narrow (self->energy_view, self->narrow);
  plancia_coverage_key_set_narrow (self->key, self->narrow);
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
  return G_SOURCE_CONTINUE;
}

static void
plancia_history_page_map (GtkWidget *widget)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (widget);

  GTK_WIDGET_CLASS (plancia_history_page_parent_class)->map (widget);
  plancia_history_feed_set_watched (self->feed, TRUE);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (TICK_SECONDS, tick, self);
}

static void
plancia_history_page_unmap (GtkWidget *widget)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  plancia_history_feed_set_watched (self->feed, FALSE);
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
  /* The time that was looked at elsewhere comes before today. */
  device_changed (self);
  span_changed (self);
  g_signal_connect_swapped (self->feed, "changed", G_CALLBACK (update), self);
  update (self);
}

static void
plancia_history_page_dispose (GObject *object)
{
  PlanciaHistoryPage *self = PLANCIA_HISTORY_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->narrowing, g_source_remove);
  g_cancellable_cancel (self->marking);
  g_clear_object (&self->marking);
  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
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
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, stack);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, shown);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, legend);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, view);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, chart);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, table);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, foot);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, cursors);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, key);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, spinner);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, progress);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, stop);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, again);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, empty);
  gtk_widget_class_bind_template_child (klass, PlanciaHistoryPage, energy_view);
  gtk_widget_class_bind_template_callback (klass, chart_moved);
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

  g_type_ensure (PLANCIA_TYPE_CHART);
  g_type_ensure (PLANCIA_TYPE_COVERAGE_KEY);
  g_type_ensure (PLANCIA_TYPE_CURSOR_TABLE);
  g_type_ensure (PLANCIA_TYPE_ENERGY_VIEW);
  g_type_ensure (PLANCIA_TYPE_HISTORY_BAR);
  g_type_ensure (PLANCIA_TYPE_HISTORY_EMPTY);
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
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   action_entries,
                                   G_N_ELEMENTS (action_entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "history", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->date = plancia_history_bar_get_date (self->bar);
  g_signal_connect_swapped (self->date, "chosen", G_CALLBACK (day_chosen), self);
  g_signal_connect_swapped (self->date, "month-shown", G_CALLBACK (month_shown), self);
  self->energies = plancia_history_energies_new (self->energy_view, self->feed);
  self->events = plancia_history_events_new (self->chart, self->feed);
  /* The bin's own layout would not say how wide the page is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  plancia_history_series_add_to (plancia_history_feed_get_series (self->feed), self->chart);
  plancia_legend_set_chart (self->legend, self->chart);
  plancia_cursor_table_set_chart (self->cursors, self->chart, G_ACTION_MAP (self->actions));
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
