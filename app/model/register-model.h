/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"

G_BEGIN_DECLS

/* GListModel of PlanciaRegisterRow for one device, in map order. Only rows whose value changed notify. Main thread.
 * Signal "staged-changed" (). */
#define PLANCIA_TYPE_REGISTER_MODEL (plancia_register_model_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterModel,
                      plancia_register_model,
                      PLANCIA,
                      REGISTER_MODEL,
                      GObject)

PlanciaRegisterModel *plancia_register_model_new (PlanciaMap *map);
PlanciaMap           *plancia_register_model_get_map (PlanciaRegisterModel *self);
void plancia_register_model_apply (PlanciaRegisterModel *self, PlanciaReadings *readings);
/* One reading, whatever batch it came in. Unknown keys are ignored. */
void
plancia_register_model_apply_reading (PlanciaRegisterModel *self, const PlanciaReading *reading);
PlanciaRegisterRow *plancia_register_model_find (PlanciaRegisterModel *self, const char *key);
/* Checks range, step, access first. A value equal to the present one unstages. */
gboolean plancia_register_model_stage (PlanciaRegisterModel *self,
                                       PlanciaRegisterRow   *row,
                                       const PlanciaValue   *value,
                                       GError              **error);
/* The same, but what the device has now is staged too. */
gboolean plancia_register_model_stage_always (PlanciaRegisterModel *self,
                                              PlanciaRegisterRow   *row,
                                              const PlanciaValue   *value,
                                              GError              **error);
void     plancia_register_model_unstage (PlanciaRegisterModel *self, PlanciaRegisterRow *row);
void     plancia_register_model_discard (PlanciaRegisterModel *self);
guint    plancia_register_model_get_n_staged (PlanciaRegisterModel *self);
/* What the staged edits are for, as the journal has it: "restore", "clone", "undo"; forgotten with the last of them. Static; "write" if nothing
 * was said. */
void        plancia_register_model_set_purpose (PlanciaRegisterModel *self,
                                                const char           *purpose,
                                                const char           *origin);
const char *plancia_register_model_get_purpose (PlanciaRegisterModel *self);
/* Where they come from, in words: "Snapshot of …", for the journal's note; or NULL. */
const char *plancia_register_model_get_origin (PlanciaRegisterModel *self);
/* (transfer full) GPtrArray of PlanciaEdit*. */
GPtrArray *plancia_register_model_get_edits (PlanciaRegisterModel *self);
/* Verified rows are unstaged; failed and unknown ones stay staged. */
void plancia_register_model_set_outcomes (PlanciaRegisterModel *self, GPtrArray *outcomes);

G_END_DECLS
