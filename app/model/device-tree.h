/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* GListModel of the root PlanciaDevices of a plant; the first is the whole plant. Children through
 * plancia_device_get_children. Main thread. Signal "starred-changed" (). */
#define PLANCIA_TYPE_DEVICE_TREE (plancia_device_tree_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceTree, plancia_device_tree, PLANCIA, DEVICE_TREE, GObject)

PlanciaDeviceTree *plancia_device_tree_new (PlanciaPlant *plant);
void               plancia_device_tree_sync (PlanciaDeviceTree *self); /* entries came or went */
/* The only way values enter the models. Unknown devices are ignored. */
void           plancia_device_tree_apply (PlanciaDeviceTree *self, PlanciaReadings *readings);
PlanciaDevice *plancia_device_tree_find (PlanciaDeviceTree *self, const char *id);
PlanciaDevice *plancia_device_tree_get_plant (PlanciaDeviceTree *self); /* the whole-plant line */
/* All leaves in tree order. (transfer container) GPtrArray of PlanciaDevice*. */
GPtrArray *plancia_device_tree_list (PlanciaDeviceTree *self);
/* Registers that the user gave a star, of any device with that map: "MAP/KEY". They are recorded, whatever the map says. */
void     plancia_device_tree_set_starred (PlanciaDeviceTree *self, const char *const *entries);
gboolean plancia_device_tree_is_starred (PlanciaDeviceTree *self, const char *map, const char *key);

G_END_DECLS
