/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/link-log.h"

#include "base/clock.h"
#include <stdlib.h>
#include <string.h>

/**
 * plancia_link_log_add:
 * @latency: ms from the request to its answer; -1 if there was none
 */
void
plancia_link_log_add (PlanciaLinkLog *self, gint64 latency)
{
  self->requests++;
  if (latency < 0)
    self->errors++;
  else
    self->last_good = plancia_clock_now ();
  self->latencies[self->next] = (gint16) MIN (latency, G_MAXINT16);
  self->next = (self->next + 1) % G_N_ELEMENTS (self->latencies);
  self->n_latencies = MIN (self->n_latencies + 1, G_N_ELEMENTS (self->latencies));
}

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  return *(const gint16 *) a - *(const gint16 *) b;
}

static void
fill_median (PlanciaLinkQuality *out)
{
  gint16 good[G_N_ELEMENTS (out->latencies)];
  guint  n = 0;

  for (guint i = 0; i < out->n_latencies; i++)
    if (out->latencies[i] >= 0)
      good[n++] = out->latencies[i];
  if (n == 0)
    return;
  qsort (good, n, sizeof good[0], compare_latencies);
  out->latency_median = (guint) good[n / 2];
  out->latency_worst = (guint) good[n - 1];
}

/**
 * plancia_link_log_get:
 * @out: (out caller-allocates)
 */
void
plancia_link_log_get (const PlanciaLinkLog *self, PlanciaLinkQuality *out)
{
  guint size = G_N_ELEMENTS (self->latencies);
  guint first = (self->next + size - self->n_latencies) % size;

  memset (out, 0, sizeof *out);
  out->requests = self->requests;
  out->errors = self->errors;
  out->last_good = self->last_good;
  out->n_latencies = self->n_latencies;
  for (guint i = 0; i < self->n_latencies; i++)
    out->latencies[i] = self->latencies[(first + i) % size];
  fill_median (out);
}
