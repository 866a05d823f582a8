/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/field-sort.h"

#include <string.h>

static gboolean
is_one_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
contains_one_of (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_grid_code (const PlanciaField *field)
{
  return field->danger == PLANCIA_DANGER_GRID_CODE || g_strcmp0 (field->group, "safety") == 0 ||
         g_str_has_prefix (field->key, "grid_code");
}

static gboolean
is_address (const PlanciaField *field)
{
  static const char *const groups[] = {"bus", NULL};

  return field->danger == PLANCIA_DANGER_BREAKS_LINK || is_one_of (field->group, groups) ||
         g_str_has_prefix (field->key, "bus_") || g_str_has_suffix (field->key, "_address");
}

static gboolean
is_calibration (const PlanciaField *field)
{
  static const char *const words[] = {"calib", "_bias", "ct_ratio", "vt_ratio", NULL};

  return contains_one_of (field->key, words);
}

/**
 * plancia_field_sort:
 * @field: of a map
 *
 * Returns: what it is for
 */
PlanciaFieldSort
plancia_field_sort (const PlanciaField *field)
{
  if (field->access & PLANCIA_ACCESS_WRITE || is_grid_code (field))
    return PLANCIA_SORT_SETTING;
  if (field->monotonic || field->reset != NULL)
    return PLANCIA_SORT_COUNTER;
  if (field->poll == PLANCIA_POLL_ONCE || field->type == PLANCIA_FIELD_ASCII)
    return PLANCIA_SORT_IDENTITY;
  /* Asked by hand and not written: what is set elsewhere, such as where a meter is. */
  return field->poll == PLANCIA_POLL_MANUAL && field->type != PLANCIA_FIELD_CLOCK6 &&
             field->values != NULL
           ? PLANCIA_SORT_SETTING
           : PLANCIA_SORT_READING;
}

/* The register at the end of a block that says how the write went. */
static gboolean
is_command (PlanciaMap *map, const PlanciaField *field)
{
  const PlanciaWriteBlock *block = field->write_block != NULL
                                     ? plancia_map_find_block (map, field->write_block)
                                     : NULL;

  return block != NULL && block->result == field;
}

/**
 * plancia_field_keep:
 * @map: the field's map
 * @field: of it
 *
 * Returns: why a person would not want it copied, or %PLANCIA_KEEP_NONE
 */
PlanciaFieldKeep
plancia_field_keep (PlanciaMap *map, const PlanciaField *field)
{
  if (strstr (field->key, "serial") != NULL)
    return PLANCIA_KEEP_SERIAL;
  if (is_grid_code (field))
    return PLANCIA_KEEP_GRID_CODE;
  if (is_command (map, field))
    return PLANCIA_KEEP_COMMAND;
  if (is_address (field))
    return PLANCIA_KEEP_ADDRESS;
  if (is_calibration (field))
    return PLANCIA_KEEP_CALIBRATION;
  if (g_strcmp0 (field->group, "clock") == 0 || g_str_has_prefix (field->key, "clock_"))
    return PLANCIA_KEEP_CLOCK;
  return field->danger == PLANCIA_DANGER_STOPS_PRODUCTION ? PLANCIA_KEEP_SWITCH : PLANCIA_KEEP_NONE;
}
