/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "model/unit-sweep.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Looks for units on a line of a HUB or on an RS485 port: progress, time left, stop; what is found goes into the plant
 * with one click. Nothing is sent before Start, and nothing is written ever. */
#define PLANCIA_TYPE_SWEEP_DIALOG (plancia_sweep_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSweepDialog, plancia_sweep_dialog, PLANCIA, SWEEP_DIALOG, AdwWindow)

gboolean plancia_sweep_dialog_is_possible (PlanciaDevice *device);
/* device: the line, or something on it. */
GtkWindow *
plancia_sweep_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device);
/* On a line of which the plant has nothing yet. */
GtkWindow *plancia_sweep_dialog_new_for_address (GtkWindow        *parent,
                                                 PlanciaOpenPlant *plant,
                                                 PlanciaAddress   *address);
/* As the button does, without the HUB's question. */
void plancia_sweep_dialog_start (PlanciaSweepDialog *self);

G_END_DECLS
