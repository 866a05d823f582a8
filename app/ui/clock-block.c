/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/clock-block.h"

#include "base/clock.h"
#include <string.h>

#define BLOCK_KEY "clock"

/* Ends of the keys, by part. */
static const char *const endings[PLANCIA_CLOCK_N_PARTS] = {
  "_year",
  "_month",
  "_day",
  "_hour",
  "_minute",
  "_second",
};

static GQuark
from_computer_quark (void)
{
  return g_quark_from_static_string ("plancia-clock-from-computer");
}

static void
note_part (const PlanciaField *field, const PlanciaField **parts)
{
  for (guint i = 0; i < PLANCIA_CLOCK_N_PARTS; i++)
    if (g_str_has_suffix (field->key, endings[i]))
      parts[i] = field;
}

/* In the order of the parts. */
static void
split (GDateTime *time, int *numbers)
{
  numbers[PLANCIA_CLOCK_YEAR] = g_date_time_get_year (time) % 100;
  numbers[PLANCIA_CLOCK_MONTH] = g_date_time_get_month (time);
  numbers[PLANCIA_CLOCK_DAY] = g_date_time_get_day_of_month (time);
  numbers[PLANCIA_CLOCK_HOUR] = g_date_time_get_hour (time);
  numbers[PLANCIA_CLOCK_MINUTE] = g_date_time_get_minute (time);
  numbers[PLANCIA_CLOCK_SECOND] = g_date_time_get_second (time);
}

static gboolean
is_staged (PlanciaRegisterModel *model, const PlanciaField **parts)
{
  for (guint i = 0; i < PLANCIA_CLOCK_N_PARTS; i++)
    if (plancia_register_row_is_staged (plancia_register_model_find (model, parts[i]->key)))
      return TRUE;
  return FALSE;
}

/**
 * plancia_clock_block_find:
 * @map: the map of a device
 * @parts: (out): an array of %PLANCIA_CLOCK_N_PARTS fields
 *
 * Returns: whether the map has the block "clock" with all six parts.
 */
gboolean
plancia_clock_block_find (PlanciaMap *map, const PlanciaField **parts)
{
  const PlanciaWriteBlock *block = plancia_map_find_block (map, BLOCK_KEY);

  memset (parts, 0, PLANCIA_CLOCK_N_PARTS * sizeof *parts);
  for (guint i = 0; block != NULL && i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->kind == PLANCIA_LAYOUT_REGISTER)
      note_part (item->field, parts);
  }
  for (guint i = 0; i < PLANCIA_CLOCK_N_PARTS; i++)
    if (parts[i] == NULL)
      return FALSE;
  return TRUE;
}

/**
 * plancia_clock_block_contains:
 * @map: the map of @field
 * @field: a field
 *
 * Returns: whether @field is a part of the time that is set.
 */
gboolean
plancia_clock_block_contains (PlanciaMap *map, const PlanciaField *field)
{
  const PlanciaField *parts[PLANCIA_CLOCK_N_PARTS];

  if (g_strcmp0 (field->write_block, BLOCK_KEY) != 0 || !plancia_clock_block_find (map, parts))
    return FALSE;
  for (guint i = 0; i < PLANCIA_CLOCK_N_PARTS; i++)
    if (parts[i] == field)
      return TRUE;
  return FALSE;
}

/**
 * plancia_clock_block_stage:
 * @model: rows of a device whose map has the block
 * @time: what the device's clock is to show
 * @from_computer: whether the present time is taken when it is sent
 *
 * Stages all six parts; those that the device already shows are sent too, since they are one block.
 *
 * Returns: %FALSE as plancia_register_model_stage_always().
 */
gboolean
plancia_clock_block_stage (PlanciaRegisterModel *model,
                           GDateTime            *time,
                           gboolean              from_computer,
                           GError              **error)
{
  const PlanciaField *parts[PLANCIA_CLOCK_N_PARTS];
  int                 numbers[PLANCIA_CLOCK_N_PARTS];

  if (!plancia_clock_block_find (plancia_register_model_get_map (model), parts))
    return TRUE;
  g_object_set_qdata (G_OBJECT (model), from_computer_quark (), GINT_TO_POINTER (from_computer));
  split (time, numbers);
  for (guint i = 0; i < PLANCIA_CLOCK_N_PARTS; i++) {
    PlanciaRegisterRow *row = plancia_register_model_find (model, parts[i]->key);
    PlanciaValue        value = {.kind = PLANCIA_VALUE_NUMBER,
                                 .number = numbers[i],
                                 .integer = numbers[i]};

    if (!plancia_register_model_stage_always (model, row, &value, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * plancia_clock_block_is_from_computer:
 *
 * Returns: whether a time is staged that is taken again when it is sent.
 */
gboolean
plancia_clock_block_is_from_computer (PlanciaRegisterModel *model)
{
  const PlanciaField *parts[PLANCIA_CLOCK_N_PARTS];

  return g_object_get_qdata (G_OBJECT (model), from_computer_quark ()) != NULL &&
         plancia_clock_block_find (plancia_register_model_get_map (model), parts) &&
         is_staged (model, parts);
}

/**
 * plancia_clock_block_refresh:
 *
 * Between staging and sending a person reads the review: the time goes on meanwhile.
 */
void
plancia_clock_block_refresh (PlanciaRegisterModel *model)
{
  g_autoptr (GDateTime) now = NULL;

  if (!plancia_clock_block_is_from_computer (model))
    return;
  now = plancia_clock_block_now ();
  plancia_clock_block_stage (model, now, TRUE, NULL);
}

/**
 * plancia_clock_block_now:
 *
 * Returns: (transfer full): the time of the program's clock in the local time zone.
 */
GDateTime *
plancia_clock_block_now (void)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (plancia_clock_now () / 1000);

  return g_date_time_to_local (utc);
}
