/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/ask-pool.h"
#include "backend/discovery-run.h"
#include "backend/logger-call.h"
#include "backend/port-sweep.h"

G_BEGIN_DECLS

/* A search under way. Private to discovery-run.c, which turns the loop, and discovery-hosts.c, which knows what comes
 * next at each host. */
#define PLANCIA_SEARCH_PORTS 5

typedef struct
{
  guint32          address;
  guint            next; /* index of the port to be tried */
  PlanciaPortState states[PLANCIA_SEARCH_PORTS];
  GPtrArray
          *in_use; /* PlanciaAddress*: what this program is connected to there; borrowed, or NULL */
  gboolean named;  /* by a person: tried in any case */
  gboolean exists; /* it answered, refused, or the kernel knows it */
  gboolean idle;   /* through with it, or given up */
  gboolean told;   /* that it does not answer */
  gboolean opened; /* a port */
  gboolean called; /* by itself */
  gboolean answered;
  gint64   ask_at; /* when to ask the stick, though it has not answered the call; 0: not now */
  PlanciaLoggerReply reply;
  PlanciaFinding    *stick; /* the newest, or NULL */
} PlanciaSearchHost;

typedef struct
{
  const PlanciaDiscoveryOptions *options;
  PlanciaMailbox                *mailbox;
  GCancellable                  *cancellable;
  PlanciaDiscoverySummary        summary;
  guint                          timeout;
  guint                          n_ports;
  guint                          next_id;
  gint64                         begun;
  gint64                         told; /* progress, last */
  gint64                         call_end;
  gint64                         call_again; /* 0: done */
  guint                          n_loggers;
  GArray                        *broadcasts; /* guint32 */
  GHashTable                    *hosts;      /* address to PlanciaSearchHost */
  GHashTable                    *in_use;     /* address to GPtrArray of PlanciaAddress, borrowed */
  GPtrArray                     *doubtful;   /* PlanciaSearchHost, silent at the first port */
  GPtrArray                     *waiting;    /* PlanciaSearchHost with ask_at */
  PlanciaPortSweep              *sweep;
  PlanciaLoggerCall             *call; /* or NULL */
  PlanciaAskPool                *pool;
} PlanciaSearch;

void plancia_search_host_free (PlanciaSearchHost *self);
/* This program is connected there; before the host is made. */
void plancia_search_mark_in_use (PlanciaSearch *self, guint32 address, PlanciaAddress *place);
/* Made if it is new. (transfer none) */
PlanciaSearchHost *plancia_search_ensure_host (PlanciaSearch *self, guint32 address);
/* Tries its next port, or says what is to be said of it. */
void plancia_search_go_on (PlanciaSearch *self, PlanciaSearchHost *host);
void plancia_search_call_host (PlanciaSearch *self, PlanciaSearchHost *host);
void plancia_search_ask_stick (PlanciaSearch *self, PlanciaSearchHost *host);
/* A PlanciaPortFunc. */
void
plancia_search_port_tried (guint32 address, guint16 port, PlanciaPortState state, gpointer search);
void plancia_search_settle_doubtful (PlanciaSearch *self);
void plancia_search_take_calls (PlanciaSearch *self);
void plancia_search_take_asked (PlanciaSearch *self);
/* Tells of a finding that nobody else has yet; takes it. */
void plancia_search_emit (PlanciaSearch *self, PlanciaFinding *finding);

G_END_DECLS
