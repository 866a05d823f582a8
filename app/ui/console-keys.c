/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-keys.h"

static gboolean
scroll_key_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkAdjustment) adjustment = NULL;
  int    step = g_variant_get_int32 (parameter);
  double value, page, end;

  g_object_get (widget, "vadjustment", &adjustment, NULL);
  value = gtk_adjustment_get_value (adjustment);
  page = gtk_adjustment_get_page_size (adjustment);
  end = gtk_adjustment_get_upper (adjustment) - page;
  if (ABS (step) == 1)
    value += step * gtk_adjustment_get_step_increment (adjustment);
  else if (ABS (step) == 2)
    value += step * page / 2;
  else
    value = step < 0 ? 0 : end;
  gtk_adjustment_set_value (adjustment, value);
  return TRUE;
}

/**
 * plancia_console_keys_add:
 * @widget_class: of something that scrolls
 */
void
plancia_console_keys_add (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int   step; /* 1 a line, 2 a page, 3 everything */
  } keys[] = {
    {GDK_KEY_Up,        -1},
    {GDK_KEY_Down,      1 },
    {GDK_KEY_Page_Up,   -2},
    {GDK_KEY_Page_Down, 2 },
    {GDK_KEY_Home,      -3},
    {GDK_KEY_End,       3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, scroll_key_cb, "i", keys[i].step);
}
