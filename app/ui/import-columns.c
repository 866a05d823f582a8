/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/import-columns.h"

#include "base/signal-new.h"

#include <glib/gi18n.h>

#define PREVIEW_ROWS 5
#define CELL_WIDTH   14 /* characters */

static const char separators[] = {';', '\t', ',', '|'};

struct _PlanciaImportColumns
{
  GtkBox parent_instance;

  AdwComboRow *preset_row;
  AdwComboRow *separator_row;
  AdwComboRow *encoding_row;
  AdwComboRow *address_row;
  AdwComboRow *decimal_row;
  AdwComboRow *order_row;
  GtkGrid     *grid;

  PlanciaTableLayout layout;
  guint              n_columns;
  gboolean           filling; /* the program changes it, not a person */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaImportColumns, plancia_import_columns, GTK_TYPE_BOX)

/* Hexadecimal, decimal, from one, like 40001: base and start in one choice. */
static guint
address_choice (const PlanciaTableLayout *layout)
{
  if (layout->start == PLANCIA_ADDRESS_MODICON)
    return 3;
  if (layout->start == PLANCIA_ADDRESS_FROM_ONE)
    return 2;
  return layout->base == PLANCIA_ADDRESS_HEXADECIMAL ? 0 : 1;
}

static void
take_address_choice (PlanciaTableLayout *layout, guint choice)
{
  static const PlanciaAddressStart starts[] = {PLANCIA_ADDRESS_FROM_ZERO,
                                               PLANCIA_ADDRESS_FROM_ZERO,
                                               PLANCIA_ADDRESS_FROM_ONE,
                                               PLANCIA_ADDRESS_MODICON};

  layout->base = choice == 0 ? PLANCIA_ADDRESS_HEXADECIMAL : PLANCIA_ADDRESS_DECIMAL;
  layout->start = starts[MIN (choice, 3)];
}

static void
changed_cb (PlanciaImportColumns *self)
{
  if (self->filling)
    return;
  take_address_choice (&self->layout, adw_combo_row_get_selected (self->address_row));
  self->layout.decimal_comma = adw_combo_row_get_selected (self->decimal_row) == 1;
  self->layout.little_words = adw_combo_row_get_selected (self->order_row) == 1;
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static void
show_columns (PlanciaImportColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++) {
    GtkWidget *drop = gtk_grid_get_child_at (self->grid, (int) i, 0);

    gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), self->layout.columns[i]);
  }
}

/* The choices are in the order of PlanciaTablePreset. */
static void
preset_cb (PlanciaImportColumns *self)
{
  guint preset = adw_combo_row_get_selected (self->preset_row);

  if (self->filling || preset > PLANCIA_TABLE_IOBROKER)
    return;
  plancia_table_layout_apply (&self->layout, preset);
  self->filling = TRUE;
  show_columns (self);
  adw_combo_row_set_selected (self->address_row, address_choice (&self->layout));
  self->filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

/* The cells themselves are others then, and so may be what they mean. */
static void
cells_cb (PlanciaImportColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

/* A meaning that another column had goes there no more: each is needed once. */
static void
column_cb (GtkDropDown *drop, GParamSpec *pspec, PlanciaImportColumns *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop), "column"));
  guint meaning = gtk_drop_down_get_selected (drop);

  if (self->filling || meaning >= PLANCIA_N_COLUMNS)
    return;
  self->filling = TRUE;
  for (guint i = 0; i < self->n_columns; i++) {
    GtkWidget *other = gtk_grid_get_child_at (self->grid, (int) i, 0);

    if (i != column && meaning != PLANCIA_COLUMN_IGNORE && self->layout.columns[i] == meaning) {
      self->layout.columns[i] = PLANCIA_COLUMN_IGNORE;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (other), PLANCIA_COLUMN_IGNORE);
    }
  }
  self->layout.columns[column] = meaning;
  self->layout.preset = PLANCIA_TABLE_OTHER;
  adw_combo_row_set_selected (self->preset_row, PLANCIA_TABLE_OTHER);
  self->filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static GtkWidget *
