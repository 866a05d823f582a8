/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A store in a folder of its own, and days that it is to hold. */

#include "store-questions.h"

#include "base/clock.h"

#include <glib/gstdio.h>

/* 2024-03-01 00:00 UTC: long over, by any clock. */
#define START   G_GINT64_CONSTANT (1709251200000)
#define ALWAYS  ((PlanciaSpan){0, 4 * START})
#define DAYS    36
#define KEYS    3
#define PER_DAY 96

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("plancia-faults-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "history.db", NULL);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  plancia_clock_reset ();
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* Every quarter of an hour of so many days, of some keys; what is covered is the whole. */
static inline PlanciaSamples *
some_days (int first, int n)
{
  PlanciaSpan     span = {START + first * PLANCIA_DAY, START + (first + n) * PLANCIA_DAY};
  PlanciaSamples *samples = plancia_samples_new ("one", "local", span);

  for (gint64 time = span.start; time < span.end; time += PLANCIA_DAY / PER_DAY) {
    gint64 i = (time - START) / (PLANCIA_DAY / PER_DAY);

    plancia_samples_add (samples, "powerGenerating", time, (double) (i * 7919 % 4000));
    plancia_samples_add (samples, "batterySoC", time, (double) (i % 100));
    plancia_samples_add (samples, "voltage", time, (double) (2300 + i * 31 % 60) / 10);
  }
  return plancia_samples_seal (samples);
}

static inline void
put (PlanciaStore *store, PlanciaSamples *samples)
{
  g_autoptr (GError) error = NULL;

  store_put (store, samples, &error);
  g_assert_no_error (error);
  plancia_samples_unref (samples);
}

static inline guint
assert_same (PlanciaSamples *a, PlanciaSamples *b)
{
  g_assert_cmpuint (plancia_samples_get_n_columns (a), ==, plancia_samples_get_n_columns (b));
  for (guint i = 0; i < plancia_samples_get_n_columns (a); i++) {
    const PlanciaSampleColumn *x = plancia_samples_get_column (a, i);
    const PlanciaSampleColumn *y = plancia_samples_find_column (b, x->key);

    g_assert_nonnull (y);
    g_assert_cmpmem (x->times->data,
                     x->times->len * sizeof (gint64),
                     y->times->data,
                     y->times->len * sizeof (gint64));
    g_assert_cmpmem (x->values->data,
                     x->values->len * sizeof (double),
                     y->values->data,
                     y->values->len * sizeof (double));
  }
  return plancia_samples_count (a);
}

static inline void
assert_holds (PlanciaStore *store, PlanciaSamples *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = store_query (store, "one", "local", NULL, ALWAYS, &error);

  g_assert_no_error (error);
  assert_same (wanted, samples);
}
