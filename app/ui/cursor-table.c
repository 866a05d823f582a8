/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/cursor-table.h"

#include "chart/cursors.h"
#include "history/reduce.h"
#include "ui/cursor-energy.h"

#include <glib/gi18n.h>

enum {
  COLUMN_TITLE,
  COLUMN_MEAN,
  COLUMN_MINIMUM,
  COLUMN_MAXIMUM,
  COLUMN_ENERGY,
  COLUMN_COUNTER,
  COLUMN_CHANGE,
  N_COLUMNS,
};

struct _PlanciaCursorTable
{
  GtkGrid parent_instance;

  PlanciaChart   *chart;   /* borrowed: in the same page */
  PlanciaCursors *cursors; /* of the chart */

  PlanciaCursorEnergy *counters; /* or NULL */
  gboolean             narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaCursorTable, plancia_cursor_table, GTK_TYPE_GRID)

/* The text of a cell; makes the cell if there is none yet. */
static void
set_cell (PlanciaCursorTable *self, int column, int row, const char *text)
{
  GtkWidget *cell = gtk_grid_get_child_at (GTK_GRID (self), column, row);

  if (cell == NULL) {
    gboolean title = column == COLUMN_TITLE;

    cell = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (cell), title ? 0 : 1);
    gtk_widget_set_hexpand (cell, TRUE);
    gtk_widget_add_css_class (cell, "numeric");
    if (row == 0)
      gtk_widget_add_css_class (cell, title ? "heading" : "caption-heading");
    else if (title)
      gtk_widget_add_css_class (cell, "dim-label");
    gtk_grid_attach (GTK_GRID (self), cell, column, row, 1, 1);
  }
  gtk_label_set_text (GTK_LABEL (cell), text);
  gtk_widget_set_visible (cell,
                          !self->narrow || (column != COLUMN_MEAN && column != COLUMN_MINIMUM &&
                                            column != COLUMN_CHANGE));
}

static void
set_tip (PlanciaCursorTable *self, int column, int row, const char *tip)
{
  gtk_widget_set_tooltip_text (gtk_grid_get_child_at (GTK_GRID (self), column, row), tip);
}

static char *
dup_distance (PlanciaSpan span)
{
  gint64 minutes = (span.end - span.start) / PLANCIA_MINUTE;

  if (minutes >= 24 * 60)
    /* Translators: how long between two cursors: days and hours */
    return g_strdup_printf (
      _ ("%d d %d h"), (int) (minutes / (24 * 60)), (int) (minutes / 60 % 24));
  /* Translators: how long between two cursors: hours and minutes */
  return g_strdup_printf (_ ("%d h %d min"), (int) (minutes / 60), (int) (minutes % 60));
}

static void
fill_head (PlanciaCursorTable *self)
{
  g_autofree char *a = plancia_cursors_format (self->cursors, PLANCIA_CURSOR_A);
  g_autofree char *b = plancia_cursors_format (self->cursors, PLANCIA_CURSOR_B);
  g_autofree char *distance = dup_distance (plancia_cursors_get_span (self->cursors));
  g_autofree char *title = self->narrow ? g_strdup_printf ("A %s  B %s", a, b)
                                        : g_strdup_printf ("A %s  B %s  Δ %s", a, b, distance);

  set_cell (self, COLUMN_TITLE, 0, title);
  set_cell (self, COLUMN_MEAN, 0, _ ("Mean"));
  set_cell (self, COLUMN_MINIMUM, 0, _ ("Min"));
  set_cell (self, COLUMN_MAXIMUM, 0, _ ("Max"));
  set_cell (self, COLUMN_ENERGY, 0, _ ("Energy"));
  set_tip (self, COLUMN_ENERGY, 0, _ ("The area under the curve; holes do not count"));
  /* Translators: head of a column: energy as the device's own counter has it */
  set_cell (self, COLUMN_COUNTER, 0, _ ("Counter"));
  set_tip (self, COLUMN_COUNTER, 0, _ ("The difference of the device's energy counter"));
  set_cell (self, COLUMN_CHANGE, 0, _ ("Change A to B"));
}

static char *
dup_energy (PlanciaLayer *layer, double integral)
{
  const char      *unit = plancia_series_get_unit (plancia_layer_get_series (layer));
  g_autofree char *power = NULL;

  if (!g_str_equal (unit, "kW"))
    return g_strdup ("");
  power = plancia_layer_format (layer, integral);
  return g_strconcat (power, "h", NULL);
}

