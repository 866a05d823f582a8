/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* The plant as JSON (format "plancia-plant", version 1). Unknown keys survive load and save. No
 * secrets. */

/* PLANCIA_DOCUMENT_ERROR names origin, key path and what. Any thread; the plant then belongs to the
 * main thread. (transfer full) */
PlanciaPlant *plancia_plant_file_parse (GBytes *bytes, const char *origin, GError **error);
/* (transfer full) pretty JSON. */
GBytes *plancia_plant_file_format (PlanciaPlant *plant);
/* Blocking parts for a worker: files over 4 MiB and what is no file are refused; writing is atomic (new file, fsync,
 * rename), the old one stays on any failure. */
GBytes       *plancia_plant_file_read (const char *path, GError **error); /* (transfer full) */
PlanciaPlant *plancia_plant_file_load (const char *path, GError **error);
gboolean      plancia_plant_file_save (const char *path, GBytes *formatted, GError **error);

G_END_DECLS
