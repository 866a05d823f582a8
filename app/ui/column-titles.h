/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A title stands over its numbers; GtkColumnView of 4.8 has no word for it. */

/* Marks a column as one of numbers, whose title stands at the end. */
void plancia_column_titles_set_numbers (GtkColumnViewColumn *column);
/* Once the columns are there, and again after a title was changed. */
void plancia_column_titles_align (GtkColumnView *view);

G_END_DECLS
