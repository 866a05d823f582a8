/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/finding.h"
#include "backend/subnet.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* Looks for devices: calls loggers by UDP, tries TCP ports, asks with reads who answers, lists serial ports. Writes
 * nothing, sends nothing to a serial port unasked, opens no port of a HUB without consent, and never has more than one
 * connection to a host; where this program is connected already it makes no second one. Everything happens on workers of its own; signals come on the main thread.
 *
 * Signals: "finding" (PlanciaFinding *, gboolean is_new): results as they come; an id that is not new changes one.
 * "progress" (): the summary's counts went on. "finished" (): the search is over, or was cancelled. */
#define PLANCIA_TYPE_DISCOVERY (plancia_discovery_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDiscovery, plancia_discovery, PLANCIA, DISCOVERY, GObject)

#define PLANCIA_DISCOVERY_TIMEOUT 500

/* Where and how. Borrowed by plancia_discovery_start. */
typedef struct
{
  GPtrArray         *subnets; /* PlanciaSubnet*, or NULL */
  const char *const *hosts;   /* names or addresses, tried in any case; or NULL */
  gboolean           serial;
  gboolean           hub; /* a person agreed that whoever uses the lines of a HUB is thrown out */
  GPtrArray
    *in_use; /* PlanciaAddress*, connections of this program: their ports are left alone; or NULL */
  guint timeout; /* ms for a connection; 0: PLANCIA_DISCOVERY_TIMEOUT */
} PlanciaDiscoveryOptions;

/* What a search amounts to, to be put into words. */
typedef struct
{
  gboolean running;
  gboolean cancelled;
  gboolean hub;       /* ports of HUBs were tried */
  gint64   elapsed;   /* ms */
  guint    addresses; /* that were to be tried */
  guint    tried;     /* of them, those that are settled */
  guint    hosts;     /* that are there */
  guint    asking;    /* that are being asked who they are */
  guint    found;     /* on the network */
  guint    call_only; /* sticks that answer UDP and not TCP */
  guint    silent;    /* places that take the connection and then do nothing */
  guint    hubs;
  guint    lines_held;    /* of HUBs: by another client */
  guint    lines_closed;  /* of HUBs */
  guint    hubs_closed;   /* hosts that are there and have every port of a HUB closed */
  guint    unresolved;    /* names that no address is known for */
  guint    serial;        /* serial ports */
  guint    serial_denied; /* of them, those that this user may not open */
  gboolean no_call;       /* UDP was not to be had */
} PlanciaDiscoverySummary;

PlanciaDiscovery *plancia_discovery_new (void);
/* Begins; a search that runs is cancelled before, without a signal. */
void     plancia_discovery_start (PlanciaDiscovery *self, const PlanciaDiscoveryOptions *options);
void     plancia_discovery_cancel (PlanciaDiscovery *self);
gboolean plancia_discovery_is_running (PlanciaDiscovery *self);
/* (transfer none), valid until the main context turns. */
const PlanciaDiscoverySummary *plancia_discovery_get_summary (PlanciaDiscovery *self);
/* The newest of each id, in the order in which they came: GPtrArray of PlanciaFinding*, (transfer none). */
GPtrArray *plancia_discovery_get_findings (PlanciaDiscovery *self);
/* A person asks: sends to a serial port that was found, at 9600 8N1, to find out what is there. "finding" tells. */
void plancia_discovery_try_port (PlanciaDiscovery *self, guint id);

G_END_DECLS
