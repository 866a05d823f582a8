/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the register table: star, name, value, unit, raw, address, R/W, age. Cells follow their row's
 * "serial"; ages are redrawn once a second while the table is on screen. Which columns are shown, and how wide the
 * movable ones are, is kept in the settings. Main thread.
 * Signal "star" (PlanciaRegisterRow*, gboolean starred): a person clicked the star. */
#define PLANCIA_TYPE_REGISTER_COLUMNS (plancia_register_columns_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterColumns,
                      plancia_register_columns,
                      PLANCIA,
                      REGISTER_COLUMNS,
                      GObject)

/* Appends the columns to view, which must outlive this object or end with it. */
PlanciaRegisterColumns *plancia_register_columns_new (GtkColumnView *view);
/* narrow: only star, name, value and unit. */
void plancia_register_columns_set_narrow (PlanciaRegisterColumns *self, gboolean narrow);
/* Height of the text against the usual one; the widths follow. From 1.25 on the raw column goes. */
void plancia_register_columns_set_scale (PlanciaRegisterColumns *self, double scale);
/* Toggles for the columns that may be hidden: actions column-raw, ... and a menu of prefix.column-raw, ... */
void        plancia_register_columns_add_actions (PlanciaRegisterColumns *self, GActionMap *map);
GMenuModel *plancia_register_columns_create_menu (PlanciaRegisterColumns *self, const char *prefix);
/* Where the name of the row stands, in the coordinates of relative; FALSE if the row is not on screen. */
gboolean plancia_register_columns_find (PlanciaRegisterColumns *self,
                                        PlanciaRegisterRow     *row,
                                        GtkWidget              *relative,
                                        graphene_rect_t        *bounds);

G_END_DECLS
