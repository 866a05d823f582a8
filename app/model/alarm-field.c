/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-field.h"

#include "map/alarm-ids.h"
#include <string.h>

/* Words of power unit, battery unit and battery modules, for which nobody has published a list of bits. */
static gboolean
is_plain_word (const PlanciaField *field)
{
  static const char *const owners[] = {"bms_", "module_", "pcu_", "bdu_"};

  if (field->type != PLANCIA_FIELD_U16 || field->values != NULL || field->scale != 1 ||
      field->unit[0] != '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    if (g_str_has_prefix (field->key, owners[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_warnings (const PlanciaField *field)
{
  for (guint i = 0; i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (plancia_alarm_ids_is_warning (label->label))
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_alarm_field_kind:
 * @field: of a map
 *
 * Returns: what its bits say
 */
PlanciaAlarmFieldKind
plancia_alarm_field_kind (const PlanciaField *field)
{
  gboolean fault = g_str_has_prefix (field->key, "fault") || strstr (field->key, "_fault") ||
                   strstr (field->key, "_protection");
  gboolean alarm = strstr (field->key, "_alarm") != NULL;

  if (field->bits == NULL && !is_plain_word (field))
    return PLANCIA_ALARM_FIELD_NONE;
  if (fault)
    return PLANCIA_ALARM_FIELD_FAULTS;
  if (alarm)
    return PLANCIA_ALARM_FIELD_WARNINGS;
  if (field->bits != NULL && g_str_has_prefix (field->key, "status") && has_warnings (field))
    return PLANCIA_ALARM_FIELD_STATUS;
  return PLANCIA_ALARM_FIELD_NONE;
}
