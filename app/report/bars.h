/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/energy.h"
#include "report/language.h"
#include <cairo.h>

G_BEGIN_DECLS

/* Energies as bars on paper: what was used at once, went to the battery and to the grid, one on the other, what came from the grid below;
 * a line across for what was produced in the other stretch; hatched where nothing is known. Any thread, one at a time. */
typedef struct _PlanciaBars PlanciaBars;

/* title, subtitle: above, or NULL. */
PlanciaBars *
plancia_bars_new (PlanciaReportLanguage *language, const char *title, const char *subtitle);
/* other: of the other stretch, or NULL. now: what begins later is neither known nor missing. Copied. */
void plancia_bars_add (PlanciaBars            *self,
                       const char             *label,
                       const PlanciaEnergySum *sum,
                       const PlanciaEnergySum *other,
                       gint64                  now);
/* What the line across is called in the legend; NULL: there is none. */
void  plancia_bars_set_other (PlanciaBars *self, const char *words);
guint plancia_bars_get_n (PlanciaBars *self);
/* From the origin. */
void plancia_bars_draw (PlanciaBars *self, cairo_t *cr, double width, double height);
void plancia_bars_free (PlanciaBars *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaBars, plancia_bars_free)

G_END_DECLS
