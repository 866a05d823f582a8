/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a window that goes with its parent ("destroy-with-parent") and that a task may keep alive longer: puts it over parent
 * (nullable), and takes the pointer to the parent away when that is destroyed. Once, right after the window was made. */
void plancia_window_parent_set (GtkWindow *window, GtkWindow *parent);

G_END_DECLS
