/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-unit.h"

#include "base/error.h"

/* Registers in a request to a device that refused more: some sticks do not take 60. */
#define SHORT_READ 30
/* So often in a row before a field is treated apart. */
#define PATIENCE 2

/* What a field did. */
typedef struct
{
  guint    refused; /* in a row */
  guint    silent;
  gboolean dropped;
  gboolean apart;
} Trouble;

/**
 * plancia_modbus_unit_new:
 * @map: (nullable): NULL when it is to be detected
 *
 * (transfer full)
 */
PlanciaModbusUnit *
plancia_modbus_unit_new (const char *id, int unit, PlanciaMap *map)
{
  PlanciaModbusUnit *self = g_new0 (PlanciaModbusUnit, 1);

  self->id = g_strdup (id);
  self->unit = unit;
  self->map = map != NULL ? plancia_map_ref (map) : NULL;
  self->troubles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->once_pending = TRUE;
  return self;
}

/**
 * plancia_modbus_unit_free:
 */
void
plancia_modbus_unit_free (PlanciaModbusUnit *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->troubles);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->learnt, plancia_learnt_free);
  g_clear_pointer (&self->watch, g_hash_table_unref);
  g_clear_error (&self->failure);
  g_free (self->id);
  g_free (self);
}

/**
 * plancia_modbus_unit_set_map:
 *
 * What was learnt with another map is forgotten.
 */
void
plancia_modbus_unit_set_map (PlanciaModbusUnit *self, PlanciaMap *map)
{
  plancia_map_ref (map);
  g_clear_pointer (&self->map, plancia_map_unref);
  self->map = map;
  g_hash_table_remove_all (self->troubles);
  self->max_read = 0;
  self->no_gaps = FALSE;
}

/**
 * plancia_modbus_unit_get_interval:
 *
 * See the header.
 */
guint
plancia_modbus_unit_get_interval (PlanciaModbusUnit *self)
{
  return self->map != NULL ? plancia_map_get_limits (self->map)->min_interval_ms : 0;
}

static Trouble *
get_trouble (PlanciaModbusUnit *self, const PlanciaField *field)
{
  Trouble *trouble = g_hash_table_lookup (self->troubles, field);

  if (trouble == NULL) {
    trouble = g_new0 (Trouble, 1);
    g_hash_table_insert (self->troubles, (gpointer) field, trouble);
  }
  return trouble;
}

/**
 * plancia_modbus_unit_note_refused:
 *
 * The device answered a request for this field alone with an exception.
 */
void
plancia_modbus_unit_note_refused (PlanciaModbusUnit *self, const PlanciaField *field)
{
  Trouble *trouble = get_trouble (self, field);

  if (++trouble->refused < PATIENCE)
    return;
  trouble->dropped = field->optional;
  trouble->apart = TRUE;
}

/**
 * plancia_modbus_unit_note_silent:
 *
 * The device, which answers other requests, did not answer one with this field.
 */
void
plancia_modbus_unit_note_silent (PlanciaModbusUnit *self, const PlanciaField *field)
{
  Trouble *trouble = get_trouble (self, field);

  if (++trouble->silent >= PATIENCE)
    trouble->apart = TRUE;
}

/**
 * plancia_modbus_unit_note_good:
 */
void
plancia_modbus_unit_note_good (PlanciaModbusUnit *self, const PlanciaField *field)
{
  g_hash_table_remove (self->troubles, field);
}

/**
 * plancia_modbus_unit_is_silent:
 *
 * See the header.
 */
gboolean
plancia_modbus_unit_is_silent (PlanciaModbusUnit *self, const PlanciaField *field)
{
  const Trouble *trouble = g_hash_table_lookup (self->troubles, field);

  return trouble != NULL && trouble->silent > 0;
}

/**
 * plancia_modbus_unit_is_dropped:
 *
 * Whether the field is optional and this device does not have it.
 */
gboolean
plancia_modbus_unit_is_dropped (PlanciaModbusUnit *self, const PlanciaField *field)
{
  const Trouble *trouble = g_hash_table_lookup (self->troubles, field);

  return trouble != NULL && trouble->dropped;
}

static gboolean
is_apart (PlanciaModbusUnit *self, const PlanciaField *field)
{
  const Trouble *trouble = g_hash_table_lookup (self->troubles, field);

  return trouble != NULL && trouble->apart;
}

/* Whether an address in [first, end) belongs to a field that is not to be read along. */
static gboolean
has_hole (PlanciaModbusUnit *self, guint8 function, guint first, guint end)
{
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, self->troubles);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const PlanciaField *field = key;
    const Trouble      *trouble = value;

    if (trouble->apart && field->read_function == function && field->address < end &&
        (guint) field->address + field->count > first)
      return TRUE;
  }
  return FALSE;
}

