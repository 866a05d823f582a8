/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window-parent.h"

static void
parent_destroy_cb (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

/* GTK 4.8 destroys such a window with its parent, but leaves the pointer in it and follows it when the last reference
 * goes. Its own handler is the first, as it is connected before this one. */
void
plancia_window_parent_set (GtkWindow *window, GtkWindow *parent)
{
  gtk_window_set_transient_for (window, parent);
  if (parent)
    g_signal_connect_object (parent,
                             "destroy",
                             G_CALLBACK (parent_destroy_cb),
                             window,
                             G_CONNECT_SWAPPED);
}
