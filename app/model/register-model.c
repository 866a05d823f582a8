/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/register-model.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "model/register-row-private.h"

struct _PlanciaRegisterModel
{
  GObject parent_instance;

  PlanciaMap *map;
  GPtrArray  *rows;   /* PlanciaRegisterRow, in map order */
  GHashTable *by_key; /* borrowed key -> borrowed row */
  guint       n_staged;
  const char *purpose; /* of what is staged; NULL: a person's own edits */
  char       *origin;  /* where it comes from, in words; or NULL */
};

enum {
  SIGNAL_STAGED_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaRegisterModel,
                               plancia_register_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
list_get_item_type (GListModel *list)
{
  return PLANCIA_TYPE_REGISTER_ROW;
}

static guint
list_get_n_items (GListModel *list)
{
  return PLANCIA_REGISTER_MODEL (list)->rows->len;
}

static gpointer
list_get_item (GListModel *list, guint position)
{
  PlanciaRegisterModel *self = PLANCIA_REGISTER_MODEL (list);

  if (position >= self->rows->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->rows, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

static void
emit_staged_changed (PlanciaRegisterModel *self)
{
  g_signal_emit (self, signals[SIGNAL_STAGED_CHANGED], 0);
}

static void
unstage_silently (PlanciaRegisterModel *self, PlanciaRegisterRow *row)
{
  if (plancia_register_row_set_staged (row, NULL))
    self->n_staged--;
  if (self->n_staged > 0)
    return;
  self->purpose = NULL;
  g_clear_pointer (&self->origin, g_free);
}

/* A write that had no answer, or that read back something else, may turn out to be done after all: the
 * reading decides. */
static gboolean
reading_settles_write (PlanciaRegisterRow *row)
{
  const PlanciaWriteOutcome *outcome = plancia_register_row_get_outcome (row);
  const PlanciaValue        *staged = plancia_register_row_get_staged (row);

  if (staged == NULL || outcome == NULL)
    return FALSE;
  if (outcome->verdict != PLANCIA_VERDICT_UNKNOWN && outcome->verdict != PLANCIA_VERDICT_DIFFERS)
    return FALSE;
  return plancia_register_row_holds (row, staged);
}

/* Returns TRUE if a staged row is no longer. */
static gboolean
apply_one (PlanciaRegisterModel *self, const PlanciaReading *reading)
{
  PlanciaRegisterRow *row = g_hash_table_lookup (self->by_key, reading->key);

  if (row == NULL || !plancia_register_row_apply (row, reading) || !reading_settles_write (row))
    return FALSE;
  unstage_silently (self, row);
  return TRUE;
}

static gboolean
check_stage (PlanciaRegisterRow *row, const PlanciaValue *value, GError **error)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  if (!plancia_register_row_is_writable (row)) {
    g_set_error (error,
                 PLANCIA_DEVICE_ERROR,
                 PLANCIA_DEVICE_ERROR_READ_ONLY,
                 "%s at %04X is not for writing",
                 field->key,
                 field->address);
    return FALSE;
  }
  return plancia_field_check (field, value, error);
}

static void
stage_checked (PlanciaRegisterModel *self, PlanciaRegisterRow *row, const PlanciaValue *value)
{
  gboolean was_staged = plancia_register_row_is_staged (row);

  if (!plancia_register_row_set_staged (row, value))
    return;
  if (!was_staged)
    self->n_staged++;
  emit_staged_changed (self);
}

/* The words that the device is known to have after the write, or NULL. */
static const guint16 *
known_words (const PlanciaWriteOutcome *outcome, guint count)
{
  const guint16 *words = outcome->after;

  if (words == NULL && outcome->verdict == PLANCIA_VERDICT_SKIPPED)
    words = outcome->before;
  return outcome->n_words == count ? words : NULL;
}

static void
settle_row (PlanciaRegisterModel      *self,
            PlanciaRegisterRow        *row,
            GPtrArray                 *outcomes,
            const PlanciaWriteOutcome *outcome)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const guint16      *words = known_words (outcome, field->count);
  const PlanciaValue *staged = plancia_register_row_get_staged (row);

  if (words != NULL)
    plancia_register_row_apply_words (row, words, plancia_clock_now ());
  plancia_register_row_set_outcome (row, outcomes, outcome);

  if (outcome->verdict == PLANCIA_VERDICT_VERIFIED)
    unstage_silently (self, row);
  else if (outcome->verdict == PLANCIA_VERDICT_SKIPPED && staged != NULL &&
           plancia_register_row_holds (row, staged))
    unstage_silently (self, row);
}

static void
plancia_register_model_finalize (GObject *object)
{
  PlanciaRegisterModel *self = PLANCIA_REGISTER_MODEL (object);

  g_hash_table_unref (self->by_key);
  g_free (self->origin);
  g_ptr_array_unref (self->rows);
  plancia_map_unref (self->map);

  G_OBJECT_CLASS (plancia_register_model_parent_class)->finalize (object);
}

static void
plancia_register_model_class_init (PlanciaRegisterModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_register_model_finalize;

  signals[SIGNAL_STAGED_CHANGED] =
    plancia_signal_new (PLANCIA_TYPE_REGISTER_MODEL, "staged-changed", 0);
}

static void
plancia_register_model_init (PlanciaRegisterModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * plancia_register_model_new:
 * @map: the map of the device
 *
 * Returns: (transfer full): a list with one row for each field of @map, in its order, none of which
 * has a reading. Main thread, as all of this file.
 */
PlanciaRegisterModel *
plancia_register_model_new (PlanciaMap *map)
{
  PlanciaRegisterModel *self = g_object_new (PLANCIA_TYPE_REGISTER_MODEL, NULL);
  guint                 n_fields = plancia_map_get_n_fields (map);

  self->map = plancia_map_ref (map);
  for (guint i = 0; i < n_fields; i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    PlanciaRegisterRow *row = plancia_register_row_new (map, field);

    g_ptr_array_add (self->rows, row);
    g_hash_table_insert (self->by_key, (gpointer) field->key, row);
  }
  return self;
}

/**
 * plancia_register_model_get_map:
 *
 * Returns: (transfer none): the map that the rows come from.
 */
PlanciaMap *
plancia_register_model_get_map (PlanciaRegisterModel *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), NULL);

