/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Recordings of visits lie in one folder, whatever plant they are of; each has its plant in it. Blocking. */

/* (transfer full) */
char *plancia_parcel_recordings_dup_folder (void);
/* Names of those of a plant, sorted. (transfer full) GPtrArray of char*. */
GPtrArray *plancia_parcel_recordings_list (const char *plant_id);

G_END_DECLS