/* What a counter says: of a part without readings it knows how much, but not when. */
static void
fill_counter (PlanciaCursorTable *self, PlanciaLayer *layer, int row)
{
  double                   value = 0;
  PlanciaCursorEnergyState state = PLANCIA_CURSOR_ENERGY_NONE;
  g_autofree char         *energy = NULL;
  const char              *tip = NULL;

  if (self->counters != NULL)
    state = plancia_cursor_energy_get (self->counters, plancia_layer_get_series (layer), &value);
  switch (state) {
  case PLANCIA_CURSOR_ENERGY_WAITING:
    energy = g_strdup ("…");
    break;
  case PLANCIA_CURSOR_ENERGY_UNKNOWN:
    energy = g_strdup ("—");
    tip = _ ("The counter was not read in this time");
    break;
  case PLANCIA_CURSOR_ENERGY_ROUGHLY:
    energy = dup_energy (layer, value);
    tip = _ ("The counter was not read for a part of this time: near A and B it may be off");
    break;
  case PLANCIA_CURSOR_ENERGY_KNOWN:
    energy = dup_energy (layer, value);
    break;
  case PLANCIA_CURSOR_ENERGY_NONE:
  default:
    energy = g_strdup ("");
  }
  if (state == PLANCIA_CURSOR_ENERGY_ROUGHLY) {
    g_autofree char *exact = g_steal_pointer (&energy);

    energy = g_strconcat ("≈ ", exact, NULL);
  }
  set_cell (self, COLUMN_COUNTER, row, energy);
  set_tip (self, COLUMN_COUNTER, row, tip);
}

static char *
dup_change (PlanciaCursorTable *self, PlanciaLayer *layer)
{
  PlanciaSeries   *series = plancia_layer_get_series (layer);
  gint64           time;
  double           from, to;
  g_autofree char *words = NULL;

  if (!plancia_series_nearest (series,
                               plancia_cursors_get_time (self->cursors, PLANCIA_CURSOR_A),
                               &time,
                               &from) ||
      !plancia_series_nearest (series,
                               plancia_cursors_get_time (self->cursors, PLANCIA_CURSOR_B),
                               &time,
                               &to))
    return g_strdup ("—");
  words = plancia_layer_format (layer, to - from);
  return g_strconcat (to > from ? "+" : "", words, NULL);
}

/* Words have no mean; they change, or not. */
static void
fill_state_row (PlanciaCursorTable *self, PlanciaLayer *layer, int row)
{
  PlanciaSeries   *series = plancia_layer_get_series (layer);
  g_autofree char *from =
    plancia_layer_describe (layer, plancia_cursors_get_time (self->cursors, PLANCIA_CURSOR_A));
  g_autofree char *to =
    plancia_layer_describe (layer, plancia_cursors_get_time (self->cursors, PLANCIA_CURSOR_B));
  g_autofree char *change = g_str_equal (from, to) ? g_strdup (from)
                                                   : g_strdup_printf ("%s → %s", from, to);

  set_cell (self, COLUMN_TITLE, row, plancia_series_get_title (series));
  for (int column = COLUMN_MEAN; column < COLUMN_CHANGE; column++)
    set_cell (self, column, row, "");
  set_tip (self, COLUMN_COUNTER, row, NULL);
  set_cell (self, COLUMN_CHANGE, row, change);
}

static void
fill_row (PlanciaCursorTable *self, PlanciaLayer *layer, int row)
{
  PlanciaSeries    *series = plancia_layer_get_series (layer);
  PlanciaStatistics statistics;
  gboolean          found =
    plancia_reduce_statistics (series, plancia_cursors_get_span (self->cursors), &statistics);
  g_autofree char *mean = found ? plancia_layer_format (layer, statistics.mean) : NULL;
  g_autofree char *minimum = found ? plancia_layer_format (layer, statistics.minimum) : NULL;
  g_autofree char *maximum = found ? plancia_layer_format (layer, statistics.maximum) : NULL;
  g_autofree char *energy = found ? dup_energy (layer, statistics.integral) : NULL;
  g_autofree char *change = dup_change (self, layer);

  set_cell (self, COLUMN_TITLE, row, plancia_series_get_title (series));
  set_cell (self, COLUMN_MEAN, row, found ? mean : "—");
  set_cell (self, COLUMN_MINIMUM, row, found ? minimum : "—");
  set_cell (self, COLUMN_MAXIMUM, row, found ? maximum : "—");
  set_cell (self, COLUMN_ENERGY, row, found ? energy : "—");
  fill_counter (self, layer, row);
  set_cell (self, COLUMN_CHANGE, row, change);
}

