/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-table.h"

#include "base/text.h"
#include "ui/column-titles.h"

#include <glib/gi18n.h>

/* About so many rows, at least this far apart. */
#define MOST_ROWS 100
/* Room for a date in words. */
#define FIRST_CHARS 16

static const gint64 steps[] = {
  1 * PLANCIA_MINUTE,
  5 * PLANCIA_MINUTE,
  15 * PLANCIA_MINUTE,
  30 * PLANCIA_MINUTE,
  60 * PLANCIA_MINUTE,
  3 * PLANCIA_HOUR,
  6 * PLANCIA_HOUR,
  12 * PLANCIA_HOUR,
  1 * PLANCIA_DAY,
};

/* A row: the texts of its cells, as a GtkStringList would hold one. */
#define PLANCIA_TYPE_HISTORY_ROW (plancia_history_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryRow, plancia_history_row, PLANCIA, HISTORY_ROW, GObject)

struct _PlanciaHistoryRow
{
  GObject parent_instance;

  GPtrArray *texts;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryRow, plancia_history_row, G_TYPE_OBJECT)

struct _PlanciaHistoryTable
{
  GtkWidget parent_instance;

  GtkWidget     *scroller;
  GtkColumnView *view;
  GListStore    *rows;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryTable, plancia_history_table, GTK_TYPE_WIDGET)

static void
plancia_history_row_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_HISTORY_ROW (object)->texts);

  G_OBJECT_CLASS (plancia_history_row_parent_class)->finalize (object);
}

static void
plancia_history_row_class_init (PlanciaHistoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_history_row_finalize;
}

static void
plancia_history_row_init (PlanciaHistoryRow *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
}

static void
set_up_cell (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), GPOINTER_TO_UINT (data) == 0 ? 0 : 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label),
                                 GPOINTER_TO_UINT (data) == 0 ? FIRST_CHARS : 8);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  PlanciaHistoryRow *row = gtk_list_item_get_item (item);
  const char        *text = g_ptr_array_index (row->texts, GPOINTER_TO_UINT (data));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
add_column (PlanciaHistoryTable *self, const char *title)
{
  guint               index = g_list_model_get_n_items (gtk_column_view_get_columns (self->view));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_cell), GUINT_TO_POINTER (index));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), GUINT_TO_POINTER (index));
  gtk_column_view_column_set_expand (column, TRUE);
  /* All but the time. */
  if (index > 0)
    plancia_column_titles_set_numbers (column);
  gtk_column_view_append_column (self->view, column);
}

static void
clear (PlanciaHistoryTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  g_list_store_remove_all (self->rows);
  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (self->view, column);
  }
}

static void
find_layers (PlanciaChart *chart, GPtrArray *layers)
{
  for (guint i = 0; i < plancia_chart_get_n_layers (chart); i++) {
    PlanciaLayer *layer = plancia_chart_get_layer (chart, i);

    if (!plancia_layer_get_hidden (layer) &&
        plancia_series_get_length (plancia_layer_get_series (layer)) > 0)
      g_ptr_array_add (layers, layer);
  }
}

/* "Sun, kW": the unit is said once, above the numbers; of several devices each is named. */
static void
add_layer_column (PlanciaHistoryTable *self, PlanciaLayer *layer, const char *name)
{
  PlanciaSeries   *series = plancia_layer_get_series (layer);
  const char      *unit = plancia_series_get_unit (series);
  g_autofree char *words = name != NULL
                             ? g_strdup_printf ("%s · %s", name, plancia_series_get_title (series))
                             : g_strdup (plancia_series_get_title (series));
  g_autofree char *title = unit != NULL && unit[0] != '\0' ? g_strdup_printf ("%s, %s", words, unit)
                                                           : g_strdup (words);

  add_column (self, title);
}

static char *
value_text (PlanciaLayer *layer, gint64 time)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);
  gboolean       percent = g_strcmp0 (plancia_series_get_unit (series), "%") == 0;
  gint64         found;
  double         value;

  if (plancia_layer_is_state (layer))
    return plancia_layer_describe (layer, time);
  /* Half a gap away lies another time of the day, or a hole. */
  if (!plancia_series_nearest (series, time, &found, &value) ||
      ABS (found - time) > plancia_series_get_gap (series) / 2)
    return g_strdup ("\u2014");
  return plancia_text_number (value, percent ? 0 : 2);
}

static PlanciaHistoryRow *
new_row (GPtrArray *layers, gint64 time, PlanciaSpan span, GTimeZone *zone)
{
  gboolean           one_day = span.end - span.start <= 25 * PLANCIA_HOUR;
  PlanciaHistoryRow *row = g_object_new (PLANCIA_TYPE_HISTORY_ROW, NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  g_ptr_array_add (row->texts, g_date_time_format (local, one_day ? "%H:%M" : "%Y-%m-%d %H:%M"));
  for (guint i = 0; i < layers->len; i++)
    g_ptr_array_add (row->texts, value_text (g_ptr_array_index (layers, i), time));
  return row;
}

static gint64
find_step (PlanciaSpan span)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((span.end - span.start) / steps[i] <= MOST_ROWS)
      return steps[i];
  return steps[G_N_ELEMENTS (steps) - 1];
}

