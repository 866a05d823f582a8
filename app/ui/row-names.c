/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/row-names.h"

#include <glib/gi18n.h>

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* The one that shows what is typed is behind the one that applies it. */
static GtkWidget *
find_last_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_last_child (widget); child && !found;
       child = gtk_widget_get_prev_sibling (child))
    found = find_last_button (child);
  return found;
}

static void
name (GtkWidget *widget, const char *text)
{
  if (widget)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    text,
                                    -1);
}

/**
 * plancia_row_names_complete:
 * @row: an AdwExpanderRow with a switch, or an AdwPasswordEntryRow
 */
void
plancia_row_names_complete (GtkWidget *row)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  if (ADW_IS_PASSWORD_ENTRY_ROW (row))
    name (find_last_button (row), _("Show or hide what is typed"));
  else
    name (find (row, GTK_TYPE_SWITCH), title);
}

void
plancia_row_names_complete_split (AdwSplitButton *button)
{
  /* Its own label is empty where there is no room for it. */
  name (find (GTK_WIDGET (button), GTK_TYPE_BUTTON),
        gtk_widget_get_tooltip_text (GTK_WIDGET (button)));
  name (find (GTK_WIDGET (button), GTK_TYPE_MENU_BUTTON),
        adw_split_button_get_dropdown_tooltip (button));
}
