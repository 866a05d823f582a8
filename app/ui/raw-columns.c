/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/raw-columns.h"

#include "base/clock.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_COLUMNS 10

typedef struct
{
  PlanciaRawForm form;
  const char    *title;
  int            width; /* 0: takes the rest */
  int            narrow_width;
  float          xalign;
  const char    *css_classes;
} ColumnSpec;

/* clang-format off */
static const ColumnSpec specs[N_COLUMNS] = {
  {PLANCIA_RAW_ADDRESS, NC_ ("column", "Address"), 58, 66, 0, "mono"},
  {PLANCIA_RAW_HEX, NC_ ("column", "Hex"), 52, 56, 1, "mono"},
  {PLANCIA_RAW_U16, "u16", 64, 64, 1, "numeric"},
  {PLANCIA_RAW_I16, "s16", 68, 68, 1, "numeric"},
  {PLANCIA_RAW_U32, "u32", 114, 0, 1, "numeric kv-key"},
  {PLANCIA_RAW_I32, "s32", 114, 0, 1, "numeric kv-key"},
  {PLANCIA_RAW_F32, "f32", 82, 0, 1, "numeric kv-key"},
  {PLANCIA_RAW_BITS, NC_ ("column", "Bits"), 166, 0, 0, "mono kv-key"},
  {PLANCIA_RAW_TEXT, NC_ ("column", "Text"), 44, 0, .5f, "mono kv-key"},
  {PLANCIA_RAW_NAME, NC_ ("column", "In the map"), 0, 0, 0, "kv-key"},
};
/* clang-format on */

struct _PlanciaRawColumns
{
  GObject parent_instance;

  GtkColumnView   *view;  /* weak */
  GHashTable      *cells; /* cell -> its row, both borrowed */
  PlanciaWordOrder order;
  guint            tick;
};

G_DEFINE_FINAL_TYPE (PlanciaRawColumns, plancia_raw_columns, G_TYPE_OBJECT)

/* --- cells ----------------------------------------------------------------------------------- */

static const ColumnSpec *
spec_of (GtkWidget *cell)
{
  return g_object_get_data (G_OBJECT (cell), "spec");
}

static gboolean
has_two_registers (PlanciaRawForm form)
{
  return form == PLANCIA_RAW_U32 || form == PLANCIA_RAW_I32 || form == PLANCIA_RAW_F32;
}

static gboolean
differs (PlanciaRawRow *row)
{
  int kept = plancia_raw_row_get_kept (row);

  return kept >= 0 && kept != plancia_raw_row_get_word (row);
}

static void
mark (GtkWidget *cell, PlanciaRawRow *row)
{
  gint64     changed = plancia_raw_row_get_changed (row);
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *line = parent != NULL ? gtk_widget_get_parent (parent) : NULL;

  if (spec_of (cell)->form != PLANCIA_RAW_ADDRESS && spec_of (cell)->form != PLANCIA_RAW_NAME)
    plancia_register_cell_set_moved (cell, changed, plancia_clock_now ());
  if (spec_of (cell)->form != PLANCIA_RAW_ADDRESS || line == NULL)
    return;
  /* GTK 4.8 has no factory for rows: the class goes to the parent of the cell's parent. */
  if (differs (row))
    gtk_widget_add_css_class (line, "staged");
  else
    gtk_widget_remove_css_class (line, "staged");
}

static void
update_cell (PlanciaRawColumns *self, GtkWidget *cell, PlanciaRawRow *row)
{
  g_autofree char *text = plancia_raw_row_format (row, spec_of (cell)->form, self->order);

  plancia_register_cell_set_text (cell, text);
  mark (cell, row);
}

/* A number of two registers in every order. */
static void
append_orders (GString *text, PlanciaRawRow *row, PlanciaRawForm form)
{
  for (guint order = 0; order < PLANCIA_N_WORD_ORDERS; order++) {
    g_autofree char *number = plancia_raw_row_format (row, form, order);

    g_string_append_printf (text,
                            "%s%s  %s",
                            order > 0 ? "\n" : "",
                            plancia_word_order_name (order),
                            number);
  }
}

