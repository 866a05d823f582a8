/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The keys that scroll a GtkScrollable: arrows, page up and down, home, end. For class_init. */
void plancia_console_keys_add (GtkWidgetClass *widget_class);

G_END_DECLS
