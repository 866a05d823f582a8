/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Names for a screen reader where libadwaita 1.2 gives none: the switch of an expander row goes by the row's title, the
 * button of a password row by what it does. Once, when the row is there. Main thread. */
void plancia_row_names_complete (GtkWidget *row);
/* Both parts of a split button go by their tooltips. */
void plancia_row_names_complete_split (AdwSplitButton *button);

G_END_DECLS
