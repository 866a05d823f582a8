/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-field.h"

#include "base/span.h"
#include <math.h>

/* kWh: lifetime counters come with one decimal from some devices and with none from others. */
#define ROUNDING 1.001
/* What is low for longer is no mistake of the cloud. */
#define STAYS_LOW (30 * PLANCIA_MINUTE)

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

typedef struct
{
  gint64 time;
  double value;
  guint  row;
} Count;

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Count *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

/* The usual case, of which there are many: all of it only rises. */
static gboolean
only_rises (const double *values, guint length, GArray *times)
{
  gint64 last_time = G_MININT64;
  double last = -INFINITY;

  for (guint i = 0; i < length; i++) {
    gint64 time = g_array_index (times, gint64, i);

    if (time == 0 || isnan (values[i]))
      continue;
    if (time < last_time || values[i] < last)
      return FALSE;
    last_time = time;
    last = values[i];
  }
  return TRUE;
}

static GArray *
sort_counts (const double *values, guint length, GArray *times)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (Count));

  for (guint i = 0; i < length; i++) {
    Count count = {g_array_index (times, gint64, i), values[i], i};

    if (count.time != 0 && !isnan (count.value))
      g_array_append_val (counts, count);
  }
  g_array_sort (counts, compare_counts);
  return counts;
}

/* from: of the first count that is too low; to: behind the last one. */
static void
drop_counts (GArray *counts, guint from, guint to, GArray *times)
{
  for (guint i = from; i < to; i++)
    g_array_index (times, gint64, g_array_index (counts, Count, i).row) = 0;
}

static guint
drop_zeros (GArray *counts, GArray *times)
{
  gboolean counted = FALSE;
  guint    oddities = 0;

  for (guint i = 0; i < counts->len; i++) {
    const Count *count = &g_array_index (counts, Count, i);

    counted |= count->value > 0;
    if (count->value != 0 || !counted)
      continue;
    drop_counts (counts, i, i + 1, times);
    oddities = PLANCIA_ODD_ZEROS;
  }
  return oddities;
}

/* Lower than before, and as high again later, or at the end for so short a time that nobody knows. What stays low belongs to a
 * device that took the place of another. */
static guint
drop_falls (GArray *counts, GArray *times)
{
  double high = -INFINITY;
  guint  oddities = 0, fell = G_MAXUINT;
  gint64 since = 0;

  for (guint i = 0; i < counts->len; i++) {
    const Count *count = &g_array_index (counts, Count, i);

    if (count->value == 0 && high > 0)
      continue;
    if (count->value >= high - ROUNDING) {
      if (fell != G_MAXUINT)
        drop_counts (counts, fell, i, times);
      oddities |= fell != G_MAXUINT ? PLANCIA_ODD_BACK : 0;
      fell = G_MAXUINT;
      high = fmax (high, count->value);
    } else if (fell == G_MAXUINT) {
      fell = i;
      since = count->time;
    }
  }
  if (fell == G_MAXUINT || g_array_index (counts, Count, counts->len - 1).time - since > STAYS_LOW)
    return oddities;
  drop_counts (counts, fell, counts->len, times);
  return oddities | PLANCIA_ODD_BACK;
}

/**
 * plancia_portal_drop_false_rows:
 * @values: (array length=length): of a lifetime counter; NAN: none
 * @length: how many
 * @times: (element-type gint64): by the same index; 0: none
 *
 * The portal at times answers zeros for everything, for a few minutes, or goes back to older values. A counter of a whole
 * life that falls gives such rows away: their times are taken out. Any thread.
 *
 * Returns: PlanciaOddities
 */
guint
plancia_portal_drop_false_rows (const double *values, guint length, GArray *times)
{
  g_autoptr (GArray) counts = NULL;

  length = MIN (length, times->len);
  if (only_rises (values, length, times))
    return 0;
  counts = sort_counts (values, length, times);
  return drop_zeros (counts, times) | drop_falls (counts, times);
}

guint
plancia_portal_judge_times (GArray *times)
{
  guint  oddities = 0;
  gint64 last = G_MININT64;

  for (guint i = 0; i < times->len; i++) {
    gint64 time = g_array_index (times, gint64, i);

    if (time == 0)
      continue;
    if (time == last)
      oddities |= PLANCIA_ODD_TWICE;
    else if (time < last)
      oddities |= PLANCIA_ODD_ORDER;
    last = MAX (last, time);
  }
  return oddities;
}