static void
update (PlanciaCursorTable *self)
{
  int row = 1;

  if (self->chart == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  fill_head (self);
  for (guint i = 0; i < plancia_chart_get_n_layers (self->chart); i++) {
    PlanciaLayer *layer = plancia_chart_get_layer (self->chart, i);

    if (!plancia_layer_get_hidden (layer) &&
        plancia_series_get_length (plancia_layer_get_series (layer)) > 0) {
      if (plancia_layer_is_state (layer))
        fill_state_row (self, layer, row++);
      else
        fill_row (self, layer, row++);
    }
  }
  while (gtk_grid_get_child_at (GTK_GRID (self), 0, row) != NULL)
    gtk_grid_remove_row (GTK_GRID (self), row);
}

/* Asks for as much as there are cursors to lie between. */
static void
moved (PlanciaCursorTable *self)
{
  PlanciaSpan nothing = {0, 0};

  if (self->counters != NULL)
    plancia_cursor_energy_want (self->counters,
                                gtk_widget_get_visible (GTK_WIDGET (self))
                                  ? plancia_cursors_get_span (self->cursors)
                                  : nothing);
  update (self);
}

static void
visible_changed (PlanciaCursorTable *self)
{
  if (self->cursors == NULL)
    return;
  plancia_cursors_set_shown (self->cursors, gtk_widget_get_visible (GTK_WIDGET (self)));
  moved (self);
}

static void
plancia_cursor_table_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_CURSOR_TABLE (object)->counters);

  G_OBJECT_CLASS (plancia_cursor_table_parent_class)->dispose (object);
}

static void
plancia_cursor_table_class_init (PlanciaCursorTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_cursor_table_dispose;
}

static void
plancia_cursor_table_init (PlanciaCursorTable *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self), 3);
  g_signal_connect (self, "notify::visible", G_CALLBACK (visible_changed), NULL);
}

/**
 * plancia_cursor_table_new:
 *
 * Returns: (transfer full): a table of no chart
 */
GtkWidget *
plancia_cursor_table_new (void)
{
  return g_object_new (PLANCIA_TYPE_CURSOR_TABLE, NULL);
}

/**
 * plancia_cursor_table_set_chart:
 * @self: a table without a chart
 * @chart: in the same page
 */
void
plancia_cursor_table_set_chart (PlanciaCursorTable *self, PlanciaChart *chart)
{
  self->chart = chart;
  self->cursors = plancia_chart_get_cursors (chart);
  g_signal_connect_object (self->cursors, "changed", G_CALLBACK (moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chart, "layers-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  visible_changed (self);
}

/**
 * plancia_cursor_table_offer:
 * @self: a table
 * @actions: of the page
 * @offered: whether the chart is looked at
 *
 * The toggle "cursors" of @actions shows and hides the table; it is there while it is offered, so that its buttons are insensitive
 * else.
 */
void
plancia_cursor_table_offer (PlanciaCursorTable *self, GActionMap *actions, gboolean offered)
{
  g_autoptr (GPropertyAction) action = NULL;
  gboolean there = g_action_map_lookup_action (actions, "cursors") != NULL;

  if (there == offered)
    return;
  if (!offered) {
    g_action_map_remove_action (actions, "cursors");
    return;
  }
  action = g_property_action_new ("cursors", self, "visible");
  g_action_map_add_action (actions, G_ACTION (action));
}

/**
 * plancia_cursor_table_set_narrow:
 * @self: a table
 * @narrow: whether there is room for maximum and energies only
 */
void
plancia_cursor_table_set_narrow (PlanciaCursorTable *self, gboolean narrow)
{
  self->narrow = narrow;
  update (self);
}

/**
 * plancia_cursor_table_set_feed:
 * @self: a table
 * @feed: the day that the chart shows
 *
 * What the counters of its device say gets a column.
 */
void
plancia_cursor_table_set_feed (PlanciaCursorTable *self, PlanciaHistoryFeed *feed)
{
  g_clear_object (&self->counters);
  self->counters = plancia_cursor_energy_new (feed);
  g_signal_connect_object (self->counters, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
