/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch.h"

#include "model/alarm-field.h"
#include "model/quantity.h"

static gboolean
makes_a_quantity (const PlanciaField *field, const char *kind)
{
  for (int i = 0; i < PLANCIA_N_QUANTITIES; i++)
    if (plancia_quantity_uses ((PlanciaQuantity) i, kind, field->key))
      return TRUE;
  return FALSE;
}

/**
 * plancia_watch_list:
 * @map: of the device
 * @kind: of the device
 *
 * See the header.
 */
GStrv
plancia_watch_list (PlanciaMap *map, const char *kind)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->poll == PLANCIA_POLL_FAST || g_str_equal (field->key, "serial_number") ||
        plancia_alarm_field_kind (field) != PLANCIA_ALARM_FIELD_NONE ||
        makes_a_quantity (field, kind))
      g_strv_builder_add (keys, field->key);
  }
  return g_strv_builder_end (keys);
}
