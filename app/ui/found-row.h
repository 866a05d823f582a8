/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/finding.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Something that was found: check, kind, name, where and how, how much is known. Main thread. Property that notifies:
 * "checked" (gboolean). Signal "try" (): a person asks for a serial port to be asked. */
#define PLANCIA_TYPE_FOUND_ROW (plancia_found_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFoundRow, plancia_found_row, PLANCIA, FOUND_ROW, AdwActionRow)

/* Checked, but for serial ports and what is in the plant already. */
GtkWidget      *plancia_found_row_new (PlanciaFinding *finding, gboolean in_plant);
void            plancia_found_row_set (PlanciaFoundRow *self, PlanciaFinding *finding);
PlanciaFinding *plancia_found_row_get (PlanciaFoundRow *self); /* (transfer none) */
gboolean        plancia_found_row_get_checked (PlanciaFoundRow *self);

G_END_DECLS
