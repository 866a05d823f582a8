/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/restore-plan.h"

#include "model/snapshot-words.h"
#include <glib/gi18n.h>
#include <string.h>

/* What nobody may copy. */
#define NEVER (PLANCIA_KEEP_SERIAL | PLANCIA_KEEP_GRID_CODE | PLANCIA_KEEP_COMMAND)

struct _PlanciaRestorePlan
{
  PlanciaSnapshot         *source;
  PlanciaSnapshot         *present;
  PlanciaMap              *source_map;
  PlanciaMap              *map;
  PlanciaFieldKeep         include;
  GPtrArray               *items; /* PlanciaRestoreItem */
  PlanciaRestoreDifference differences;
};

static void
item_free (PlanciaRestoreItem *item)
{
  plancia_value_clear (&item->value);
  g_free (item->message);
  g_free (item);
}

/* --- the devices ----------------------------------------------------------------------------- */

static gboolean
differ (const char *a, const char *b)
{
  return a[0] != '\0' && b[0] != '\0' && !g_str_equal (a, b);
}

static PlanciaRestoreDifference
compare_devices (PlanciaSnapshot *a, PlanciaSnapshot *b)
{
  const char *one = plancia_snapshot_get_serial (a), *two = plancia_snapshot_get_serial (b);
  PlanciaRestoreDifference found = 0;

  if (!g_str_equal (plancia_snapshot_get_map (a), plancia_snapshot_get_map (b)))
    found |= PLANCIA_RESTORE_OTHER_MAP;
  if (differ (plancia_snapshot_get_rated_power (a), plancia_snapshot_get_rated_power (b)))
    found |= PLANCIA_RESTORE_OTHER_MODEL;
  if (differ (plancia_snapshot_get_firmware (a), plancia_snapshot_get_firmware (b)))
    found |= PLANCIA_RESTORE_OTHER_FIRMWARE;
  if (differ (one, two))
    found |= PLANCIA_RESTORE_OTHER_DEVICE;
  if (one[0] == '\0' || two[0] == '\0')
    found |= PLANCIA_RESTORE_NO_IDENTITY;
  return found;
}

/* --- one setting ----------------------------------------------------------------------------- */

static gboolean
same_labels (const PlanciaField *a, const PlanciaField *b, gint64 number)
{
  return g_strcmp0 (plancia_field_find_label (a, number), plancia_field_find_label (b, number)) ==
         0;
}

/* A number may go from one map to another if it means the same there. */
static gboolean
means_the_same (const PlanciaField *from, const PlanciaField *to, const PlanciaValue *value)
{
  if (from == to)
    return TRUE;
  if (g_strcmp0 (from->unit, to->unit) != 0 || (from->values == NULL) != (to->values == NULL) ||
      (from->bits == NULL) != (to->bits == NULL) ||
      (from->type == PLANCIA_FIELD_HHMM) != (to->type == PLANCIA_FIELD_HHMM) ||
      (from->type == PLANCIA_FIELD_MMDD) != (to->type == PLANCIA_FIELD_MMDD))
    return FALSE;
  return to->values == NULL || same_labels (from, to, value->integer);
}

static const PlanciaField *
source_field (PlanciaRestorePlan *self, const PlanciaField *field, guint count)
{
  const PlanciaField *found;

  if (self->source_map == NULL)
    return NULL;
  found = plancia_map_find_field (self->source_map, field->key);
  return found != NULL && found->count == count ? found : NULL;
}

/* Under mask and shift other settings share the words: the value counts, not the words. */
static gboolean
has_it (const PlanciaField *field, const guint16 *present, const PlanciaValue *value)
{
  g_auto (PlanciaValue) now = {0};

  plancia_field_decode (field, present, &now);
  return plancia_value_equal (&now, value);
}

static void
judge_value (PlanciaRestorePlan *self, PlanciaRestoreItem *item)
{
  const PlanciaSnapshotItem *wanted = plancia_snapshot_find (self->source, item->field->key);
  const PlanciaSnapshotItem *now = plancia_snapshot_find (self->present, item->field->key);
  const PlanciaField        *from;
  g_autofree guint16        *words = g_new0 (guint16, item->field->count);
  g_autoptr (GError) error = NULL;

  item->action = PLANCIA_RESTORE_NOT_THERE;
  if (wanted == NULL || wanted->words == NULL)
    return;
  from = source_field (self, item->field, wanted->count);
  item->action = PLANCIA_RESTORE_OTHER_SORT;
  if (from == NULL)
    return;
  plancia_field_decode (from, wanted->words, &item->value);
  if (!means_the_same (from, item->field, &item->value))
    return;
  item->wanted = wanted->count == item->field->count ? wanted->words : NULL;
  item->action = PLANCIA_RESTORE_UNREADABLE;
  if (now == NULL || now->words == NULL || now->count != item->field->count)
    return;
  item->present = now->words;
  item->action = PLANCIA_RESTORE_EQUAL;
  if (has_it (item->field, item->present, &item->value))
    return;
  item->action = PLANCIA_RESTORE_WRITE;
  if (!plancia_field_check (item->field, &item->value, &error) ||
      !plancia_field_encode (item->field, &item->value, item->present, words, &error)) {
    item->action = PLANCIA_RESTORE_REFUSED;
    item->message = g_strdup (error->message);
  }
}