make_drop_down (PlanciaImportColumns *self, guint column)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *label = g_strdup_printf (_("What column %u holds"), column + 1);
  GtkWidget       *drop;

  for (guint i = 0; i < PLANCIA_N_COLUMNS; i++)
    gtk_string_list_append (titles, plancia_column_title (i));
  drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), self->layout.columns[column]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (drop, label);
  g_object_set_data (G_OBJECT (drop), "column", GUINT_TO_POINTER (column));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (column_cb), self);
  return drop;
}

static GtkWidget *
make_cell (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), CELL_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_WIDTH);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* The first rows that have an address. */
static void
fill_preview (PlanciaImportColumns *self, PlanciaDelimited *table)
{
  guint n_shown = 0;

  for (guint row = self->layout.first_row;
       row < plancia_delimited_get_n_rows (table) && n_shown < PREVIEW_ROWS;
       row++) {
    guint n_cells = 0;

    for (guint i = 0; i < self->n_columns; i++)
      n_cells += plancia_delimited_get_cell (table, row, i)[0] != '\0';
    if (n_cells < 2)
      continue;
    n_shown++;
    for (guint i = 0; i < self->n_columns; i++)
      gtk_grid_attach (self->grid,
                       make_cell (plancia_delimited_get_cell (table, row, i)),
                       (int) i,
                       (int) n_shown,
                       1,
                       1);
  }
}

static void
clear_grid (PlanciaImportColumns *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
}

static void
plancia_import_columns_class_init (PlanciaImportColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = plancia_signal_new (PLANCIA_TYPE_IMPORT_COLUMNS, "changed", 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, preset_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, separator_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, address_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, decimal_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, order_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaImportColumns, grid);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cells_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
}

static void
plancia_import_columns_init (PlanciaImportColumns *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

/**
 * plancia_import_columns_set_table:
 * @table: what was read
 * @layout: how
 */
void
plancia_import_columns_set_table (PlanciaImportColumns     *self,
                                  PlanciaDelimited         *table,
                                  const PlanciaTableLayout *layout)
{
  char separator = plancia_delimited_get_separator (table);

  self->filling = TRUE;
  self->layout = *layout;
  self->n_columns = plancia_delimited_get_n_columns (table);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++) {
    if (separators[i] == separator)
      adw_combo_row_set_selected (self->separator_row, i);
  }
  adw_combo_row_set_selected (self->preset_row, layout->preset);
  adw_combo_row_set_selected (self->encoding_row, plancia_delimited_is_code_page (table) ? 1 : 0);
  adw_combo_row_set_selected (self->address_row, address_choice (layout));
  adw_combo_row_set_selected (self->decimal_row, layout->decimal_comma ? 1 : 0);
  adw_combo_row_set_selected (self->order_row, layout->little_words ? 1 : 0);
  clear_grid (self);
  for (guint i = 0; i < self->n_columns; i++)
    gtk_grid_attach (self->grid, make_drop_down (self, i), (int) i, 0, 1, 1);
  fill_preview (self, table);
  self->filling = FALSE;
}

const PlanciaTableLayout *
plancia_import_columns_get_layout (PlanciaImportColumns *self)
{
  return &self->layout;
}

char
plancia_import_columns_get_separator (PlanciaImportColumns *self)
{
  guint chosen = adw_combo_row_get_selected (self->separator_row);

  return chosen < G_N_ELEMENTS (separators) ? separators[chosen] : '\0';
}

PlanciaEncoding
plancia_import_columns_get_encoding (PlanciaImportColumns *self)
{
  return adw_combo_row_get_selected (self->encoding_row) == 1 ? PLANCIA_ENCODING_WINDOWS_1252
                                                              : PLANCIA_ENCODING_GUESS;
}
