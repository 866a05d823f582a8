/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"
#include "model/device-tree.h"
#include "model/quantity.h"

G_BEGIN_DECLS

/* The name under which the store keeps what was read here. */
#define PLANCIA_RECORDER_SOURCE "local"

/* Keeps what devices say while a plant is open, each value at the pace at which it is read (at most once a second): the
 * normalised quantities, under the portal's names where it has one, and every register that its map or a star wants kept and that
 * is no such quantity, under its own. What the store cannot take waits until it takes something again, some minutes' worth. It
 * never says that a span is covered: a time without a sample was not asked for. Main
 * thread. */
#define PLANCIA_TYPE_RECORDER (plancia_recorder_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRecorder, plancia_recorder, PLANCIA, RECORDER, GObject)

/* Begins at once; ends with the last reference. */
PlanciaRecorder *plancia_recorder_new (PlanciaDeviceTree *tree, PlanciaStore *store);
/* Keeps a device's newest values now, unless it did already or they are old. */
gboolean plancia_recorder_record (PlanciaRecorder *self, PlanciaDevice *device);
/* What a recorder would keep of a device's values now: those that were read after a time, ms UTC. Quantities get time. */
void plancia_recorder_sample (PlanciaDeviceTree *tree,
                              PlanciaDevice     *device,
                              gint64             time,
                              gint64             after,
                              PlanciaSamples    *samples);
/* Of the newest reading of a device, or of the devices in a group, such as a PSC panel; 0: there is none. */
gint64 plancia_recorder_newest_time (PlanciaDevice *device);
/* A quantity out of samples that a recorder made. */
gboolean plancia_recorder_compute (PlanciaQuantity       quantity,
                                   PlanciaQuantityLookup lookup,
                                   gpointer              user_data,
                                   double               *value);

G_END_DECLS
