/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor.h"

#include "base/error.h"
#include "base/signal-new.h"
#include "ui/clock-block.h"
#include "ui/editor-bits.h"
#include "ui/editor-clock.h"
#include "ui/editor-enumeration.h"
#include "ui/editor-number.h"
#include "ui/editor-text.h"

typedef struct
{
  PlanciaRegisterRow *row;
} PlanciaEditorPrivate;

enum {
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PlanciaEditor, plancia_editor, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static PlanciaEditorPrivate *
get_private (PlanciaEditor *self)
{
  return plancia_editor_get_instance_private (self);
}

static gboolean
stage_one (PlanciaEditor *self, PlanciaRegisterModel *model, GError **error)
{
  g_auto (PlanciaValue) value = {0};

  return plancia_editor_get_value (self, &value, error) &&
         plancia_register_model_stage (model, get_private (self)->row, &value, error);
}

static void
set_nothing_wrong (PlanciaEditor *self, gboolean wrong)
{
}

static GType
type_for (PlanciaRegisterModel *model, PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  if (plancia_clock_block_contains (plancia_register_model_get_map (model), field))
    return PLANCIA_TYPE_EDITOR_CLOCK;
  if (field->values != NULL)
    return PLANCIA_TYPE_EDITOR_ENUMERATION;
  switch (field->type) {
  case PLANCIA_FIELD_BITS:
    return field->bits != NULL && field->count == 1 ? PLANCIA_TYPE_EDITOR_BITS
                                                    : PLANCIA_TYPE_EDITOR_TEXT;
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_MMDD:
  case PLANCIA_FIELD_CLOCK6:
  case PLANCIA_FIELD_ASCII:
  case PLANCIA_FIELD_BCD16:
  case PLANCIA_FIELD_RAW:
    return PLANCIA_TYPE_EDITOR_TEXT;
  default:
    return field->display[0] != '\0' ? PLANCIA_TYPE_EDITOR_TEXT : PLANCIA_TYPE_EDITOR_NUMBER;
  }
}

static void
plancia_editor_dispose (GObject *object)
{
  g_clear_object (&get_private (PLANCIA_EDITOR (object))->row);

  G_OBJECT_CLASS (plancia_editor_parent_class)->dispose (object);
}

static void
plancia_editor_class_init (PlanciaEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_editor_dispose;
  klass->stage = stage_one;
  klass->set_wrong = set_nothing_wrong;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
  signals[SIGNAL_ACTIVATE] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "activate", 0);
}

static void
plancia_editor_init (PlanciaEditor *self)
{
}

/**
 * plancia_editor_new:
 * @model: the rows of the device
 * @row: a writable one of them
 *
 * Returns: (transfer floating): a control for the type of the row's field. Main thread, as all of
 * this file.
 */
PlanciaEditor *
plancia_editor_new (PlanciaRegisterModel *model, PlanciaRegisterRow *row)
{
  PlanciaEditor *self = g_object_new (type_for (model, row), NULL);

  get_private (self)->row = g_object_ref (row);
  PLANCIA_EDITOR_GET_CLASS (self)->set_row (self, row);
  return self;
}

/**
 * plancia_editor_get_row:
 *
 * Returns: (transfer none): the row that is edited.
 */
PlanciaRegisterRow *
plancia_editor_get_row (PlanciaEditor *self)
{
  g_return_val_if_fail (PLANCIA_IS_EDITOR (self), NULL);

  return get_private (self)->row;
}

/**
 * plancia_editor_get_start:
 *
 * Returns: (transfer none): the staged value of the row, or else the present one, which may be none.
 */
const PlanciaValue *
plancia_editor_get_start (PlanciaEditor *self)
{
  const PlanciaValue *staged;

  g_return_val_if_fail (PLANCIA_IS_EDITOR (self), NULL);

  staged = plancia_register_row_get_staged (get_private (self)->row);
  return staged != NULL ? staged : plancia_register_row_get_value (get_private (self)->row);
}

/**
 * plancia_editor_get_value:
 * @out: (out caller-allocates): the chosen value
 *
 * Returns: %FALSE if what was entered is no value; the message is translated.
 */
gboolean
plancia_editor_get_value (PlanciaEditor *self, PlanciaValue *out, GError **error)
{
  g_return_val_if_fail (PLANCIA_IS_EDITOR (self), FALSE);

  *out = (PlanciaValue){.kind = PLANCIA_VALUE_NONE};
  return PLANCIA_EDITOR_GET_CLASS (self)->get_value (self, out, error);
}

/**
 * plancia_editor_stage:
 * @model: the model of the row
 *
 * Stages what is chosen: the value of the row, or for a clock those of the whole block. Nothing is
 * sent.
 *
 * Returns: %FALSE if the value is none, or the map does not allow it.
 */
gboolean
plancia_editor_stage (PlanciaEditor *self, PlanciaRegisterModel *model, GError **error)
{
  g_return_val_if_fail (PLANCIA_IS_EDITOR (self), FALSE);

  return PLANCIA_EDITOR_GET_CLASS (self)->stage (self, model, error);
}

/**
 * plancia_editor_set_wrong:
 * @wrong: whether the value cannot be taken
 *
 * Marks the control.
 */
void
plancia_editor_set_wrong (PlanciaEditor *self, gboolean wrong)
{
  g_return_if_fail (PLANCIA_IS_EDITOR (self));

  PLANCIA_EDITOR_GET_CLASS (self)->set_wrong (self, wrong);
}

void
plancia_editor_emit_changed (PlanciaEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
plancia_editor_emit_activate (PlanciaEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

/**
 * plancia_editor_set_error:
 * @text: translated, for people
 *
 * For an implementation's get_value.
 */
void
plancia_editor_set_error (GError **error, const char *text)
{
  g_set_error_literal (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID, text);
}
