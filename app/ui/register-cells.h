/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Cells of the register table: each kind is made once for a place on screen and then shows one row after the other.
 * An update touches only what is other than before. Main thread. */
GtkWidget *plancia_register_cell_text_new (float xalign, const char *css_classes);
void       plancia_register_cell_set_text (GtkWidget *cell, const char *text);
/* Marked for some seconds after its value moved; both times in ms UTC, changed 0: never. */
void plancia_register_cell_set_moved (GtkWidget *cell, gint64 changed, gint64 now);

GtkWidget *plancia_register_cell_star_new (void); /* a GtkButton */
void       plancia_register_cell_star_update (GtkWidget *cell, PlanciaRegisterRow *row);
/* "0.0 -> 6.0" while staged, else the value. */
GtkWidget *plancia_register_cell_value_new (void);
void       plancia_register_cell_value_update (GtkWidget *cell, PlanciaRegisterRow *row);
/* Only whether it moved just now. */
void plancia_register_cell_value_mark (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_name_update (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_unit_update (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_raw_update (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_address_update (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_access_update (GtkWidget *cell, PlanciaRegisterRow *row);
void plancia_register_cell_age_update (GtkWidget *cell, PlanciaRegisterRow *row);
/* Tints the whole line of the table while the row is staged; row NULL: the cell is let go. */
void plancia_register_cell_tint (GtkWidget *cell, PlanciaRegisterRow *row);

/* The sign between an old and a new value, in the direction of reading. */
const char *plancia_register_arrow (void);

G_END_DECLS