  return self->map;
}

/**
 * plancia_register_model_apply:
 * @readings: what the device answered in one cycle; keys that the map does not have are ignored
 *
 * Only rows whose value, quality or message changed notify; the list itself never does. A staged edit
 * whose last write was unknown or differed is unstaged if the reading now shows its value.
 */
void
plancia_register_model_apply (PlanciaRegisterModel *self, PlanciaReadings *readings)
{
  guint    count = plancia_readings_get_count (readings);
  gboolean settled = FALSE;

  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  for (guint i = 0; i < count; i++)
    if (apply_one (self, plancia_readings_get (readings, i)))
      settled = TRUE;
  if (settled)
    emit_staged_changed (self);
}

/**
 * plancia_register_model_apply_reading:
 * @reading: one reading
 *
 * As plancia_register_model_apply() for a single reading, such as the newest one that the device
 * remembers.
 */
void
plancia_register_model_apply_reading (PlanciaRegisterModel *self, const PlanciaReading *reading)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  if (apply_one (self, reading))
    emit_staged_changed (self);
}

/**
 * plancia_register_model_find:
 * @key: key of a field
 *
 * Returns: (transfer none) (nullable): its row.
 */
PlanciaRegisterRow *
plancia_register_model_find (PlanciaRegisterModel *self, const char *key)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), NULL);

  return g_hash_table_lookup (self->by_key, key);
}

/**
 * plancia_register_model_stage:
 * @row: a row of this model
 * @value: the new value, scaled
 *
 * Notes the edit; nothing is sent. Staging again replaces the first edit; staging what the device
 * already has unstages. On error the row stays as it was.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_READ_ONLY or %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE.
 */
