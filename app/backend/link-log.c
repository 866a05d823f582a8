/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/link-log.h"

#include "base/clock.h"
#include "base/error.h"
#include <stdlib.h>
#include <string.h>

static PlanciaLinkError
kind_of_protocol (int code)
{
  switch (code) {
  case PLANCIA_PROTOCOL_ERROR_UNEXPECTED:
    return PLANCIA_LINK_ERROR_UNEXPECTED;
  case PLANCIA_PROTOCOL_ERROR_LOGGER:
    return PLANCIA_LINK_ERROR_LOGGER;
  default:
    return PLANCIA_LINK_ERROR_DAMAGED;
  }
}

static PlanciaLinkError
kind_of_io (int code)
{
  switch (code) {
  case G_IO_ERROR_TIMED_OUT:
    return PLANCIA_LINK_ERROR_TIMEOUT;
  case G_IO_ERROR_CONNECTION_CLOSED:
  case G_IO_ERROR_CONNECTION_REFUSED:
  case G_IO_ERROR_HOST_UNREACHABLE:
  case G_IO_ERROR_HOST_NOT_FOUND:
  case G_IO_ERROR_NETWORK_UNREACHABLE:
  case G_IO_ERROR_NOT_CONNECTED:
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_CLOSED:
    return PLANCIA_LINK_ERROR_CONNECTION;
  default:
    return PLANCIA_LINK_ERROR_OTHER;
  }
}

static PlanciaLinkError
kind_of (const GError *failure)
{
  if (failure->domain == PLANCIA_MODBUS_ERROR)
    return PLANCIA_LINK_ERROR_EXCEPTION;
  if (failure->domain == PLANCIA_PROTOCOL_ERROR)
    return kind_of_protocol (failure->code);
  return failure->domain == G_IO_ERROR ? kind_of_io (failure->code) : PLANCIA_LINK_ERROR_OTHER;
}

/**
 * plancia_link_log_add:
 * @latency: ms from the request to its answer, or to the failure
 * @failure: (nullable): an exception of the device is an answer like any other, but counted
 */
void
plancia_link_log_add (PlanciaLinkLog *self, gint64 latency, const GError *failure)
{
  gboolean answered = failure == NULL || failure->domain == PLANCIA_MODBUS_ERROR;

  self->requests++;
  if (failure != NULL)
    self->kinds[kind_of (failure)]++;
  if (answered)
    self->last_good = plancia_clock_now ();
  else
    self->errors++;
  self->latencies[self->next] = answered ? (gint16) CLAMP (latency, 0, G_MAXINT16) : -1;
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
  memcpy (out->kinds, self->kinds, sizeof out->kinds);
  out->last_good = self->last_good;
  out->n_latencies = self->n_latencies;
  for (guint i = 0; i < self->n_latencies; i++)
    out->latencies[i] = self->latencies[(first + i) % size];
  fill_median (out);
}
