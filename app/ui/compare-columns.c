/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/compare-columns.h"

#include "model/comparison.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>
#include <math.h>

typedef char *(*CellText) (PlanciaComparisonRow *row);

typedef struct
{
  const char *title;
  int         width; /* 0: takes the rest */
  int         narrow_width;
  float       xalign;
  const char *css_classes;
  CellText    text;
} ColumnSpec;

/* --- texts ----------------------------------------------------------------------------------- */

static char *
name_text (PlanciaComparisonRow *row)
{
  if (plancia_comparison_row_is_heading (row))
    return g_strdup_printf ("%s \xc2\xb7 %u",
                            plancia_section_name (plancia_comparison_row_get_section (row)),
                            plancia_comparison_row_get_count (row));
  return g_strdup (plancia_comparison_row_get_name (row));
}

static char *
address_text (PlanciaComparisonRow *row)
{
  return g_strdup_printf ("%04X", plancia_comparison_row_get_address (row));
}

static char *
a_text (PlanciaComparisonRow *row)
{
  return g_strdup (plancia_comparison_row_get_a (row));
}

static char *
b_text (PlanciaComparisonRow *row)
{
  return g_strdup (plancia_comparison_row_get_b (row));
}

static char *
unit_text (PlanciaComparisonRow *row)
{
  return g_strdup (plancia_comparison_row_get_unit (row));
}

static char *
change_text (PlanciaComparisonRow *row)
{
  return g_strdup (plancia_comparison_row_get_change (row));
}

static char *
by_text (PlanciaComparisonRow *row)
{
  return g_strdup (plancia_comparison_row_get_by (row));
}

/* clang-format off */
static const ColumnSpec specs[] = {
  {NC_ ("column", "Name"), 0, 0, 0, "compare-name", name_text},
  {NC_ ("column", "Address"), 66, 0, 0, "mono", address_text},
  {"A", 150, 96, 1, "numeric old-value", a_text},
  {"B", 150, 96, 1, "numeric summary", b_text},
  {NC_ ("column", "Unit"), 48, 0, 0, "kv-key", unit_text},
  {NC_ ("column", "Change"), 96, 0, 1, "numeric", change_text},
  {NC_ ("column", "By"), 126, 0, 0, "kv-key", by_text},
};
/* clang-format on */

/* --- cells ----------------------------------------------------------------------------------- */

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* GTK 4.8 has no factory for rows: the class goes to the parent of the cell's parent. */
static void
tint (GtkWidget *cell, PlanciaComparisonRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *line = parent ? gtk_widget_get_parent (parent) : NULL;

  if (line)
    set_class (line,
               "open",
               row && !plancia_comparison_row_is_heading (row) &&
                 plancia_comparison_row_differs (row) &&
                 plancia_comparison_row_get_section (row) == PLANCIA_SECTION_SETTINGS);
}

static char *
tooltip_of (PlanciaComparisonRow *row)
{
  return g_strdup_printf ("%s\n%s\nA %s\nB %s",
                          plancia_comparison_row_get_group (row),
                          plancia_comparison_row_get_key (row),
                          plancia_comparison_row_get_raw_a (row),
                          plancia_comparison_row_get_raw_b (row));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  gtk_list_item_set_child (item, plancia_register_cell_text_new (spec->xalign, spec->css_classes));
}

static void by_cb (PlanciaComparisonRow *row, GParamSpec *pspec, GtkWidget *cell);

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  PlanciaComparisonRow *row = gtk_list_item_get_item (item);
  GtkWidget            *cell = gtk_list_item_get_child (item);
  gboolean              heading = plancia_comparison_row_is_heading (row);
  gboolean              name = spec->text == name_text;
  g_autofree char      *text = heading && !name ? g_strdup ("") : spec->text (row);
  g_autofree char      *tooltip = heading ? NULL : name ? tooltip_of (row) : g_strdup (text);

  plancia_register_cell_set_text (cell, text);
  gtk_widget_set_tooltip_text (cell, tooltip);
  if (name)
    set_class (cell, "summary", heading);
  if (name)
    tint (cell, row);
  if (spec->text == by_text)
    g_signal_connect_object (row, "notify::by", G_CALLBACK (by_cb), cell, 0);
}

/* The journal answers after the rows are there. */
static void
by_cb (PlanciaComparisonRow *row, GParamSpec *pspec, GtkWidget *cell)
{
  plancia_register_cell_set_text (cell, plancia_comparison_row_get_by (row));
  gtk_widget_set_tooltip_text (cell, plancia_comparison_row_get_by (row));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  if (spec->text == name_text)
    tint (gtk_list_item_get_child (item), NULL);
  if (spec->text == by_text)
    g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item),
                                          gtk_list_item_get_child (item));
}

/* --- columns --------------------------------------------------------------------------------- */

void
plancia_compare_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    const char         *title = g_dpgettext2 (NULL, "column", specs[i].title);
    g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &specs[i]);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) &specs[i]);
    g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) &specs[i]);
    gtk_column_view_column_set_expand (column, specs[i].width == 0);
    if (specs[i].xalign == 1)
      plancia_column_titles_set_numbers (column);
    gtk_column_view_append_column (view, column);
  }
  plancia_column_titles_align (view);
}

/**
 * plancia_compare_columns_arrange:
 * @narrow: there is no room for all
 * @scale: at least 1
 *
 * GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none.
 */
void
plancia_compare_columns_arrange (GtkColumnView *view, gboolean narrow, double scale)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    int      width = narrow ? specs[i].narrow_width : specs[i].width;
    gboolean shown = width > 0 || specs[i].width == 0;

    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, (int) round (width * scale));
    gtk_column_view_column_set_visible (column, shown);
  }
}
