/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/write-plan.h"

#include "base/error.h"
#include "map/map-private.h"
#include "map/raw-edit.h"
#include <string.h>

static gboolean refuse (GError **error, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, int code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, PLANCIA_DEVICE_ERROR, code, message);
  return FALSE;
}

static gboolean
check_edit (PlanciaMap *map, const PlanciaEdit *edit, GError **error)
{
  const PlanciaField *field = edit->field;

  if (!(field->access & PLANCIA_ACCESS_WRITE) || field->write_function == 0)
    return refuse (error, PLANCIA_DEVICE_ERROR_READ_ONLY, "%s is read-only", field->key);
  if (field->danger == PLANCIA_DANGER_GRID_CODE)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_READ_ONLY,
                   "%s belongs to the grid code and is never written",
                   field->key);

  return plancia_raw_check_area (map, field->address, field->count, error) &&
         (edit->own == NULL || plancia_raw_check_limits (map, field, error)) &&
         plancia_field_check (field, &edit->value, error);
}

static PlanciaWriteStep *
step_new (guint8 function, guint16 address, guint16 count)
{
  PlanciaWriteStep *self = g_new0 (PlanciaWriteStep, 1);

  self->function = function;
  self->address = address;
  self->count = count;
  self->words = g_new0 (guint16, count);
  self->fill = g_new0 (gboolean, count);
  self->edits = g_ptr_array_new ();

  return self;
}

/* Everything that is not a constant comes from the device until an edit says otherwise. */
static PlanciaWriteStep *
step_new_for_block (const PlanciaWriteBlock *block)
{
  PlanciaWriteStep *self = step_new (block->function, block->address, block->count);

  self->block = block;
  self->danger = block->danger;
  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);
    guint                    offset = item->address - block->address;

    for (guint j = 0; j < item->count; j++)
      self->fill[offset + j] = item->kind != PLANCIA_LAYOUT_CONSTANT;
    if (item->kind == PLANCIA_LAYOUT_CONSTANT)
      self->words[offset] = item->constant;
  }

  return self;
}

/* Words of which the value says only a part: the rest must be read first. */
static gboolean
needs_present (const PlanciaField *field, guint word)
{
  if (field->mask != 0 && field->mask != G_MAXUINT16)
    return TRUE;

  return field->type == PLANCIA_FIELD_BITS && word >= 4;
}

/* A register whose place the block gives to a constant can only have that value; the apply register
 * is the block's own business. */
static gboolean
check_constant (const PlanciaWriteStep *self,
                const PlanciaField     *field,
                const guint16          *words,
                GError                **error)
{
  guint offset = field->address - self->address;

  if (self->block == NULL || !plancia_write_block_is_constant (self->block, field))
    return TRUE;
  if (self->block->result == field)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_READ_ONLY,
                   "%s is set when the other registers of \"%s\" are written",
                   field->key,
                   self->block->name);
  if (words[0] == self->words[offset])
    return TRUE;

  return refuse (error,
                 PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                 "%s: \"%s\" always writes %u, got %u",
                 field->key,
                 self->block->name,
                 self->words[offset],
                 words[0]);
}

static gboolean
step_add_edit (PlanciaWriteStep *self, PlanciaEdit *edit, GError **error)
{
  const PlanciaField *field = edit->field;
  guint               offset = field->address - self->address;
  guint16             words[64] = {0};

  if (!plancia_field_encode (field, &edit->value, NULL, words, error) ||
      !check_constant (self, field, words, error))
    return FALSE;

  for (guint i = 0; i < field->count; i++) {
    self->words[offset + i] = words[i];
    self->fill[offset + i] = needs_present (field, i);
  }
  self->danger = MAX (self->danger, field->danger);
  g_ptr_array_add (self->edits, edit);

  return TRUE;
}

