/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Card with what is inside a PSC 100, as the vendor's document lists it, and what can be read of it. What cannot be
 * read says so. Main thread. */
#define PLANCIA_TYPE_PSC_PANEL (plancia_psc_panel_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPscPanel, plancia_psc_panel, PLANCIA, PSC_PANEL, GtkBox)

GtkWidget *plancia_psc_panel_new (void);
void       plancia_psc_panel_set_device (PlanciaPscPanel *self, PlanciaDevice *device);
/* The device or its connection moved. */
void plancia_psc_panel_update (PlanciaPscPanel *self);

G_END_DECLS
