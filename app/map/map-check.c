/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What no schema can say about a map: that its parts fit together. */

#include "base/error.h"
#include "map/forbidden-area.h"
#include "map/map-draft.h"
#include "map/map-private.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const PlanciaJsonPath registers_path = {NULL, "registers", 0};
static const PlanciaJsonPath blocks_path = {NULL, "write_blocks", 0};

#define INVALID PLANCIA_DOCUMENT_ERROR_INVALID

static gboolean
crosses_edge (const PlanciaMap *map, guint address, guint count)
{
  guint alignment = map->limits.alignment;

  return alignment > 0 && address / alignment != (address + count - 1) / alignment;
}

static gboolean
group_exists (const PlanciaMap *map, const char *key)
{
  for (guint i = 0; i < map->groups->len; i++)
    if (g_str_equal (g_array_index (map->groups, PlanciaGroup, i).key, key))
      return TRUE;

  return FALSE;
}

static void
check_groups (const PlanciaMap *map, PlanciaJsonCheck *check)
{
  const PlanciaJsonPath path = {NULL, "groups", 0};
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < map->groups->len; i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    const char           *key = g_array_index (map->groups, PlanciaGroup, i).key;

    if (!g_hash_table_add (seen, (gpointer) key))
      plancia_json_fail (check, &element, "key", INVALID, N_ ("\"%s\" is used twice"), key);
  }
}

static void
check_place (const PlanciaMap      *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             const PlanciaField    *field)
{
  guint expected = plancia_field_type_count (field->type);

  if (expected != 0 && expected != field->count)
    plancia_json_fail (check,
                       path,
                       "count",
                       INVALID,
                       N_ ("type %s takes %u registers, got %u"),
                           plancia_field_type_name (field->type),
                           expected,
                           field->count);
  if ((guint) field->address + field->count > 65536)
    plancia_json_fail (check, path, "address", INVALID, N_ ("the register ends after 0xFFFF"));
  if (field->count > map->limits.max_read)
    plancia_json_fail (
      check,
      path,
      "count",
      INVALID,
      N_ ("%u registers are longer than one read of %u"), field->count, map->limits.max_read);
  if (crosses_edge (map, field->address, field->count))
    plancia_json_fail (
      check,
      path,
      "address",
      INVALID,
      N_ ("0x%04X crosses a block edge (alignment %u)"), field->address, map->limits.alignment);
}

static gboolean
raw_range (PlanciaFieldType type, double *lowest, double *highest)
{
  switch (type) {
  case PLANCIA_FIELD_U16:
    *lowest = 0, *highest = G_MAXUINT16;
    return TRUE;
  case PLANCIA_FIELD_I16:
    *lowest = G_MININT16, *highest = G_MAXINT16;
    return TRUE;
  case PLANCIA_FIELD_U32:
    *lowest = 0, *highest = G_MAXUINT32;
    return TRUE;
  case PLANCIA_FIELD_I32:
    *lowest = G_MININT32, *highest = G_MAXINT32;
    return TRUE;
  default:
    return FALSE;
  }
}

static void
check_range (PlanciaJsonCheck *check, const PlanciaJsonPath *path, const PlanciaField *field)
{
  double lowest;
  double highest;

  if (field->has_minimum && field->has_maximum && field->minimum >= field->maximum)
    plancia_json_fail (check,
                       path,
                       "min",
                       INVALID,
                       N_ ("%g is not below max %g"), field->minimum, field->maximum);
  if (!raw_range (field->type, &lowest, &highest))
    return;

  lowest = lowest * field->scale + field->offset;
  highest = highest * field->scale + field->offset;
  /* One unit of tolerance at the top: 6553.6 is how people write the limit of a register of tenths. */
  if (field->has_minimum && field->minimum < MIN (lowest, highest))
    plancia_json_fail (check,
                       path,
                       "min",
                       INVALID,
                       N_ ("%g is below what type %s can hold (%g)"),
                           field->minimum,
                           plancia_field_type_name (field->type),
                           MIN (lowest, highest));
  if (field->has_maximum && field->maximum > MAX (lowest, highest) + 1)
    plancia_json_fail (check,
                       path,
                       "max",
                       INVALID,
                       N_ ("%g is above what type %s can hold (%g)"),
                           field->maximum,
                           plancia_field_type_name (field->type),
                           MAX (lowest, highest));
}

static void
check_bits (PlanciaJsonCheck *check, const PlanciaJsonPath *path, const PlanciaField *field)
{
  gboolean can_mask = field->count == 1 &&
                      (field->type == PLANCIA_FIELD_U16 || field->type == PLANCIA_FIELD_I16 ||
                       field->type == PLANCIA_FIELD_BITS);

  if ((field->mask != 0 || field->shift != 0) && !can_mask)
    plancia_json_fail (check,
                       path,
                       field->mask != 0 ? "mask" : "shift",
                       INVALID,
                       N_ ("only u16, i16 and bits of one register can be part of a register"));

  for (guint i = 0; field->bits != NULL && i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (label->number >= 16 * field->count)
      plancia_json_fail (check,
                         path,
                         "bits",
                         INVALID,
                         N_ ("bit %d is outside the %u bits of the register"),
                             (int) label->number,
                             16u * field->count);
  }
}

static gboolean
block_holds (const PlanciaWriteBlock *block, const PlanciaField *field)
{
  if (block->result == field)
    return TRUE;

  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->field == field)
      return TRUE;
    /* A register at the place of a constant belongs to the block too, though it is not free. */
    if (item->kind == PLANCIA_LAYOUT_CONSTANT && item->address == field->address &&
        field->count == 1)
      return TRUE;
  }

  return FALSE;
}

