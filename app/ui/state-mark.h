/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The mark of a connection's state: six shapes that differ in grey too, drawn in a square of 12 px (rows) or more
 * (banners). Properties "mark" (guint, a PlanciaMark) and "size" (int, px). */
#define PLANCIA_TYPE_STATE_MARK (plancia_state_mark_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStateMark, plancia_state_mark, PLANCIA, STATE_MARK, GtkWidget)

GtkWidget  *plancia_state_mark_new (PlanciaMark mark, int size);
PlanciaMark plancia_state_mark_get_mark (PlanciaStateMark *self);
void        plancia_state_mark_set_mark (PlanciaStateMark *self, PlanciaMark mark);
/* "Live", "Failing", ... translated. */
const char *plancia_mark_name (PlanciaMark mark);

G_END_DECLS
