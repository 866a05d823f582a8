/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/column-titles.h"

#define NUMBERS "plancia-numbers"

static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) ? widget : NULL;
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

static void
move_to_end (GtkWidget *title)
{
  GtkWidget *label = find_label (title);

  if (!label)
    return;
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
}

void
plancia_column_titles_set_numbers (GtkColumnViewColumn *column)
{
  g_object_set_data (G_OBJECT (column), NUMBERS, GINT_TO_POINTER (TRUE));
}

void
plancia_column_titles_align (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkWidget  *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget  *title = header ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title && i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (g_object_get_data (G_OBJECT (column), NUMBERS))
      move_to_end (title);
    title = gtk_widget_get_next_sibling (title);
  }
}
