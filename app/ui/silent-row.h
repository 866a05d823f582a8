/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/finding.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A place that did not answer: what happened, inside what may be done about it, with a command to copy for a serial port
 * that is closed to this user. Main thread. */
#define PLANCIA_TYPE_SILENT_ROW (plancia_silent_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSilentRow, plancia_silent_row, PLANCIA, SILENT_ROW, AdwExpanderRow)

GtkWidget *plancia_silent_row_new (PlanciaFinding *finding);
void       plancia_silent_row_set (PlanciaSilentRow *self, PlanciaFinding *finding);

G_END_DECLS
