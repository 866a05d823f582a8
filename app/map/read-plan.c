/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/read-plan.h"

typedef struct
{
  const PlanciaMapLimits *limits;
  guint                   max_read;
  guint                   max_gap;
} Rules;

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const PlanciaField *left = *(const PlanciaField *const *) a;
  const PlanciaField *right = *(const PlanciaField *const *) b;

  if (left->read_function != right->read_function)
    return left->read_function - right->read_function;
  if (left->address != right->address)
    return left->address - right->address;

  return right->count - left->count;
}

/* Whether [first, last] touches an address that must not be read. */
static gboolean
is_forbidden (const PlanciaMapLimits *limits, guint first, guint last)
{
  for (guint i = 0; limits->never_read != NULL && i < limits->never_read->len; i++) {
    guint32 range = g_array_index (limits->never_read, guint32, i);

    if (first <= (range & G_MAXUINT16) && last >= range >> 16)
      return TRUE;
  }

  return FALSE;
}

static gboolean
can_join (const Rules *rules, const PlanciaReadBlock *block, const PlanciaField *field)
{
  guint end = block->address + block->count;
  guint new_end = MAX (end, (guint) field->address + field->count);
  guint alignment = rules->limits->alignment;

  if (block->function != field->read_function || field->address > end + rules->max_gap)
    return FALSE;
  if (new_end - block->address > MAX (rules->max_read, block->count))
    return FALSE;
  if (alignment > 0 && block->address / alignment != (new_end - 1) / alignment)
    return FALSE;

  return !is_forbidden (rules->limits, block->address, new_end - 1);
}

static PlanciaReadBlock *
block_new (const PlanciaField *field)
{
  PlanciaReadBlock *self = g_new0 (PlanciaReadBlock, 1);

  self->function = field->read_function;
  self->address = field->address;
  self->count = field->count;
  self->fields = g_ptr_array_new ();

  return self;
}

/**
 * plancia_read_block_free:
 */
void
plancia_read_block_free (PlanciaReadBlock *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/**
 * plancia_read_plan_new:
 * @map: the map, for its limits
 * @fields: (element-type PlanciaField): any order
 * @max_read: registers a request, or 0 for the map's own; never more than the map's own
 * @max_gap: registers nobody asked for that a request may bridge, or %G_MAXUINT for the map's own
 *
 * Requests in the order of function and address. None crosses a multiple of the map's alignment or
 * touches a never_read address; fields at such addresses are left out. A field longer than
 * @max_read is read whole, alone: halves of a number from two moments are not a number.
 *
 * Returns: (transfer full) (element-type PlanciaReadBlock)
 */
GPtrArray *
plancia_read_plan_new (PlanciaMap *map, GPtrArray *fields, guint max_read, guint max_gap)
{
  const PlanciaMapLimits *limits = plancia_map_get_limits (map);
  const Rules             rules = {
                limits,
    max_read > 0 ? MIN (max_read, limits->max_read) : limits->max_read,
    max_gap != G_MAXUINT ? MIN (max_gap, G_MAXUINT16) : limits->max_gap,
  };
  GPtrArray *plan = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_read_block_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (fields, NULL, NULL);
  PlanciaReadBlock *block = NULL;

  g_ptr_array_sort (sorted, compare_fields);
  for (guint i = 0; i < sorted->len; i++) {
    const PlanciaField *field = g_ptr_array_index (sorted, i);
    guint               end = (guint) field->address + field->count;

    if (is_forbidden (limits, field->address, end - 1))
      continue;

    if (block != NULL && can_join (&rules, block, field)) {
      block->count = MAX (block->address + block->count, end) - block->address;
    } else {
      block = block_new (field);
      g_ptr_array_add (plan, block);
    }
    g_ptr_array_add (block->fields, (gpointer) field);
  }

  return plan;
}

/**
 * plancia_read_plan_select:
 * @map: the map
 * @polls: bit mask of 1 << #PlanciaPoll
 * @optional: whether fields that some devices refuse are wanted
 *
 * Returns: (transfer container) (element-type PlanciaField): readable fields in file order
 */
GPtrArray *
plancia_read_plan_select (PlanciaMap *map, guint polls, gboolean optional)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if ((polls & 1u << field->poll) && (optional || !field->optional) &&
        (field->access & PLANCIA_ACCESS_READ))
      g_ptr_array_add (fields, (gpointer) field);
  }

  return fields;
}
