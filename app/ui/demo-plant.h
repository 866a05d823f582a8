/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"
#include "simulator/simulator.h"

G_BEGIN_DECLS

/* The demo plant: a simulator inside this program, on loopback, and the document that describes what it serves. While
 * it runs the program's clock shows the simulated time. Main thread. */
#define PLANCIA_TYPE_DEMO_PLANT (plancia_demo_plant_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDemoPlant, plancia_demo_plant, PLANCIA, DEMO_PLANT, GObject)

/* Starts the simulator on a worker, some 100 ms. */
void plancia_demo_plant_new_async (GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
/* (transfer full) */
PlanciaDemoPlant *plancia_demo_plant_new_finish (GAsyncResult *result, GError **error);
PlanciaPlant     *plancia_demo_plant_get_plant (PlanciaDemoPlant *self);     /* (transfer none) */
PlanciaSimulator *plancia_demo_plant_get_simulator (PlanciaDemoPlant *self); /* (transfer none) */
/* Simulated devices have names of their own, which neither the language nor a person changes. (transfer none) */
const char *plancia_demo_plant_find_device (PlanciaDemoPlant *self, const char *id);
const char *plancia_demo_plant_get_title (PlanciaDemoPlant *self, const char *device);
/* What devices or accounts do wrong: as plancia_simulator_set_fault; "none" is sound. */
const char *plancia_demo_plant_get_fault (PlanciaDemoPlant *self, const char *device);
gboolean    plancia_demo_plant_set_fault (PlanciaDemoPlant *self,
                                          const char       *device,
                                          const char       *fault,
                                          GError          **error);
/* The program's clock shows the simulated time from now on. */
void plancia_demo_plant_set_clock (PlanciaDemoPlant *self);
/* Stops the simulator on the worker. */
void plancia_demo_plant_stop_async (PlanciaDemoPlant   *self,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
void plancia_demo_plant_stop_finish (PlanciaDemoPlant *self, GAsyncResult *result);

G_END_DECLS
