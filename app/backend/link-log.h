/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* How long requests took, and which failed: what a PlanciaLinkQuality is made of. Zero at first; one
 * thread at a time. */
typedef struct
{
  guint64 requests;
  guint64 errors;
  guint64 kinds[PLANCIA_N_LINK_ERRORS];
  gint64  last_good;
  gint16  latencies[60]; /* a ring */
  guint   n_latencies;
  guint   next;
} PlanciaLinkLog;

/* latency: ms that it took. failure: NULL, an exception of the device, or why there was no answer. */
void plancia_link_log_add (PlanciaLinkLog *self, gint64 latency, const GError *failure);
void plancia_link_log_get (const PlanciaLinkLog *self, PlanciaLinkQuality *out);

G_END_DECLS
