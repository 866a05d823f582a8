/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/register-row-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* More words than this are counted instead of shown: the column holds two. */
#define RAW_WORDS_SHOWN 2

struct _PlanciaRegisterRow
{
  GObject parent_instance;

  PlanciaMap         *map;
  const PlanciaField *field;
  guint               serial;

  PlanciaValue   value;
  guint16       *words; /* field->count of them, or NULL */
  PlanciaQuality quality;
  char          *message;
  gint64         time;
  gint64         changed;
  char          *text; /* made when asked for; NULL after a change */
  char          *raw;

  gboolean     starred;
  gboolean     staged;
  PlanciaValue staged_value;
  guint16     *staged_words;
  char        *staged_text;

  GPtrArray                 *outcomes; /* keeps outcome alive */
  const PlanciaWriteOutcome *outcome;
};

enum {
  PROP_0,
  PROP_SERIAL,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterRow, plancia_register_row, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
touch (PlanciaRegisterRow *self)
{
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIAL]);
}

static gsize
words_size (PlanciaRegisterRow *self)
{
  return self->field->count * sizeof (guint16);
}

static gboolean
same_words (PlanciaRegisterRow *self, const guint16 *a, const guint16 *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return memcmp (a, b, words_size (self)) == 0;
}

/* Takes over value and words as what the device has, and says whether they are other than before. */
static gboolean
set_present (PlanciaRegisterRow *self, const PlanciaValue *value, const guint16 *words, gint64 time)
{
  gboolean first = self->time == 0;
  gboolean moved = !plancia_value_equal (&self->value, value) ||
                   !same_words (self, self->words, words);

  self->time = time;
  if (!moved)
    return FALSE;
  if (!first)
    self->changed = time;

  plancia_value_clear (&self->value);
  plancia_value_copy (value, &self->value);
  g_free (self->words);
  self->words = words != NULL ? g_memdup2 (words, words_size (self)) : NULL;
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->raw, g_free);
  return TRUE;
}

static gboolean
set_quality (PlanciaRegisterRow *self, PlanciaQuality quality, const char *message)
{
  if (self->quality == quality && g_strcmp0 (self->message, message) == 0)
    return FALSE;

  self->quality = quality;
  g_free (self->message);
  self->message = g_strdup (message);
  return TRUE;
}

/* A device that refuses once, or did not answer in time, still has the value that it had: a view
 * shows the old one as old and does not lose it. */
static gboolean
keeps_last_value (const PlanciaReading *reading)
{
  return reading->quality == PLANCIA_QUALITY_REFUSED || reading->quality == PLANCIA_QUALITY_ERROR;
}

static void
clear_staged (PlanciaRegisterRow *self)
{
  self->staged = FALSE;
  plancia_value_clear (&self->staged_value);
  g_clear_pointer (&self->staged_words, g_free);
  g_clear_pointer (&self->staged_text, g_free);
}

static guint16 *
encode (PlanciaRegisterRow *self, const PlanciaValue *value)
{
  g_autofree guint16 *words = g_new0 (guint16, self->field->count);

  if (!plancia_field_encode (self->field, value, self->words, words, NULL))
    return NULL;
  return g_steal_pointer (&words);
}

static void
plancia_register_row_finalize (GObject *object)
{
  PlanciaRegisterRow *self = PLANCIA_REGISTER_ROW (object);

  clear_staged (self);
  plancia_value_clear (&self->value);
  g_free (self->words);
  g_free (self->message);
  g_free (self->text);
  g_free (self->raw);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  plancia_map_unref (self->map);

  G_OBJECT_CLASS (plancia_register_row_parent_class)->finalize (object);
}

