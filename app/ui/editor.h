/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The control with which a person chooses a new value for a register. It writes nothing and stages nothing by itself.
 * Main thread. Signals: "changed" () another value is chosen, "activate" () Return in an entry. */
#define PLANCIA_TYPE_EDITOR (plancia_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (PlanciaEditor, plancia_editor, PLANCIA, EDITOR, AdwBin)

struct _PlanciaEditorClass
{
  AdwBinClass parent_class;

  void (*set_row) (PlanciaEditor *self, PlanciaRegisterRow *row);
  gboolean (*get_value) (PlanciaEditor *self, PlanciaValue *out, GError **error);
  gboolean (*stage) (PlanciaEditor *self, PlanciaRegisterModel *model, GError **error);
  void (*set_wrong) (PlanciaEditor *self, gboolean wrong);
};

/* The right control for the type of the field, showing the staged value, or else the present one. (transfer floating) */
PlanciaEditor      *plancia_editor_new (PlanciaRegisterModel *model, PlanciaRegisterRow *row);
PlanciaRegisterRow *plancia_editor_get_row (PlanciaEditor *self);
/* What the value starts from: the staged one, or else the present one; of kind NONE if there is neither. */
const PlanciaValue *plancia_editor_get_start (PlanciaEditor *self);
/* The chosen value, not yet checked against the limits. out need not be initialised; clear it. The message of the
 * error is translated: it is for people. */
gboolean plancia_editor_get_value (PlanciaEditor *self, PlanciaValue *out, GError **error);
gboolean plancia_editor_stage (PlanciaEditor *self, PlanciaRegisterModel *model, GError **error);
/* Shows that the value cannot be taken. */
void plancia_editor_set_wrong (PlanciaEditor *self, gboolean wrong);

/* For implementations. */
void plancia_editor_emit_changed (PlanciaEditor *self);
void plancia_editor_emit_activate (PlanciaEditor *self);
void plancia_editor_set_error (GError **error, const char *text);

G_END_DECLS
