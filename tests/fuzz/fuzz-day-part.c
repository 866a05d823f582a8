/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "history/day-part.h"

#define OWNER "a/b/2026-06.days"

/* What is read is written again, and read again. */
typedef struct
{
  GByteArray *again;
  guint       n;
} Reading;

static gboolean
take_samples (const char *key, GArray *times, GArray *values, gpointer data)
{
  Reading *reading = data;

  FUZZ_PROMISE (times->len > 0 && times->len == values->len);
  for (guint i = 1; i < times->len; i++)
    FUZZ_PROMISE (g_array_index (times, gint64, i - 1) < g_array_index (times, gint64, i));
  plancia_day_part_add_samples (reading->again,
                                OWNER,
                                key,
                                (const gint64 *) times->data,
                                (const double *) values->data,
                                times->len);
  reading->n++;
  return TRUE;
}

static gboolean
take_cover (const PlanciaCover *cover, gpointer data)
{
  Reading *reading = data;

  FUZZ_PROMISE (!plancia_span_is_empty (cover->span));
  plancia_day_part_add_cover (reading->again, OWNER, cover);
  reading->n++;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const PlanciaDayVisitor visitor = {take_samples, take_cover};
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GByteArray) first = plancia_day_part_begin ();
  g_autoptr (GByteArray) second = plancia_day_part_begin ();
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  Reading  one = {first, 0}, other = {second, 0};
  guint    lost = 0, more = 0;
  gboolean good = plancia_day_part_read (bytes, OWNER, &visitor, &one, &lost, &error);

  FUZZ_PROMISE (good == (error == NULL));
  again = g_bytes_new (first->data, first->len);
  FUZZ_PROMISE (plancia_day_part_read (again, OWNER, &visitor, &other, &more, NULL));
  FUZZ_PROMISE (more == 0 && other.n == one.n);
  return 0;
}