static void
check_write (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             const PlanciaField    *field)
{
  const PlanciaJsonPath    here = {path, "write", 0};
  const PlanciaWriteBlock *block = NULL;

  if (field->write_block != NULL) {
    block = plancia_map_find_block (map, field->write_block);
    if (block == NULL)
      plancia_json_fail (check,
                         &here,
                         "block",
                         INVALID,
                         N_ ("there is no write block \"%s\""), field->write_block);
    else if (!block_holds (block, field))
      plancia_json_fail (check,
                         &here,
                         "block",
                         INVALID,
                         N_ ("the register is not in the block \"%s\""), field->write_block);
  }
  if (field->write_function == 0)
    return;

  if (field->read_function == 2 || field->count > map->limits.max_write)
    plancia_json_fail (check,
                       path,
                       "access",
                       INVALID,
                       field->read_function == 2
                       ? N_ ("discrete inputs cannot be written")
                       : N_ ("the register is longer than one write"));
  if ((field->write_function == 6 || field->write_function == 5) && field->count != 1)
    plancia_json_fail (check,
                       &here,
                       "function",
                       INVALID,
                       N_ ("function %u writes one register, the register has %u"),
                           field->write_function,
                           field->count);
}

/* No file, whoever wrote it, makes the grid code or the firmware of an inverter writable. */
static void
check_forbidden (const PlanciaMap      *map,
                 PlanciaJsonCheck      *check,
                 const PlanciaJsonPath *path,
                 const PlanciaField    *field)
{
  if (field->access & PLANCIA_ACCESS_WRITE && field->read_function == 3 &&
      field->danger != PLANCIA_DANGER_GRID_CODE && g_str_equal (map->device_kind, "inverter") &&
      plancia_forbidden_area_find (field->address, field->count, NULL, NULL))
    plancia_json_fail (check,
                       path,
                       "access",
                       INVALID,
                       N_ ("the area of the grid code and the firmware is never written"));
}

static void
check_fields (PlanciaMap *map, PlanciaJsonCheck *check)
{
  for (guint i = 0; i < map->n_fields && !plancia_json_failed (check); i++) {
    const PlanciaJsonPath path = {&registers_path, NULL, i};
    const PlanciaField   *field = &map->fields[i];

    if (!group_exists (map, field->group))
      plancia_json_fail (check,
                         &path,
                         "group",
                         INVALID,
                         N_ ("there is no group \"%s\""), field->group);
    check_place (map, check, &path, field);
    check_range (check, &path, field);
    check_bits (check, &path, field);
    check_write (map, check, &path, field);
    check_forbidden (map, check, &path, field);
  }
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const PlanciaField *left = *(const PlanciaField *const *) a;
  const PlanciaField *right = *(const PlanciaField *const *) b;

  if (left->read_function != right->read_function)
    return left->read_function - right->read_function;

  return left->address - right->address;
}

static void
check_overlaps (PlanciaMap *map, PlanciaJsonCheck *check)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (map->n_fields);

  for (guint i = 0; i < map->n_fields; i++)
    g_ptr_array_add (sorted, &map->fields[i]);
  g_ptr_array_sort (sorted, compare_places);

  for (guint i = 1; i < sorted->len; i++) {
    const PlanciaField   *before = g_ptr_array_index (sorted, i - 1);
    const PlanciaField   *field = g_ptr_array_index (sorted, i);
    const PlanciaJsonPath path = {&registers_path, NULL, field - map->fields};

    if (before->read_function == field->read_function &&
        before->address + before->count > field->address)
      plancia_json_fail (
        check,
        &path,
        "address",
        INVALID,
        N_ ("\"%s\" overlaps \"%s\" at 0x%04X"), field->key, before->key, field->address);
  }
}

static void
check_layout (PlanciaJsonCheck *check, const PlanciaJsonPath *path, const PlanciaWriteBlock *block)
{
  const PlanciaJsonPath here = {path, "layout", 0};

  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaJsonPath    element = {&here, NULL, i};
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->field == NULL)
      continue;
    if (item->field->address != item->address)
      plancia_json_fail (check,
                         &element,
                         "register",
                         INVALID,
                         N_ ("\"%s\" is at 0x%04X, the layout puts it at 0x%04X"),
                             item->field->key,
                             item->field->address,
                             item->address);
    if (item->field->write_function == 0)
      plancia_json_fail (check,
                         &element,
                         "register",
                         INVALID,
                         N_ ("\"%s\" is read-only"), item->field->key);
  }
}

static void
check_blocks (PlanciaMap *map, PlanciaJsonCheck *check)
{
  for (guint i = 0; i < map->blocks->len; i++) {
    const PlanciaJsonPath    path = {&blocks_path, NULL, i};
    const PlanciaWriteBlock *block = g_ptr_array_index (map->blocks, i);

    check_layout (check, &path, block);
    if (plancia_map_find_block (map, block->key) != block)
      plancia_json_fail (check, &path, "key", INVALID, N_ ("\"%s\" is used twice"), block->key);
    if (block->count > map->limits.max_write)
      plancia_json_fail (
        check,
        &path,
        "layout",
        INVALID,
        N_ ("%u registers are longer than one write of %u"), block->count, map->limits.max_write);
    if ((guint) block->address + block->count > 65536 ||
        crosses_edge (map, block->address, block->count))
      plancia_json_fail (check, &path, "address", INVALID, N_ ("the block crosses a block edge"));
  }
}

void
plancia_map_check (PlanciaMap *map, PlanciaJsonCheck *check)
{
  check_groups (map, check);
  check_fields (map, check);
  if (plancia_json_failed (check))
    return;
  check_overlaps (map, check);
  check_blocks (map, check);
}
