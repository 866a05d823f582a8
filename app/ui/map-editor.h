/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The editor of register maps. A map that ships is not changed: what is saved is a map of the person's own on top of it. */
#define PLANCIA_TYPE_MAP_EDITOR (plancia_map_editor_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapEditor, plancia_map_editor, PLANCIA, MAP_EDITOR, AdwWindow)

/* Signal "saved" (const char *id). Shown; the map appears when it is read. device: the one that uses the map from then on if it
 * uses it now. (transfer none) */
GtkWidget *plancia_map_editor_show (GtkWindow        *parent,
                                    PlanciaOpenPlant *plant,
                                    PlanciaDevice    *device,
                                    const char       *map);

G_END_DECLS
