/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-pane.h"

#include "base/signal-new.h"
#include "chart/legend.h"
#include "ui/cursor-table.h"
#include "ui/error-text.h"
#include "ui/history-day.h"
#include "ui/history-events.h"
#include "ui/history-hole.h"

#include <glib/gi18n.h>

struct _PlanciaHistoryPane
{
  GtkBox parent_instance;

  GtkLabel           *name;
  GtkWidget          *close;
  GtkStack           *stack;
  GtkWidget          *shown;
  PlanciaLegend      *legend;
  PlanciaChart       *chart;
  PlanciaCursorTable *cursors;
  GtkLabel           *nothing;

  PlanciaHistoryFeed   *lead; /* borrowed */
  PlanciaHistoryFeed   *feed;
  PlanciaHistoryEvents *events;
};

enum {
  CLOSED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryPane, plancia_history_pane, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static void
close_clicked (PlanciaHistoryPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* --- what is shown --------------------------------------------------------------------------- */

static void
lay_curves (PlanciaHistoryPane *self)
{
  plancia_history_feed_add_to (self->feed, self->chart);
}

/* In a few words: the page has those of the first device. */
static const char *
nothing_words (PlanciaHistoryPane *self)
{
  switch (plancia_history_feed_get_state (self->feed)) {
  case PLANCIA_HISTORY_NO_SOURCE:
    return _ ("No history here");
  case PLANCIA_HISTORY_NOT_FETCHED:
    return _ ("Not fetched");
  case PLANCIA_HISTORY_FAILED:
    return plancia_error_text (plancia_history_feed_get_error (self->feed));
  case PLANCIA_HISTORY_NOTHING:
  case PLANCIA_HISTORY_SHOWN:
  default:
    return _ ("Nothing recorded");
  }
}

static void
show (PlanciaHistoryPane *self)
{
  gboolean    shown = plancia_history_feed_get_state (self->feed) == PLANCIA_HISTORY_SHOWN;
  PlanciaSpan past = plancia_history_day_past (plancia_history_feed_get_day (self->feed));
  g_autoptr (GArray) coverage = plancia_history_feed_find_coverage (self->feed);

  plancia_chart_set_limit (self->chart, past.end, plancia_history_feed_get_running (self->feed));
  plancia_chart_set_coverage (self->chart, coverage);
  plancia_history_events_update (self->events, plancia_history_feed_get_plant (self->feed));
  gtk_label_set_text (self->nothing, nothing_words (self));
  gtk_stack_set_visible_child (self->stack, shown ? self->shown : GTK_WIDGET (self->nothing));
}

/* --- actions --------------------------------------------------------------------------------- */

static void
try_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_history_feed_load (PLANCIA_HISTORY_PANE (user_data)->feed, FALSE);
}

static void
fetch_again (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_history_feed_load (PLANCIA_HISTORY_PANE (user_data)->feed, TRUE);
}

/* What is asked of a hole here is asked of this device. */
static void
add_actions (PlanciaHistoryPane *self)
{
  static const GActionEntry entries[] = {
    {.name = "try-again",   .activate = try_again  },
    {.name = "fetch-again", .activate = fetch_again},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "history", G_ACTION_GROUP (group));
}

/* --- life ------------------------------------------------------------------------------------ */

static void
plancia_history_pane_dispose (GObject *object)
{
  PlanciaHistoryPane *self = PLANCIA_HISTORY_PANE (object);

  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  g_clear_pointer (&self->events, plancia_history_events_free);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "history", NULL);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_box_remove (GTK_BOX (self), child);
  g_clear_object (&self->feed);

  G_OBJECT_CLASS (plancia_history_pane_parent_class)->dispose (object);
}

static void
plancia_history_pane_class_init (PlanciaHistoryPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_pane_dispose;
  signals[CLOSED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "closed", 0);
  g_type_ensure (PLANCIA_TYPE_CHART);
  g_type_ensure (PLANCIA_TYPE_CURSOR_TABLE);
  g_type_ensure (PLANCIA_TYPE_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, close);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, shown);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, legend);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, chart);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, cursors);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryPane, nothing);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked);
}

static void
plancia_history_pane_init (PlanciaHistoryPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  self->feed = plancia_history_feed_new ();
  self->events = plancia_history_events_new (self->chart, self->feed);
  plancia_legend_set_chart (self->legend, self->chart);
  plancia_cursor_table_set_feed (self->cursors, self->feed);
  plancia_cursor_table_set_chart (self->cursors, self->chart);
  plancia_history_hole_attach (self->chart, self->feed);
  g_signal_connect_swapped (self->feed, "strands-changed", G_CALLBACK (lay_curves), self);
  g_signal_connect_swapped (self->feed, "changed", G_CALLBACK (show), self);
}

static void
set_name (PlanciaHistoryPane *self, PlanciaDevice *device)
{
  const char *name = plancia_device_get_name (device);
  /* Translators: a device that stands under others on the history page */
  g_autofree char *close = g_strdup_printf (_ ("Take %s away"), name);

  gtk_label_set_text (self->name, name);
  plancia_chart_set_title (self->chart, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->close),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  close,
                                  -1);
}

/**
 * plancia_history_pane_new:
 * @lead: the feed of the first device
 * @device: another one of the same plant
 *
 * Returns: (transfer full): the device's past of the same time
 */
GtkWidget *
plancia_history_pane_new (PlanciaHistoryFeed *lead, PlanciaDevice *device)
{
  PlanciaHistoryPane *self = g_object_new (PLANCIA_TYPE_HISTORY_PANE, NULL);

  self->lead = lead;
  set_name (self, device);
  plancia_history_feed_set_device (self->feed, plancia_history_feed_get_plant (lead), device);
  plancia_history_pane_update (self);
  return GTK_WIDGET (self);
}

void
plancia_history_pane_update (PlanciaHistoryPane *self)
{
  plancia_history_feed_set_choice (self->feed, plancia_history_feed_get_choice (self->lead));
  plancia_history_feed_set_curves (self->feed,
                                   plancia_history_feed_get_quantities (self->lead),
                                   plancia_history_feed_get_keys (self->lead));
  plancia_history_feed_set_day (self->feed, plancia_history_feed_get_day (self->lead));
}

void
plancia_history_pane_catch_up (PlanciaHistoryPane *self)
{
  plancia_history_feed_catch_up (self->feed);
}

void
plancia_history_pane_set_watched (PlanciaHistoryPane *self, gboolean watched)
{
  plancia_history_feed_set_watched (self->feed, watched);
}

void
plancia_history_pane_set_narrow (PlanciaHistoryPane *self, gboolean narrow)
{
  plancia_chart_set_narrow (self->chart, narrow);
  plancia_legend_set_narrow (self->legend, narrow);
  plancia_cursor_table_set_narrow (self->cursors, narrow);
}

PlanciaDevice *
plancia_history_pane_get_device (PlanciaHistoryPane *self)
{
  return plancia_history_feed_get_device (self->feed);
}

PlanciaChart *
plancia_history_pane_get_chart (PlanciaHistoryPane *self)
{
  return self->chart;
}

PlanciaHistoryFeed *
plancia_history_pane_get_feed (PlanciaHistoryPane *self)
{
  return self->feed;
}

GtkWidget *
plancia_history_pane_get_cursors (PlanciaHistoryPane *self)
{
  return GTK_WIDGET (self->cursors);
}