static PlanciaRestoreItem *
judge (PlanciaRestorePlan *self, const PlanciaField *field)
{
  PlanciaRestoreItem *item = g_new0 (PlanciaRestoreItem, 1);
  PlanciaFieldKeep    keep = plancia_field_keep (self->map, field);

  item->field = field;
  judge_value (self, item);
  if (keep != PLANCIA_KEEP_NONE && (keep & NEVER || !(keep & self->include))) {
    item->action = PLANCIA_RESTORE_KEPT;
    item->keep = keep;
  } else if (item->action == PLANCIA_RESTORE_WRITE && !plancia_field_is_writable (field)) {
    item->action = PLANCIA_RESTORE_REFUSED;
    item->message = g_strdup ("the map does not let it be written");
  }
  return item;
}

/* Serial numbers are named, so that nobody has to wonder. */
static gboolean
is_worth_a_word (PlanciaMap *map, const PlanciaField *field)
{
  if (plancia_field_keep (map, field) == PLANCIA_KEEP_SERIAL)
    return TRUE;
  return plancia_field_sort (field) == PLANCIA_SORT_SETTING &&
         (field->access & PLANCIA_ACCESS_WRITE ||
          plancia_field_keep (map, field) != PLANCIA_KEEP_NONE);
}

/**
 * plancia_restore_plan_new:
 * @source: whose settings are wanted
 * @source_map: (nullable): the map of @source
 * @present: the device as it is now
 * @map: the map of the device
 * @include: what is wanted though it is left out by default
 *
 * Returns: (transfer full): what would be written, and why the rest would not
 */
PlanciaRestorePlan *
plancia_restore_plan_new (PlanciaSnapshot *source,
                          PlanciaMap      *source_map,
                          PlanciaSnapshot *present,
                          PlanciaMap      *map,
                          PlanciaFieldKeep include)
{
  PlanciaRestorePlan *self = g_new0 (PlanciaRestorePlan, 1);

  self->source = g_object_ref (source);
  self->present = g_object_ref (present);
  self->source_map = source_map != NULL ? plancia_map_ref (source_map) : NULL;
  self->map = plancia_map_ref (map);
  self->include = include;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->differences = compare_devices (source, present);
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (is_worth_a_word (map, field))
      g_ptr_array_add (self->items, judge (self, field));
  }
  return self;
}

void
plancia_restore_plan_free (PlanciaRestorePlan *self)
{
  g_ptr_array_unref (self->items);
  g_object_unref (self->source);
  g_object_unref (self->present);
  g_clear_pointer (&self->source_map, plancia_map_unref);
  plancia_map_unref (self->map);
  g_free (self);
}

guint
plancia_restore_plan_get_length (PlanciaRestorePlan *self)
{
  return self->items->len;
}

const PlanciaRestoreItem *
plancia_restore_plan_get (PlanciaRestorePlan *self, guint index)
{
  return g_ptr_array_index (self->items, index);
}

guint
plancia_restore_plan_count (PlanciaRestorePlan *self, PlanciaRestoreAction action)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += plancia_restore_plan_get (self, i)->action == action;
  return n;
}

PlanciaRestoreDifference
plancia_restore_plan_get_differences (PlanciaRestorePlan *self)
{
  return self->differences;
}

const char *
plancia_restore_plan_get_purpose (PlanciaRestorePlan *self)
{
  return (self->differences & PLANCIA_RESTORE_OTHER_DEVICE) != 0 ? "clone" : "restore";
}

char *
plancia_restore_plan_dup_origin (PlanciaRestorePlan *self, GTimeZone *zone)
{
  g_autofree char *time = plancia_snapshot_words_time (plancia_snapshot_get_time (self->source),
                                                       zone);

  /* TRANSLATORS: a note of the journal: the device, and when the snapshot was taken */
  return g_strdup_printf (_ ("Snapshot of %s, %s"), plancia_snapshot_get_name (self->source), time);
}

GPtrArray *
plancia_restore_plan_create_edits (PlanciaRestorePlan *self)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  for (guint i = 0; i < self->items->len; i++) {
    const PlanciaRestoreItem *item = plancia_restore_plan_get (self, i);

    if (item->action == PLANCIA_RESTORE_WRITE)
      g_ptr_array_add (edits, plancia_edit_new (item->field, &item->value));
  }
  return edits;
}
