/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* (transfer full) beside the store; in memory with it. */
PlanciaJournal *plancia_open_plant_create_journal (const char *store_path);
/* The record of one write to device, for plancia_backend_write_async. kind: "write", "undo", "raw", "restore", "clone"; note:
 * a person's words, or NULL. (transfer full) */
PlanciaWriteLog *plancia_open_plant_begin_log (PlanciaOpenPlant *self,
                                               PlanciaDevice    *device,
                                               const char       *kind,
                                               const char       *note);
/* Under which name the journal counts the writes of a device: its serial number if it was read, else its id. */
const char *plancia_device_get_journal_name (PlanciaDevice *device);

G_END_DECLS
