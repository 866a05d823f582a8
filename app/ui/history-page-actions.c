/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-page-private.h"

#include "base/clock.h"
#include "ui/history-day.h"
#include "ui/history-export-dialog.h"
#include "ui/history-picture.h"

/* What people do on the history page. */

void
plancia_history_page_go_to_day (PlanciaHistoryPage *self, PlanciaSpan day)
{
  /* The session's span may lie in another day; it is not to be taken for a wish. */
  self->going = TRUE;
  plancia_session_set_visible (self->session, day);
  self->going = FALSE;
  plancia_history_feed_set_day (self->feed, day);
}

static void
step_day (PlanciaHistoryPage *self, int days)
{
  plancia_history_page_go_to_day (
    self,
    plancia_history_day_step (plancia_history_feed_get_zone (self->feed),
                              plancia_history_feed_get_day (self->feed),
                              days));
}

static void
step (PlanciaHistoryPage *self, int steps)
{
  if (plancia_history_page_is_day (self)) {
    step_day (self, steps);
    return;
  }
  plancia_history_energies_step (self->energies, steps);
  plancia_history_page_update (self);
}

/* Where all that is known begins may come later than the wish for it. */
void
plancia_history_page_follow_span (PlanciaHistoryPage *self)
{
  PlanciaSpan span = plancia_history_energies_get_span (self->energies);
  PlanciaSpan day = plancia_history_feed_get_day (self->feed);

  if (!plancia_history_page_has_curves (self) || plancia_history_page_is_day (self) ||
      (span.start == day.start && span.end == day.end))
    return;
  plancia_history_page_go_to_day (self, span);
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
void
plancia_history_page_show_range (PlanciaHistoryPage *self, PlanciaRange range, gint64 time)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "range");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (plancia_history_range_name (range)));
  plancia_history_bar_set_range (self->bar, range);
  plancia_history_energies_set_range (self->energies, range, time);
  if (range == PLANCIA_RANGE_DAY)
    plancia_history_page_go_to_day (
      self,
      plancia_history_day_at (plancia_history_feed_get_zone (self->feed), time));
  plancia_history_page_update (self);
}

static void
today (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  plancia_history_page_show_range (self,
                                   plancia_history_energies_get_range (self->energies),
                                   plancia_clock_now ());
}

static void
choose_range (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  PlanciaSpan         day = plancia_history_feed_get_day (self->feed);
  PlanciaSpan         span = plancia_history_energies_get_span (self->energies);
  gboolean inside = plancia_history_page_is_day (self) || plancia_span_contains (span, day.start);
  PlanciaRange range;

  if (plancia_history_range_parse (g_variant_get_string (state, NULL), &range))
    plancia_history_page_show_range (self, range, inside ? day.start : span.start);
}

/* The bars that were looked at, and the curves of the same time. */
static void
curves (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  g_simple_action_set_state (action, state);
  plancia_history_energies_set_curves (self->energies, g_variant_get_boolean (state));
  /* Behind bars there is a day again. */
  if (!plancia_history_page_has_curves (self))
    plancia_history_page_go_to_day (
      self,
      plancia_history_day_at (plancia_history_feed_get_zone (self->feed),
                              plancia_history_energies_get_span (self->energies).end - 1));
  plancia_history_page_update (self);
}

static PlanciaHistoryPicture *
picture_of_charts (PlanciaHistoryPage *self, const char *title, GTimeZone *zone)
{
  PlanciaHistoryPicture *picture = plancia_history_picture_new_of_chart (self->chart, title, zone);

  g_autoptr (PlanciaShownTable) table = plancia_history_page_dup_table (self);

  plancia_history_picture_set_table (picture, table);
  for (guint i = 0; i < plancia_history_panes_get_n (self->panes); i++) {
    PlanciaHistoryPane *pane = plancia_history_panes_get (self->panes, i);

    plancia_history_picture_add_chart (
      picture,
      plancia_history_pane_get_chart (pane),
      plancia_device_get_name (plancia_history_pane_get_device (pane)));
  }
  return picture;
}

static PlanciaHistoryPicture *
make_picture (PlanciaHistoryPage *self)
{
  PlanciaDevice         *source = plancia_history_feed_get_source (self->feed);
  GTimeZone             *zone = plancia_history_feed_get_zone (self->feed);
  g_autofree char       *title = plancia_history_energies_dup_title (self->energies);
  PlanciaHistoryPicture *picture;

  if (plancia_history_page_has_curves (self))
    return picture_of_charts (self, plancia_device_get_name (source), zone);
  picture = plancia_history_picture_new_of_bars (plancia_history_energies_get_feed (self->energies),
                                                 plancia_device_get_name (source),
                                                 title,
                                                 zone);
  plancia_history_picture_set_view (picture, self->energy_view);
  return picture;
}

static void
export_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  GtkRoot            *root = gtk_widget_get_root (GTK_WIDGET (self));
  PlanciaSpan         shown = plancia_history_page_has_curves (self)
                                ? plancia_chart_get_visible_span (self->chart)
                                : plancia_history_energies_get_span (self->energies);
  GtkWindow          *dialog =
    plancia_history_export_dialog_new (GTK_WINDOW (root),
                                       plancia_session_get_plant (self->session),
                                       plancia_history_feed_get_source (self->feed),
                                       shown,
                                       plancia_history_feed_get_zone (self->feed));
  g_autoptr (PlanciaHistoryPicture) picture = make_picture (self);

  plancia_history_export_dialog_set_picture (PLANCIA_HISTORY_EXPORT_DIALOG (dialog), picture);
  gtk_window_present (dialog);
}

static void
fit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_chart_fit (PLANCIA_HISTORY_PAGE (user_data)->chart);
}

static void
box_zoom (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_chart_set_boxing (PLANCIA_HISTORY_PAGE (user_data)->chart, TRUE);
}

static void
now (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_chart_now (PLANCIA_HISTORY_PAGE (user_data)->chart);
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
  gtk_stack_set_visible_child (self->view, active ? GTK_WIDGET (self->table) : self->charts);
  plancia_energy_view_set_table (self->energy_view, active);
  plancia_history_page_update_table (self);
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
  {.name = "curves", .state = "false",                            .change_state = curves},
  {.name = "export",             .activate = export_history},
  {.name = "fit",              .activate = fit  },
  {.name = "box-zoom",                 .activate = box_zoom               },
  {.name = "now",            .activate = now  },
  {.name = "undo-zoom",                 .activate = undo_zoom                 },
  {.name = "table",           .state = "false", .change_state = table},
  {.name = "fetch-again",               .activate = fetch_again               },
  {.name = "try-again",                             .activate = try_again                                   },
  {.name = "stop",                             .activate = stop                      },
};

void
plancia_history_page_add_actions (PlanciaHistoryPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   action_entries,
                                   G_N_ELEMENTS (action_entries),
                                   self);
  plancia_history_page_add_period_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "history", G_ACTION_GROUP (self->actions));
}
