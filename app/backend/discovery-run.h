/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/discovery.h"
#include "base/mailbox.h"

G_BEGIN_DECLS

/* One search, from its beginning to its end, on a worker. */
typedef struct
{
  PlanciaDiscoverySummary summary;
  PlanciaFinding         *finding; /* or NULL */
} PlanciaDiscoveryNews;

void plancia_discovery_news_free (PlanciaDiscoveryNews *self);

/* Blocking. Posts PlanciaDiscoveryNews; in the last one the summary does not run any more. */
void plancia_discovery_run (const PlanciaDiscoveryOptions *options,
                            PlanciaMailbox                *mailbox,
                            GCancellable                  *cancellable);

G_END_DECLS