static void
plancia_register_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaRegisterRow *self = PLANCIA_REGISTER_ROW (object);

  switch (id) {
  case PROP_SERIAL:
    g_value_set_uint (value, self->serial);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_register_row_class_init (PlanciaRegisterRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_register_row_finalize;
  object_class->get_property = plancia_register_row_get_property;

  properties[PROP_SERIAL] = g_param_spec_uint ("serial",
                                               NULL,
                                               NULL,
                                               0,
                                               G_MAXUINT,
                                               0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_register_row_init (PlanciaRegisterRow *self)
{
  self->quality = PLANCIA_QUALITY_MISSING;
}

/**
 * plancia_register_row_new:
 * @map: the map that @field belongs to; the row keeps a reference
 * @field: a field of @map
 *
 * Only #PlanciaRegisterModel makes rows.
 *
 * Returns: (transfer full): a row without a reading. Main thread, as all of this file.
 */
PlanciaRegisterRow *
plancia_register_row_new (PlanciaMap *map, const PlanciaField *field)
{
  PlanciaRegisterRow *self = g_object_new (PLANCIA_TYPE_REGISTER_ROW, NULL);

  self->map = plancia_map_ref (map);
  self->field = field;
  return self;
}

/**
 * plancia_register_row_apply:
 * @reading: a reading of this row's field
 *
 * Takes the reading over. The time always moves; the row notifies only if the value, the words, the
 * quality or the message are other than before. A reading that was refused or failed keeps the last
 * value and its time.
 *
 * Returns: %TRUE if the row notified.
 */
gboolean
plancia_register_row_apply (PlanciaRegisterRow *self, const PlanciaReading *reading)
{
  const guint16 *words = reading->n_words == self->field->count ? reading->words : NULL;
  gboolean       moved = FALSE;

  if (!keeps_last_value (reading))
    moved = set_present (self, &reading->value, words, reading->time);
  if (set_quality (self, reading->quality, reading->message))
    moved = TRUE;
  if (moved)
    touch (self);
  return moved;
}

/**
 * plancia_register_row_apply_words:
 * @words: as many as the field has
 * @time: when they were read, ms UTC
 *
 * The same for words that a write has read.
 *
 * Returns: %TRUE if the row notified.
 */
gboolean
plancia_register_row_apply_words (PlanciaRegisterRow *self, const guint16 *words, gint64 time)
{
  g_auto (PlanciaValue) value = {0};
  gboolean moved;

  plancia_field_decode (self->field, words, &value);
  moved = set_present (self, &value, words, time);
  if (set_quality (self, PLANCIA_QUALITY_GOOD, NULL))
    moved = TRUE;
  if (moved)
    touch (self);
  return moved;
}

/**
 * plancia_register_row_set_staged:
 * @value: (nullable): what is to be written, already checked; %NULL to unstage
 *
 * Returns: %TRUE if that changed anything; then the row has notified.
 */
gboolean
plancia_register_row_set_staged (PlanciaRegisterRow *self, const PlanciaValue *value)
{
  if (value == NULL && !self->staged)
    return FALSE;
  if (value != NULL && self->staged && plancia_value_equal (value, &self->staged_value))
    return FALSE;

  clear_staged (self);
  if (value != NULL) {
    self->staged = TRUE;
    plancia_value_copy (value, &self->staged_value);
    self->staged_words = encode (self, value);
    self->staged_text = plancia_field_format (self->field, value, self->staged_words);
  }
  touch (self);
  return TRUE;
}

/**
 * plancia_register_row_set_outcome:
 * @outcomes: (nullable): array of the outcomes of a write, or %NULL to forget the last one
 * @outcome: (nullable): the one of this row in @outcomes
 *
 * After an unknown outcome the value that is shown counts as old until it is read again.
 */
void
plancia_register_row_set_outcome (PlanciaRegisterRow        *self,
                                  GPtrArray                 *outcomes,
                                  const PlanciaWriteOutcome *outcome)
{
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  if (outcomes != NULL)
    self->outcomes = g_ptr_array_ref (outcomes);
  self->outcome = outcome;
  if (outcome != NULL && outcome->verdict == PLANCIA_VERDICT_UNKNOWN)
    set_quality (self, PLANCIA_QUALITY_OLD, outcome->message);
  touch (self);
}

/**
 * plancia_register_row_holds:
 * @value: a value that may be written
 *
 * Compares words, not values: after scaling, two equal numbers may differ in the last bit. After a
 * write whose outcome is unknown the last reading says nothing about the present until a newer one
 * has come.
 *
 * Returns: %TRUE if the newest reading is good and has @value.
 */
gboolean
plancia_register_row_holds (PlanciaRegisterRow *self, const PlanciaValue *value)
{
  g_autofree guint16 *words = NULL;

  if (self->quality != PLANCIA_QUALITY_GOOD || self->value.kind == PLANCIA_VALUE_NONE)
    return FALSE;
  if (self->words == NULL)
    return plancia_value_equal (&self->value, value);

  words = encode (self, value);
  return words != NULL && same_words (self, words, self->words);
}

/**
 * plancia_register_row_get_field:
 *
 * Returns: (transfer none): the field; it lives as long as the row.
 */
const PlanciaField *
plancia_register_row_get_field (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->field;
}

/**
 * plancia_register_row_get_name:
 *
 * Returns: (transfer none): the name in the program's language.
 */
const char *
plancia_register_row_get_name (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return plancia_map_label (self->field->name);
}

/**
 * plancia_register_row_get_text:
 *
 * Returns: (transfer none): the value for people without its unit, an em dash if there is none.
 * Valid until the row changes.
 */
const char *
plancia_register_row_get_text (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  if (self->text == NULL)
    self->text = self->value.kind == PLANCIA_VALUE_NONE
                   ? g_strdup ("—")
                   : plancia_field_format (self->field, &self->value, self->words);
  return self->text;
}

/**
 * plancia_register_row_get_raw:
 *
 * Returns: (transfer none): "0001 003C", "6 words", or "" without words. Valid until the row changes.
 */
const char *
plancia_register_row_get_raw (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  if (self->raw == NULL && self->words == NULL)
    self->raw = g_strdup ("");
  else if (self->raw == NULL && self->field->count > RAW_WORDS_SHOWN)
    self->raw =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u word", "%u words", self->field->count),
                       (guint) self->field->count);
  else if (self->raw == NULL)
    self->raw = plancia_words_format (self->words, self->field->count);
  return self->raw;
}

/**
 * plancia_register_row_get_value:
 *
 * Returns: (transfer none): the newest value; of kind NONE before the first reading.
 */
const PlanciaValue *
plancia_register_row_get_value (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return &self->value;
}

/**
 * plancia_register_row_get_words:
 *
 * Returns: (transfer none) (nullable): the words of the newest value, as many as the field has.
 */
const guint16 *
plancia_register_row_get_words (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->words;
}

/**
 * plancia_register_row_get_quality:
 *
 * Returns: the quality of the newest reading; MISSING before the first.
 */
PlanciaQuality
plancia_register_row_get_quality (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), PLANCIA_QUALITY_MISSING);

  return self->quality;
}

