/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-columns.h"

#include "model/traffic-words.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>
#include <math.h>

typedef void (*CellUpdate) (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone);

typedef struct
{
  const char *title;
  int         width; /* 0: takes the rest */
  float       xalign;
  const char *css_classes;
  CellUpdate  update;
  gboolean    hideable; /* when narrow */
} ColumnSpec;

/* --- cells ----------------------------------------------------------------------------------- */

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* GTK 4.8 has no factory for rows: the class goes to the parent of the cell's parent. */
static void
tint (GtkWidget *cell, PlanciaTrafficRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *line = parent ? gtk_widget_get_parent (parent) : NULL;

  if (line)
    set_class (line, "bad", row && plancia_traffic_row_is_bad (row));
}

static void
update_time (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  g_autofree char *text =
    plancia_traffic_row_dup_clock (row, plancia_traffic_row_is_answer (row), zone);

  plancia_register_cell_set_text (cell, text);
  tint (cell, row);
}

/* Not mirrored: it is a direction between two machines. */
static void
update_direction (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  gboolean answer = plancia_traffic_row_is_answer (row);

  plancia_register_cell_set_text (cell, answer ? "\u2190" : "\u2192");
  gtk_widget_set_tooltip_text (cell, answer ? _("Received") : _("Sent"));
}

static void
update_device (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  plancia_register_cell_set_text (cell, plancia_traffic_row_get_device (row));
}

static void
update_function (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  const PlanciaExchange *exchange = plancia_traffic_row_get_exchange (row);
  gboolean               answer = plancia_traffic_row_is_answer (row);
  GtkWidget             *icon = gtk_widget_get_first_child (cell);
  GtkWidget             *text = gtk_widget_get_last_child (cell);
  g_autofree char       *function = plancia_traffic_words_function (exchange, answer);
  gboolean               bad = plancia_traffic_row_is_bad (row);
  gboolean               mild = exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION;

  plancia_register_cell_set_text (text, function);
  gtk_widget_set_visible (icon, bad);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon),
                                mild ? "plancia-severity-warning-symbolic"
                                     : "plancia-severity-fault-symbolic");
  set_class (cell, "warn-ink", bad && mild);
  set_class (cell, "error-ink", bad && !mild);
}

static void
update_summary (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  g_autofree char *summary = plancia_traffic_words_summary (plancia_traffic_row_get_exchange (row),
                                                            plancia_traffic_row_is_answer (row));

  plancia_register_cell_set_text (cell, summary);
}

static void
update_ms (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  const PlanciaExchange *exchange = plancia_traffic_row_get_exchange (row);
  double                 ms = exchange->duration / 1000.0;
  g_autofree char       *text = NULL;

  if (plancia_traffic_row_is_answer (row) && exchange->n_sent > 0)
    text = g_strdup_printf (ms < 1 ? "%.2f" : ms < 10 ? "%.1f" : "%.0f", ms);
  plancia_register_cell_set_text (cell, text ? text : "");
}

static void
update_bytes (GtkWidget *cell, PlanciaTrafficRow *row, GTimeZone *zone)
{
  guint            length = plancia_traffic_row_get_length (row);
  g_autofree char *text = length > 0 ? g_strdup_printf ("%u", length) : g_strdup ("");

  plancia_register_cell_set_text (cell, text);
}

/* clang-format off */
static const ColumnSpec specs[] = {
  {NC_ ("column", "Time"), 118, 1, "numeric kv-key", update_time, FALSE},
  {"", 34, .5f, "dir", update_direction, FALSE},
  {NC_ ("column", "Device"), 132, 0, "", update_device, TRUE},
  {NC_ ("column", "Function"), 152, 0, "", update_function, FALSE},
  {NC_ ("column", "Summary"), 0, 0, "numeric", update_summary, FALSE},
  {"ms", 48, 1, "numeric kv-key", update_ms, TRUE},
  {NC_ ("column", "Bytes"), 52, 1, "numeric kv-key", update_bytes, TRUE},
};
/* clang-format on */

static GtkWidget *
make_function_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), plancia_register_cell_text_new (0, "numeric"));
  gtk_widget_add_css_class (box, "traffic-function");
  return box;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  GtkWidget *cell = spec->update == update_function
                      ? make_function_cell ()
                      : plancia_register_cell_text_new (spec->xalign, spec->css_classes);

  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  spec->update (gtk_list_item_get_child (item),
                gtk_list_item_get_item (item),
                g_object_get_data (G_OBJECT (factory), "zone"));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  if (spec->update == update_time)
    tint (gtk_list_item_get_child (item), NULL);
}

/* --- columns --------------------------------------------------------------------------------- */

static void
add_column (GtkColumnView *view, const ColumnSpec *spec, GTimeZone *zone)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const char         *title = spec->title[0] ? g_dpgettext2 (NULL, "column", spec->title) : "";
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_object_set_data_full (G_OBJECT (factory),
                          "zone",
                          g_time_zone_ref (zone),
                          (GDestroyNotify) g_time_zone_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) spec);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) spec);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) spec);
  gtk_column_view_column_set_expand (column, spec->width == 0);
  if (spec->xalign == 1)
    plancia_column_titles_set_numbers (column);
  gtk_column_view_append_column (view, column);
}

/**
 * plancia_traffic_columns_add:
 * @view: without columns
 * @zone: for times
 */
void
plancia_traffic_columns_add (GtkColumnView *view, GTimeZone *zone)
{
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    add_column (view, &specs[i], zone);
  plancia_column_titles_align (view);
  plancia_traffic_columns_arrange (view, FALSE, 1);
}

/**
 * plancia_traffic_columns_arrange:
 * @narrow: there is no room for all
 * @scale: at least 1
 *
 * GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none.
 */
void
plancia_traffic_columns_arrange (GtkColumnView *view, gboolean narrow, double scale)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    gboolean shown = !narrow || !specs[i].hideable;

    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column,
                                              shown ? (int) round (specs[i].width * scale) : 0);
    gtk_column_view_column_set_visible (column, shown);
  }
}
