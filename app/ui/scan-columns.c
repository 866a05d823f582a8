/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/scan-columns.h"

#include "model/address-scan.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>

typedef char *(*CellText) (PlanciaScanSpan *span);

typedef struct
{
  const char *title;
  int         width; /* 0: takes the rest */
  float       xalign;
  const char *css_classes;
  CellText    text;
} ColumnSpec;

static char *
first_text (PlanciaScanSpan *span)
{
  return g_strdup_printf ("%04X", plancia_scan_span_get_first (span));
}

static char *
last_text (PlanciaScanSpan *span)
{
  return g_strdup_printf ("%04X", plancia_scan_span_get_last (span));
}

static char *
count_text (PlanciaScanSpan *span)
{
  return g_strdup_printf ("%u",
                          plancia_scan_span_get_last (span) - plancia_scan_span_get_first (span) +
                            1);
}

static char *
answer_text (PlanciaScanSpan *span)
{
  switch (plancia_scan_span_get_verdict (span)) {
  case PLANCIA_SCAN_ANSWERS:
    return g_strdup (_ ("answers"));
  case PLANCIA_SCAN_REFUSED:
    /* TRANSLATORS: %u is the number of a Modbus exception */
    return g_strdup_printf (_ ("refused, exception %u"), plancia_scan_span_get_exception (span));
  case PLANCIA_SCAN_SILENT:
    return g_strdup (_ ("no answer"));
  case PLANCIA_SCAN_LEFT_OUT:
    return g_strdup (_ ("left out: the map says that it must not be read"));
  case PLANCIA_SCAN_UNKNOWN:
  case PLANCIA_N_SCAN_VERDICTS:
  default:
    return g_strdup ("");
  }
}

/* clang-format off */
static const ColumnSpec specs[] = {
  {NC_ ("column", "From"), 72, 0, "mono", first_text},
  {NC_ ("column", "To"), 72, 0, "mono", last_text},
  {NC_ ("column", "Registers"), 84, 1, "numeric", count_text},
  {NC_ ("column", "Answer"), 0, 0, "", answer_text},
};
/* clang-format on */

static void
update (GtkListItem *item, const ColumnSpec *spec)
{
  PlanciaScanSpan *span = gtk_list_item_get_item (item);
  GtkWidget       *cell = gtk_list_item_get_child (item);
  g_autofree char *text = spec->text (span);

  plancia_register_cell_set_text (cell, text);
  if (spec->text != answer_text)
    return;
  gtk_widget_set_tooltip_text (cell, text);
  if (plancia_scan_span_get_verdict (span) == PLANCIA_SCAN_ANSWERS)
    gtk_widget_remove_css_class (cell, "kv-key");
  else
    gtk_widget_add_css_class (cell, "kv-key");
}

static void
grown_cb (PlanciaScanSpan *span, GParamSpec *pspec, GtkListItem *item)
{
  update (item, g_object_get_data (G_OBJECT (item), "spec"));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  g_object_set_data (G_OBJECT (item), "spec", (gpointer) spec);
  gtk_list_item_set_child (item, plancia_register_cell_text_new (spec->xalign, spec->css_classes));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  g_signal_connect (gtk_list_item_get_item (item), "notify::last", G_CALLBACK (grown_cb), item);
  update (item, spec);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

void
plancia_scan_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    const char         *title = g_dpgettext2 (GETTEXT_PACKAGE, "column", specs[i].title);
    g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &specs[i]);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) &specs[i]);
    g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) &specs[i]);
    gtk_column_view_column_set_expand (column, specs[i].width == 0);
    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, specs[i].width);
    if (specs[i].xalign == 1)
      plancia_column_titles_set_numbers (column);
    gtk_column_view_append_column (view, column);
  }
  plancia_column_titles_align (view);
}