static PlanciaReadBlock *
block_new (const PlanciaField *field)
{
  PlanciaReadBlock *self = g_new0 (PlanciaReadBlock, 1);

  self->function = field->read_function;
  self->address = field->address;
  self->fields = g_ptr_array_new ();
  return self;
}

static void
block_add (PlanciaReadBlock *self, const PlanciaField *field)
{
  guint end = MAX ((guint) self->address + self->count, (guint) field->address + field->count);

  self->count = (guint16) (end - self->address);
  g_ptr_array_add (self->fields, (gpointer) field);
}

/* The fields of a block in pieces that do not touch what the device refuses. */
static void
add_without_holes (PlanciaModbusUnit *self, GPtrArray *blocks, const PlanciaReadBlock *whole)
{
  PlanciaReadBlock *block = NULL;

  for (guint i = 0; i < whole->fields->len; i++) {
    const PlanciaField *field = g_ptr_array_index (whole->fields, i);
    guint               end = block != NULL ? (guint) block->address + block->count : 0;

    if (block == NULL ||
        (field->address > end && has_hole (self, whole->function, end, field->address))) {
      block = block_new (field);
      g_ptr_array_add (blocks, block);
    }
    block_add (block, field);
  }
}

static GPtrArray *
blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_read_block_free);
}

static void
add_alone (GPtrArray *blocks, const PlanciaField *field)
{
  PlanciaReadBlock *block = block_new (field);

  block_add (block, field);
  g_ptr_array_add (blocks, block);
}

static gboolean
is_asked_alone (PlanciaModbusUnit *self, const PlanciaField *field, PlanciaTroubled troubled)
{
  return troubled == PLANCIA_TROUBLED_ALL ||
         (troubled == PLANCIA_TROUBLED_ALONE && !plancia_modbus_unit_is_dropped (self, field));
}

/**
 * plancia_modbus_unit_plan:
 * @fields: (element-type PlanciaField): of its map
 * @troubled: what becomes of fields that were refused or silent before
 *
 * (transfer full) (element-type PlanciaReadBlock)
 */
GPtrArray *
plancia_modbus_unit_plan (PlanciaModbusUnit *self, GPtrArray *fields, PlanciaTroubled troubled)
{
  GPtrArray *blocks = blocks_new ();
  g_autoptr (GPtrArray) joint = g_ptr_array_new ();
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  g_autoptr (GPtrArray) plan = NULL;

  for (guint i = 0; i < fields->len; i++) {
    PlanciaField *field = g_ptr_array_index (fields, i);

    if (!is_apart (self, field))
      g_ptr_array_add (joint, field);
    else if (is_asked_alone (self, field, troubled))
      g_ptr_array_add (alone, field);
  }
  plan = plancia_read_plan_new (self->map, joint, self->max_read, self->no_gaps ? 0 : G_MAXUINT);
  for (guint i = 0; i < plan->len; i++)
    add_without_holes (self, blocks, g_ptr_array_index (plan, i));
  for (guint i = 0; i < alone->len; i++)
    add_alone (blocks, g_ptr_array_index (alone, i));
  return blocks;
}

static GPtrArray *
plan_pieces (PlanciaModbusUnit *self, const PlanciaReadBlock *block, guint max_gap)
{
  g_autoptr (GPtrArray)
    pieces = plancia_read_plan_new (self->map, block->fields, SHORT_READ, max_gap);

  return pieces->len > 1 ? g_steal_pointer (&pieces) : NULL;
}

/**
 * plancia_modbus_unit_split:
 * @block: of more than one field, which the device refused
 * @limit: (out): what the device takes, if it takes all pieces
 *
 * (transfer full) (element-type PlanciaReadBlock)
 */
GPtrArray *
plancia_modbus_unit_split (PlanciaModbusUnit      *self,
                           const PlanciaReadBlock *block,
                           PlanciaModbusLimit     *limit)
{
  GPtrArray *pieces = NULL;

  *limit = (PlanciaModbusLimit){SHORT_READ, self->no_gaps};
  if (block->count > SHORT_READ)
    pieces = plan_pieces (self, block, self->no_gaps ? 0 : G_MAXUINT);
  if (pieces != NULL)
    return pieces;
  *limit = (PlanciaModbusLimit){self->max_read, TRUE};
  pieces = plan_pieces (self, block, 0);
  if (pieces != NULL)
    return pieces;
  *limit = (PlanciaModbusLimit){1, TRUE};
  pieces = blocks_new ();
  for (guint i = 0; i < block->fields->len; i++)
    add_alone (pieces, g_ptr_array_index (block->fields, i));
  return pieces;
}

/**
 * plancia_modbus_unit_limit:
 *
 * Remembers what plancia_modbus_unit_split gave; it never gets wider again.
 */
