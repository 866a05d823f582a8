/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include <string.h>

/* Whether two sources told the same, in the same order. */
static inline gboolean
same_samples (PlanciaSamples *a, PlanciaSamples *b)
{
  if (plancia_samples_get_n_columns (a) != plancia_samples_get_n_columns (b))
    return FALSE;
  for (guint i = 0; i < plancia_samples_get_n_columns (a); i++) {
    const PlanciaSampleColumn *one = plancia_samples_get_column (a, i);
    const PlanciaSampleColumn *other = plancia_samples_get_column (b, i);

    if (!g_str_equal (one->key, other->key) || one->times->len != other->times->len ||
        memcmp (one->times->data, other->times->data, one->times->len * sizeof (gint64)) != 0 ||
        memcmp (one->values->data, other->values->data, one->values->len * sizeof (double)) != 0)
      return FALSE;
  }
  return TRUE;
}
