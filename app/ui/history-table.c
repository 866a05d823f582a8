/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-table.h"

#include "ui/column-titles.h"

#include <glib/gi18n.h>

/* Room for a date in words. */
#define FIRST_CHARS 16

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

/* "Sun, kW": the unit is said once, above the numbers; of several devices each is named. */
static void
show_column (PlanciaHistoryTable *self, const PlanciaExportColumn *column, gboolean named)
{
  g_autofree char *words = named ? g_strdup_printf ("%s · %s", column->name, column->title)
                                 : g_strdup (column->title);
  g_autofree char *title = column->unit[0] != '\0' ? g_strdup_printf ("%s, %s", words, column->unit)
                                                   : g_strdup (words);

  add_column (self, title);
}

/* Of more than one device. */
static gboolean
is_mixed (PlanciaShownTable *shown)
{
  for (guint i = 1; i < plancia_shown_table_get_n_columns (shown); i++)
    if (!g_str_equal (plancia_shown_table_get_column (shown, i)->name,
                      plancia_shown_table_get_column (shown, 0)->name))
      return TRUE;
  return FALSE;
}

/**
 * plancia_history_table_show:
 * @self: a table
 * @shown: what it becomes
 * @first: above its first column
 * @label: what screen readers call it
 */
void
plancia_history_table_show (PlanciaHistoryTable *self,
                            PlanciaShownTable   *shown,
                            const char          *first,
                            const char          *label)
{
  gboolean mixed = is_mixed (shown);

  clear (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  add_column (self, first);
  for (guint i = 0; i < plancia_shown_table_get_n_columns (shown); i++)
    show_column (self, plancia_shown_table_get_column (shown, i), mixed);
  plancia_column_titles_align (self->view);
  for (guint i = 0; i < plancia_shown_table_get_n_rows (shown); i++) {
    g_autoptr (PlanciaHistoryRow) row = g_object_new (PLANCIA_TYPE_HISTORY_ROW, NULL);

    g_ptr_array_add (row->texts, g_strdup (plancia_shown_table_get_label (shown, i)));
    for (guint j = 0; j < plancia_shown_table_get_n_columns (shown); j++)
      g_ptr_array_add (row->texts, g_strdup (plancia_shown_table_get_text (shown, i, j)));
    g_list_store_append (self->rows, row);
  }
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