static gboolean
on_query_tooltip (GtkWidget         *cell,
                  int                x,
                  int                y,
                  gboolean           keyboard,
                  GtkTooltip        *tooltip,
                  PlanciaRawColumns *self)
{
  PlanciaRawRow *row = g_hash_table_lookup (self->cells, cell);
  PlanciaRawForm form = spec_of (cell)->form;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *own = NULL;

  if (row == NULL)
    return FALSE;
  if (form == PLANCIA_RAW_ADDRESS)
    form = PLANCIA_RAW_DECIMAL;
  if (has_two_registers (form)) {
    append_orders (text, row, form);
  } else {
    own = plancia_raw_row_format (row, form, self->order);
    g_string_append (text, own);
  }
  if (differs (row)) {
    g_string_append_c (text, '\n');
    /* TRANSLATORS: %04X is a word in hexadecimal digits */
    g_string_append_printf (text, _ ("kept: %04X"), (guint) plancia_raw_row_get_kept (row));
  }
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
on_moved (PlanciaRawRow *row, GParamSpec *pspec, GtkWidget *cell)
{
  update_cell (g_object_get_data (G_OBJECT (cell), "columns"), cell, row);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, PlanciaRawColumns *self)
{
  const ColumnSpec *spec = g_object_get_data (G_OBJECT (factory), "spec");
  GtkWidget        *cell = plancia_register_cell_text_new (spec->xalign, spec->css_classes);

  g_object_set_data (G_OBJECT (cell), "spec", (gpointer) spec);
  g_object_set_data (G_OBJECT (cell), "columns", self);
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect_object (cell, "query-tooltip", G_CALLBACK (on_query_tooltip), self, 0);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, PlanciaRawColumns *self)
{
  GtkWidget     *cell = gtk_list_item_get_child (item);
  PlanciaRawRow *row = gtk_list_item_get_item (item);

  g_hash_table_insert (self->cells, cell, row);
  g_signal_connect (row, "notify::serial", G_CALLBACK (on_moved), cell);
  update_cell (self, cell, row);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, PlanciaRawColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), cell);
  g_hash_table_remove (self->cells, cell);
}

/* --- marks that end -------------------------------------------------------------------------- */

static gboolean
on_tick (gpointer user_data)
{
  PlanciaRawColumns *self = user_data;
  GHashTableIter     iter;
  gpointer           cell, row;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, &row))
    if (plancia_raw_row_get_changed (row) != 0)
      mark (cell, row);
  return G_SOURCE_CONTINUE;
}

static void
on_map (PlanciaRawColumns *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, on_tick, self);
}

static void
on_unmap (PlanciaRawColumns *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
}

/* --- columns --------------------------------------------------------------------------------- */

static const char *
title_of (const ColumnSpec *spec)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "column", spec->title);
}

static void
add_column (PlanciaRawColumns *self, const ColumnSpec *spec)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "spec", (gpointer) spec);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  column = gtk_column_view_column_new (title_of (spec), factory);
  gtk_column_view_column_set_expand (column, spec->width == 0);
  if (spec->xalign == 1)
    plancia_column_titles_set_numbers (column);
  gtk_column_view_append_column (self->view, column);
}

static void
plancia_raw_columns_dispose (GObject *object)
{
  PlanciaRawColumns *self = PLANCIA_RAW_COLUMNS (object);

  on_unmap (self);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (plancia_raw_columns_parent_class)->dispose (object);
}

static void
plancia_raw_columns_finalize (GObject *object)
{
  g_hash_table_unref (PLANCIA_RAW_COLUMNS (object)->cells);

  G_OBJECT_CLASS (plancia_raw_columns_parent_class)->finalize (object);
}

static void
plancia_raw_columns_class_init (PlanciaRawColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_raw_columns_dispose;
  object_class->finalize = plancia_raw_columns_finalize;
}

static void
plancia_raw_columns_init (PlanciaRawColumns *self)
{
  self->cells = g_hash_table_new (NULL, NULL);
}

PlanciaRawColumns *
plancia_raw_columns_new (GtkColumnView *view)
{
  PlanciaRawColumns *self = g_object_new (PLANCIA_TYPE_RAW_COLUMNS, NULL);

  g_set_weak_pointer (&self->view, view);
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (self, &specs[i]);
  plancia_column_titles_align (view);
  g_signal_connect_object (view, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
  return self;
}

void
plancia_raw_columns_set_order (PlanciaRawColumns *self, PlanciaWordOrder order)
{
  GHashTableIter iter;
  gpointer       cell, row;

  g_return_if_fail (PLANCIA_IS_RAW_COLUMNS (self));

  self->order = order;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, &row))
    update_cell (self, cell, row);
}

/**
 * plancia_raw_columns_arrange:
 *
 * GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none.
 */
void
plancia_raw_columns_arrange (PlanciaRawColumns *self, gboolean narrow, double scale)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    int      width = narrow ? specs[i].narrow_width : specs[i].width;
    gboolean shown = width > 0 || specs[i].width == 0;

    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, (int) round (width * scale));
    gtk_column_view_column_set_visible (column, shown);
  }
}

const char *
plancia_raw_form_title (PlanciaRawForm form)
{
  if (form == PLANCIA_RAW_DECIMAL)
    return _ ("Address, decimal");
  for (guint i = 0; i < N_COLUMNS; i++)
    if (specs[i].form == form)
      return title_of (&specs[i]);
  return "";
}
