/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The cells of the roster of inverters behind a PSC 100. */
typedef enum {
  PLANCIA_PSC_CELL_NUMBER,
  PLANCIA_PSC_CELL_NAME,
  PLANCIA_PSC_CELL_SERIAL,
  PLANCIA_PSC_CELL_CHECK,
  PLANCIA_PSC_CELL_BAR,
  PLANCIA_PSC_CELL_POWER,
  PLANCIA_PSC_CELL_STATE,
  PLANCIA_N_PSC_CELLS,
} PlanciaPscCell;

/* Items are PlanciaDevice; narrow: signs without their words; a cell follows its device while it is bound. (transfer full) */
GtkListItemFactory *plancia_psc_cells_new (PlanciaPscCell cell, GTimeZone *zone, gboolean narrow);
/* "SIM350KTL00011", or NULL before it was read. */
const char *plancia_psc_cells_serial (PlanciaDevice *inverter);

G_END_DECLS