void
plancia_modbus_unit_limit (PlanciaModbusUnit *self, const PlanciaModbusLimit *limit)
{
  if (limit->max_read > 0 && (self->max_read == 0 || limit->max_read < self->max_read))
    self->max_read = limit->max_read;
  self->no_gaps |= limit->no_gaps;
}

/**
 * plancia_modbus_unit_set_learnt:
 * @learnt: (nullable)
 */
void
plancia_modbus_unit_set_learnt (PlanciaModbusUnit *self, const PlanciaLearnt *learnt)
{
  g_clear_pointer (&self->learnt, plancia_learnt_free);
  if (learnt == NULL)
    return;
  self->learnt = plancia_learnt_copy (learnt);
  self->max_read = learnt->longest_read;
  self->no_gaps = learnt->no_gaps;
  for (guint i = 0; self->map != NULL && learnt->missing != NULL && learnt->missing[i] != NULL;
       i++) {
    const PlanciaField *field = plancia_map_find_field (self->map, learnt->missing[i]);

    if (field == NULL || !field->optional)
      continue;
    get_trouble (self, field)->dropped = TRUE;
    get_trouble (self, field)->apart = TRUE;
  }
}

static GStrv
list_dropped (PlanciaModbusUnit *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  guint n = self->map != NULL ? plancia_map_get_n_fields (self->map) : 0;

  /* In the order of the map, so that the same set is the same list. */
  for (guint i = 0; i < n; i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);

    if (plancia_modbus_unit_is_dropped (self, field))
      g_strv_builder_add (keys, field->key);
  }
  return g_strv_builder_end (keys);
}

/**
 * plancia_modbus_unit_take_learnt:
 * @framing: (nullable)
 * @adapter: (nullable)
 *
 * Returns: (transfer full) (nullable): NULL when nothing is new
 */
PlanciaLearnt *
plancia_modbus_unit_take_learnt (PlanciaModbusUnit *self, const char *framing, const char *adapter)
{
  g_autoptr (PlanciaLearnt) now = g_new0 (PlanciaLearnt, 1);

  now->framing = g_strdup (framing);
  now->adapter = g_strdup (adapter);
  now->longest_read = self->max_read;
  now->no_gaps = self->no_gaps;
  now->missing = list_dropped (self);
  if (plancia_learnt_equal (now, self->learnt))
    return NULL;
  g_clear_pointer (&self->learnt, plancia_learnt_free);
  self->learnt = plancia_learnt_copy (now);
  return g_steal_pointer (&now);
}

/**
 * plancia_modbus_unit_set_watch:
 * @keys: (nullable): NULL: all that the map polls
 */
void
plancia_modbus_unit_set_watch (PlanciaModbusUnit *self, const char *const *keys)
{
  g_clear_pointer (&self->watch, g_hash_table_unref);
  /* What was not asked before is asked soon. */
  self->once_pending = TRUE;
  self->due_normal = self->due_slow = 0;
  if (keys == NULL)
    return;
  self->watch = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    g_hash_table_add (self->watch, g_strdup (keys[i]));
}

/**
 * plancia_modbus_unit_select:
 * @polls: bits 1 << PlanciaPoll
 *
 * (transfer container)
 */
GPtrArray *
plancia_modbus_unit_select (PlanciaModbusUnit *self, guint polls)
{
  GPtrArray *fields = plancia_read_plan_select (self->map, polls, TRUE);

  for (guint i = fields->len; self->watch != NULL && i > 0; i--) {
    const PlanciaField *field = g_ptr_array_index (fields, i - 1);

    if (!g_hash_table_contains (self->watch, field->key))
      g_ptr_array_remove_index (fields, i - 1);
  }
  return fields;
}

static GPtrArray *
all_fields (PlanciaMap *map)
{
  GPtrArray *fields = plancia_read_plan_select (map, G_MAXUINT, TRUE);

  for (guint i = fields->len; i > 0; i--) {
    const PlanciaField *field = g_ptr_array_index (fields, i - 1);

    if (field->poll == PLANCIA_POLL_MANUAL && field->optional)
      g_ptr_array_remove_index (fields, i - 1);
  }
  return fields;
}

/**
 * plancia_modbus_unit_find:
 * @keys: (nullable)
 *
 * See the header.
 */
GPtrArray *
plancia_modbus_unit_find (PlanciaModbusUnit *self, GStrv keys, GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;

  if (keys == NULL)
    return all_fields (self->map);
  fields = g_ptr_array_new ();
  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaField *field = plancia_map_find_field (self->map, keys[i]);

    if (field == NULL) {
      g_set_error (error,
                   PLANCIA_DEVICE_ERROR,
                   PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
                   "map %s has no register %s",
                   plancia_map_get_id (self->map),
                   keys[i]);
      return NULL;
    }
    if ((field->access & PLANCIA_ACCESS_READ) != 0)
      g_ptr_array_add (fields, (gpointer) field);
  }
  return g_steal_pointer (&fields);
}