static PlanciaWriteStep *
find_step (GPtrArray *steps, const PlanciaWriteBlock *block)
{
  for (guint i = 0; i < steps->len; i++) {
    PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    if (step->block == block)
      return step;
  }

  return NULL;
}

static gboolean
plan_edit (PlanciaMap *map, GPtrArray *steps, PlanciaEdit *edit, GError **error)
{
  const PlanciaField      *field = edit->field;
  const PlanciaWriteBlock *block = field->write_block
                                     ? plancia_map_find_block (map, field->write_block)
                                     : NULL;
  PlanciaWriteStep        *step = block ? find_step (steps, block) : NULL;

  if (step == NULL) {
    if (block != NULL)
      step = step_new_for_block (block);
    else
      step = step_new (field->write_function, field->address, field->count);
    g_ptr_array_add (steps, step);
  }

  return step_add_edit (step, edit, error);
}

static gboolean
step_edits_field (const PlanciaWriteStep *self, const PlanciaField *field)
{
  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (self->edits, i);

    if (edit->field == field)
      return TRUE;
  }

  return FALSE;
}

/* What a block requires is written before it, whatever the order of the edits. */
static void
order_steps (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (steps, i);
    const PlanciaField     *required = step->block ? step->block->requires_field : NULL;

    for (guint j = i + 1; required != NULL && j < steps->len; j++)
      if (step_edits_field (g_ptr_array_index (steps, j), required)) {
        g_ptr_array_insert (steps, i, g_ptr_array_steal_index (steps, j));
        break;
      }
  }
}

static gboolean
refuse_duplicates (GPtrArray *edits, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (edits, i);

    if (!g_hash_table_add (seen, (gpointer) edit->field->key))
      return refuse (error,
                     PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                     "%s: there are two new values",
                     edit->field->key);
  }

  return TRUE;
}

/**
 * plancia_write_block_is_constant:
 *
 * Any thread.
 */
gboolean
plancia_write_block_is_constant (const PlanciaWriteBlock *block, const PlanciaField *field)
{
  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->address == field->address)
      return item->kind == PLANCIA_LAYOUT_CONSTANT;
  }

  return TRUE;
}

/**
 * plancia_edit_new:
 * @field: borrowed from a map that must outlive the edit
 * @value: is copied
 *
 * Returns: (transfer full)
 */
PlanciaEdit *
plancia_edit_new (const PlanciaField *field, const PlanciaValue *value)
{
  PlanciaEdit *self = g_new0 (PlanciaEdit, 1);

  self->field = field;
  plancia_value_copy (value, &self->value);

  return self;
}

PlanciaEdit *
plancia_edit_copy (const PlanciaEdit *self)
{
  PlanciaEdit *copy = plancia_edit_new (self->field, &self->value);

  if (self->own != NULL)
    copy->field = copy->own = plancia_raw_field_copy (self->own);
  return copy;
}

gboolean
plancia_edit_is_raw (const PlanciaEdit *self)
{
  return self->own != NULL;
}

void
plancia_edit_free (PlanciaEdit *self)
{
  g_clear_pointer (&self->own, plancia_raw_field_free);
  plancia_value_clear (&self->value);
  g_free (self);
}

/**
 * plancia_write_plan_new:
 * @map: the map
 * @edits: (element-type PlanciaEdit): must outlive the steps
 * @error: return location
 *
 * Which requests write the edits. Edits of one block become one request for the whole block; all
 * others become a request each, since a device may take neighbours one by one only. A block's
 * requirement that is among the edits is written before the block.
 *
 * Returns: (transfer full) (element-type PlanciaWriteStep): or %NULL with
 * %PLANCIA_DEVICE_ERROR_READ_ONLY or %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE
 */
GPtrArray *
plancia_write_plan_new (PlanciaMap *map, GPtrArray *edits, GError **error)
{
  g_autoptr (GPtrArray)
    steps = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_step_free);

  if (!refuse_duplicates (edits, error))
    return NULL;

  for (guint i = 0; i < edits->len; i++) {
    PlanciaEdit *edit = g_ptr_array_index (edits, i);

    if (!check_edit (map, edit, error) || !plan_edit (map, steps, edit, error))
      return NULL;
  }
  order_steps (steps);

  return g_steal_pointer (&steps);
}