/* From the first round time to the last that any curve reaches. */
static void
add_rows (PlanciaHistoryTable *self, GPtrArray *layers, PlanciaSpan span, GTimeZone *zone)
{
  gint64 step = find_step (span), last = span.start;
  gint64 first = plancia_span_day (zone, span.start).start;

  for (guint i = 0; i < layers->len; i++) {
    PlanciaSeries *series = plancia_layer_get_series (g_ptr_array_index (layers, i));
    gsize          length = plancia_series_get_length (series);

    last = MAX (last, plancia_series_get_times (series)[length - 1]);
  }
  /* On the clock of the zone. */
  first += (span.start - first + step - 1) / step * step;
  for (gint64 time = first; time < span.end && time <= last; time += step) {
    g_autoptr (PlanciaHistoryRow) row = new_row (layers, time, span, zone);

    g_list_store_append (self->rows, row);
  }
}

static void
plancia_history_table_dispose (GObject *object)
{
  PlanciaHistoryTable *self = PLANCIA_HISTORY_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (plancia_history_table_parent_class)->dispose (object);
}

static void
plancia_history_table_class_init (PlanciaHistoryTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "historytable");
}

static void
plancia_history_table_init (PlanciaHistoryTable *self)
{
  GtkWidget *view;

  self->rows = g_list_store_new (PLANCIA_TYPE_HISTORY_ROW);
  view = gtk_column_view_new (
    GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows)))));
  self->view = GTK_COLUMN_VIEW (view);
  gtk_widget_add_css_class (view, "registers");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Values of the day"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * plancia_history_table_new:
 *
 * Returns: (transfer full): an empty table
 */
GtkWidget *
plancia_history_table_new (void)
{
  return g_object_new (PLANCIA_TYPE_HISTORY_TABLE, NULL);
}

/**
 * plancia_history_table_fill:
 * @self: a table
 * @charts: (element-type PlanciaChart): what they show is sampled at round times
 * @names: (nullable): whose each is, for every column
 * @zone: of the plant
 *
 * A hole has an em dash. Hidden curves have no column.
 */
void
plancia_history_table_fill (PlanciaHistoryTable *self,
                            GPtrArray           *charts,
                            const char *const   *names,
                            GTimeZone           *zone)
{
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();

  clear (self);
  add_column (self, _ ("Time"));
  for (guint i = 0; i < charts->len; i++) {
    guint first = layers->len;

    find_layers (g_ptr_array_index (charts, i), layers);
    for (guint j = first; j < layers->len; j++)
      add_layer_column (self, g_ptr_array_index (layers, j), names != NULL ? names[i] : NULL);
  }
  plancia_column_titles_align (self->view);
  add_rows (self, layers, plancia_chart_get_visible_span (g_ptr_array_index (charts, 0)), zone);
}

/**
 * plancia_history_table_begin:
 * @self: a table
 * @label: what screen readers call it
 *
 * Takes everything away.
 */
void
plancia_history_table_begin (PlanciaHistoryTable *self, const char *label)
{
  clear (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/**
 * plancia_history_table_add_column:
 * @self: a table
 * @title: above it; the first column is of words, the others of numbers
 */
void
plancia_history_table_add_column (PlanciaHistoryTable *self, const char *title)
{
  add_column (self, title);
  plancia_column_titles_align (self->view);
}

/**
 * plancia_history_table_add_row:
 * @self: a table with its columns
 * @texts: (element-type utf8): one a column, freed with their array
 */
void
plancia_history_table_add_row (PlanciaHistoryTable *self, GPtrArray *texts)
{
  g_autoptr (PlanciaHistoryRow) row = g_object_new (PLANCIA_TYPE_HISTORY_ROW, NULL);

  g_ptr_array_unref (row->texts);
  row->texts = g_ptr_array_ref (texts);
  g_list_store_append (self->rows, row);
}

/**
 * plancia_history_table_get_n_rows:
 * @self: a table
 *
 * Returns: how many rows it has
 */
guint
plancia_history_table_get_n_rows (PlanciaHistoryTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

/**
 * plancia_history_table_get_text:
 * @self: a table
 * @row: from 0
 * @column: from 0, the time
 *
 * Returns: (transfer none) (nullable): what stands there
 */
const char *
plancia_history_table_get_text (PlanciaHistoryTable *self, guint row, guint column)
{
  g_autoptr (PlanciaHistoryRow) item = g_list_model_get_item (G_LIST_MODEL (self->rows), row);

  return item != NULL && column < item->texts->len ? g_ptr_array_index (item->texts, column) : NULL;
}
