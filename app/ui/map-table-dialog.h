/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The words for the values or for the bits of a register: numbers and words, line by line. Signal "applied" () when the map has
 * taken them. */
#define PLANCIA_TYPE_MAP_TABLE_DIALOG (plancia_map_table_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapTableDialog,
                      plancia_map_table_dialog,
                      PLANCIA,
                      MAP_TABLE_DIALOG,
                      AdwWindow)

/* member: "values" or "bits". (transfer none): the dialog, shown */
GtkWidget *plancia_map_table_dialog_show (GtkWindow         *parent,
                                          PlanciaMapEdit    *edit,
                                          PlanciaMapEditRow *row,
                                          const char        *member);

G_END_DECLS