/**
 * plancia_register_row_get_message:
 *
 * Returns: (transfer none) (nullable): why the newest reading is not good, English.
 */
const char *
plancia_register_row_get_message (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->message;
}

/**
 * plancia_register_row_get_time:
 *
 * Returns: when the value that is shown was read, ms UTC; 0 before the first reading.
 */
gint64
plancia_register_row_get_time (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), 0);

  return self->time;
}

/**
 * plancia_register_row_get_changed:
 *
 * Returns: when the value last became another one, ms UTC; 0 if it has not moved since the first
 * reading.
 */
gint64
plancia_register_row_get_changed (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), 0);

  return self->changed;
}

/**
 * plancia_register_row_get_starred:
 *
 * Returns: whether a person marked the row as a favourite.
 */
gboolean
plancia_register_row_get_starred (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), FALSE);

  return self->starred;
}

/**
 * plancia_register_row_set_starred:
 * @starred: the new mark
 *
 * Notifies if it is another one. Keeping it over a restart is the page's work.
 */
void
plancia_register_row_set_starred (PlanciaRegisterRow *self, gboolean starred)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_ROW (self));

  if (self->starred == !!starred)
    return;
  self->starred = !!starred;
  touch (self);
}

/**
 * plancia_register_row_is_staged:
 *
 * Returns: whether an edit waits to be written.
 */
gboolean
plancia_register_row_is_staged (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), FALSE);

  return self->staged;
}

/**
 * plancia_register_row_is_writable:
 *
 * Returns: whether a person may stage a value: the field is writable, not part of the grid code, not
 * the register in which the device reports the result of a write, and not one to which its block always writes the same.
 */
gboolean
plancia_register_row_is_writable (PlanciaRegisterRow *self)
{
  const PlanciaWriteBlock *block = plancia_register_row_get_block (self);

  if (!plancia_field_is_writable (self->field) || self->field->danger == PLANCIA_DANGER_GRID_CODE)
    return FALSE;
  return block == NULL || !plancia_write_block_is_constant (block, self->field);
}

/**
 * plancia_register_row_get_block:
 *
 * Returns: (transfer none) (nullable): the block in which the field is written.
 */
const PlanciaWriteBlock *
plancia_register_row_get_block (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  if (self->field->write_block == NULL)
    return NULL;
  return plancia_map_find_block (self->map, self->field->write_block);
}

/**
 * plancia_register_row_get_staged:
 *
 * Returns: (transfer none) (nullable): the staged value while there is one.
 */
const PlanciaValue *
plancia_register_row_get_staged (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->staged ? &self->staged_value : NULL;
}

/**
 * plancia_register_row_get_staged_text:
 *
 * Returns: (transfer none) (nullable): the staged value for people, without unit.
 */
const char *
plancia_register_row_get_staged_text (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->staged_text;
}

/**
 * plancia_register_row_get_staged_words:
 *
 * Returns: (transfer none) (nullable): the words that would be sent for the staged value; %NULL
 * without one, or if a masked field needs the present words and they are not known.
 */
const guint16 *
plancia_register_row_get_staged_words (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->staged_words;
}

/**
 * plancia_register_row_get_outcome:
 *
 * Returns: (transfer none) (nullable): what became of the last write to this register.
 */
const PlanciaWriteOutcome *
plancia_register_row_get_outcome (PlanciaRegisterRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_ROW (self), NULL);

  return self->outcome;
}
