/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-field.h"

#include <math.h>

const char *
plancia_portal_own_name (const PlanciaCloudFormat *format, const char *name)
{
  const PlanciaCloudAlias *alias = g_hash_table_lookup (format->aliases, name);

  return alias != NULL ? alias->to : name;
}

/**
 * plancia_portal_take_field:
 * @format: of the cloud
 * @name: of a field in an answer
 * @number: its value
 * @take: called with what it is here: once, or twice for a flow that this cloud signs and we split
 * @data: for @take
 *
 * Any thread.
 */
void
plancia_portal_take_field (const PlanciaCloudFormat *format,
                           const char               *name,
                           double                    number,
                           void (*take) (const char *key, double number, gpointer data),
                           gpointer data)
{
  const PlanciaCloudAlias *alias = g_hash_table_lookup (format->aliases, name);

  if (alias == NULL) {
    take (name, number, data);
    return;
  }
  number *= alias->factor;
  if (alias->negative_to == NULL) {
    take (alias->to, number, data);
    return;
  }
  take (alias->to, fmax (number, 0), data);
  take (alias->negative_to, fmax (-number, 0), data);
}

gboolean
plancia_portal_is_lifetime_counter (const char *key)
{
  return g_str_has_prefix (key, "energy") &&
         (g_str_has_suffix (key, "Total") || g_str_has_suffix (key, "TotalDecimal"));
}

/**
 * plancia_portal_drop_zero_rows:
 * @values: (array length=length): of a lifetime counter; NAN: none
 * @length: how many
 * @times: (element-type gint64): by the same index; 0: none
 *
 * The portal at times answers zeros for everything, for a few minutes. A counter of a whole life that falls to zero gives
 * such a row away: its time is taken out. Any thread.
 */
void
plancia_portal_drop_zero_rows (const double *values, guint length, GArray *times)
{
  gint64 counted = G_MAXINT64;

  length = MIN (length, times->len);
  for (guint i = 0; i < length; i++) {
    gint64 time = g_array_index (times, gint64, i);

    if (time != 0 && values[i] > 0)
      counted = MIN (counted, time);
  }
  for (guint i = 0; i < length; i++)
    if (values[i] == 0 && g_array_index (times, gint64, i) > counted)
      g_array_index (times, gint64, i) = 0;
}