/**
 * plancia_write_step_fill:
 * @self: the step
 * @present: (array): step->count registers that were just read from step->address
 * @error: return location
 *
 * Completes the words that no edit and no constant gives. May be called again with a newer reading.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE
 */
gboolean
plancia_write_step_fill (PlanciaWriteStep *self, const guint16 *present, GError **error)
{
  for (guint i = 0; i < self->count; i++)
    if (self->fill[i])
      self->words[i] = present[i];

  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (self->edits, i);
    guint              offset = edit->field->address - self->address;

    if (!plancia_field_encode (edit->field,
                               &edit->value,
                               present + offset,
                               self->words + offset,
                               error))
      return FALSE;
  }

  return TRUE;
}

static double
side_value (const PlanciaWriteStep *self, const PlanciaField *field, double number)
{
  g_auto (PlanciaValue) value = {0};

  if (field == NULL)
    return number;

  plancia_field_decode (field, self->words + (field->address - self->address), &value);
  return value.number;
}

static gboolean
check_rule (const PlanciaWriteStep *self, const char *text, GError **error)
{
  PlanciaRule rule;
  double      left;
  double      right;

  if (!plancia_rule_parse (text, self->block, &rule))
    return refuse (error, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE, "cannot check \"%s\"", text);

  left = side_value (self, rule.left, rule.left_number);
  right = side_value (self, rule.right, rule.right_number);
  if (plancia_rule_holds (rule.relation, left, right))
    return TRUE;

  return refuse (error,
                 PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                 "%s: expected %s, got %g and %g",
                 self->block->key,
                 text,
                 left,
                 right);
}

/**
 * plancia_write_step_check:
 * @self: a filled step
 * @error: return location
 *
 * The checks of the block over the words that would be sent, and its requirement if that register is
 * part of the block. A requirement elsewhere needs a reading: plancia_write_step_check_required().
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE
 */
gboolean
plancia_write_step_check (const PlanciaWriteStep *self, GError **error)
{
  const PlanciaWriteBlock *block = self->block;
  const PlanciaField      *required = block ? block->requires_field : NULL;

  for (guint i = 0; block != NULL && block->checks != NULL && i < block->checks->len; i++)
    if (!check_rule (self, g_ptr_array_index (block->checks, i), error))
      return FALSE;

  if (required != NULL && required->address >= self->address &&
      required->address + required->count <= self->address + self->count)
    return plancia_write_step_check_required (self,
                                              self->words + (required->address - self->address),
                                              error);

  return TRUE;
}

/**
 * plancia_write_step_check_required:
 * @self: the step
 * @words: (array): registers of step->block->requires_field as just read
 * @error: return location
 *
 * Whether the device is in the state in which it takes the block, such as passive mode.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE; %TRUE if nothing is required
 */
gboolean
plancia_write_step_check_required (const PlanciaWriteStep *self,
                                   const guint16          *words,
                                   GError                **error)
{
  const PlanciaField *required = self->block ? self->block->requires_field : NULL;
  g_auto (PlanciaValue) value = {0};

  if (required == NULL)
    return TRUE;

  plancia_field_decode (required, words, &value);
  if (value.kind != PLANCIA_VALUE_NONE && value.integer == self->block->requires_value)
    return TRUE;

  return refuse (error,
                 PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                 "%s: expected %s = %" G_GINT64_FORMAT ", it is %" G_GINT64_FORMAT,
                 self->block->key,
                 required->key,
                 self->block->requires_value,
                 value.integer);
}

void
plancia_write_step_free (PlanciaWriteStep *self)
{
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_free (self->words);
  g_free (self->fill);
  g_free (self);
}