gboolean
plancia_register_model_stage (PlanciaRegisterModel *self,
                              PlanciaRegisterRow   *row,
                              const PlanciaValue   *value,
                              GError              **error)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), FALSE);

  if (!check_stage (row, value, error))
    return FALSE;
  if (plancia_register_row_holds (row, value))
    plancia_register_model_unstage (self, row);
  else
    stage_checked (self, row, value);
  return TRUE;
}

/**
 * plancia_register_model_stage_always:
 * @row: a row of this model
 * @value: the new value, scaled
 *
 * As plancia_register_model_stage(), but what the device has now is staged too: the parts of a clock
 * move on by themselves until they are sent.
 *
 * Returns: %FALSE with %PLANCIA_DEVICE_ERROR_READ_ONLY or %PLANCIA_DEVICE_ERROR_OUT_OF_RANGE.
 */
gboolean
plancia_register_model_stage_always (PlanciaRegisterModel *self,
                                     PlanciaRegisterRow   *row,
                                     const PlanciaValue   *value,
                                     GError              **error)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), FALSE);

  if (!check_stage (row, value, error))
    return FALSE;
  stage_checked (self, row, value);
  return TRUE;
}

/**
 * plancia_register_model_unstage:
 * @row: a row of this model
 *
 * Forgets the edit of the row if it has one.
 */
void
plancia_register_model_unstage (PlanciaRegisterModel *self, PlanciaRegisterRow *row)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  if (!plancia_register_row_is_staged (row))
    return;
  unstage_silently (self, row);
  emit_staged_changed (self);
}

/**
 * plancia_register_model_discard:
 *
 * Forgets all edits.
 */
void
plancia_register_model_discard (PlanciaRegisterModel *self)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  if (self->n_staged == 0)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    unstage_silently (self, g_ptr_array_index (self->rows, i));
  emit_staged_changed (self);
}

/**
 * plancia_register_model_get_n_staged:
 *
 * Returns: how many rows have an edit.
 */
guint
plancia_register_model_get_n_staged (PlanciaRegisterModel *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), 0);

  return self->n_staged;
}

void
plancia_register_model_set_purpose (PlanciaRegisterModel *self,
                                    const char           *purpose,
                                    const char           *origin)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  self->purpose = purpose;
  g_free (self->origin);
  self->origin = g_strdup (origin);
}

const char *
plancia_register_model_get_origin (PlanciaRegisterModel *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), NULL);

  return self->origin;
}

const char *
plancia_register_model_get_purpose (PlanciaRegisterModel *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), NULL);

  return self->purpose != NULL ? self->purpose : "write";
}

/**
 * plancia_register_model_get_edits:
 *
 * Returns: (transfer full): array of #PlanciaEdit in map order, a copy of what is staged now. The
 * fields belong to the map.
 */
GPtrArray *
plancia_register_model_get_edits (PlanciaRegisterModel *self)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  g_return_val_if_fail (PLANCIA_IS_REGISTER_MODEL (self), edits);

  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaRegisterRow *row = g_ptr_array_index (self->rows, i);

    if (plancia_register_row_is_staged (row))
      g_ptr_array_add (edits,
                       plancia_edit_new (plancia_register_row_get_field (row),
                                         plancia_register_row_get_staged (row)));
  }
  return edits;
}

/**
 * plancia_register_model_set_outcomes:
 * @outcomes: array of #PlanciaWriteOutcome, kept by reference
 *
 * Notes what became of a write. Verified rows are unstaged and show what was read back, so are rows
 * that were skipped because the device had the value already. Rows that differ, are unknown, were
 * refused or not sent stay staged.
 */
void
plancia_register_model_set_outcomes (PlanciaRegisterModel *self, GPtrArray *outcomes)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_MODEL (self));

  for (guint i = 0; i < outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (outcomes, i);
    PlanciaRegisterRow        *row = g_hash_table_lookup (self->by_key, outcome->key);

    if (row != NULL)
      settle_row (self, row, outcomes, outcome);
  }
  emit_staged_changed (self);
}
