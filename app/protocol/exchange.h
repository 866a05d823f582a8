/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One question and its answer as they were on the wire, or bytes that came without a question.
 * Counted and immutable: any thread. */
typedef enum {
  PLANCIA_WIRE_MODBUS_TCP,
  PLANCIA_WIRE_RTU, /* a serial line */
  PLANCIA_WIRE_RTU_OVER_TCP,
  PLANCIA_WIRE_SOLARMAN,
  PLANCIA_WIRE_CONSOLE, /* text on a serial line */
  PLANCIA_WIRE_HTTP,    /* without its encryption and without secrets */
} PlanciaWire;

typedef enum {
  PLANCIA_EXCHANGE_AS_ASKED,
  PLANCIA_EXCHANGE_UNASKED,   /* heartbeats and their acknowledgements, text of a console */
  PLANCIA_EXCHANGE_CANCELLED, /* nobody waited for the answer any more */
  PLANCIA_EXCHANGE_EXCEPTION, /* an error from here on */
  PLANCIA_EXCHANGE_REFUSED,   /* by the logger or the cloud, not by the device */
  PLANCIA_EXCHANGE_NO_ANSWER,
  PLANCIA_EXCHANGE_LOST, /* the connection ended */
  PLANCIA_EXCHANGE_CRC_WRONG,
  PLANCIA_EXCHANGE_LATE, /* the answer to something that was asked before */
  PLANCIA_EXCHANGE_OTHER_UNIT,
  PLANCIA_EXCHANGE_MALFORMED,
} PlanciaExchangeVerdict;

typedef struct
{
  gint64        time;     /* us UTC: when the question left, or when what nobody asked for came */
  guint32       duration; /* us from there to the answer, or to giving up */
  guint32       n_sent;
  guint32       n_received;
  gint16        unit; /* -1: there is none */
  guint8        wire; /* PlanciaWire */
  guint8        verdict;
  const char   *peer;   /* "192.168.1.60:55400", "[fe80::1]:502", "/dev/ttyUSB0" */
  const GError *error;  /* or NULL */
  guint8        data[]; /* what was sent, then what was received */
} PlanciaExchange;

/* What a new one is made of; all is copied. */
typedef struct
{
  gint64                 time;
  guint32                duration;
  int                    unit;
  PlanciaWire            wire;
  PlanciaExchangeVerdict verdict;
  const char            *peer; /* a GRefString */
  const GError          *error;
  const guint8          *sent;
  gsize                  n_sent;
  const guint8          *received;
  gsize                  n_received;
} PlanciaExchangeParts;

PlanciaExchange *plancia_exchange_new (const PlanciaExchangeParts *parts);
PlanciaExchange *plancia_exchange_ref (PlanciaExchange *self);
void             plancia_exchange_unref (PlanciaExchange *self);
const guint8    *plancia_exchange_get_sent (const PlanciaExchange *self);
const guint8    *plancia_exchange_get_received (const PlanciaExchange *self);
/* The Modbus PDU of a side: without header, V5 frame and CRC. NULL if there is none, or if it is not
 * whole. (transfer full) */
GBytes *plancia_exchange_dup_pdu (const PlanciaExchange *self, gboolean answer);
/* Host and port of a peer on a network; FALSE for a serial line. host: (transfer full) */
gboolean plancia_exchange_split_peer (const char *peer, char **host, guint16 *port);
/* "192.168.1.60:502", "[fe80::1]:502". (transfer full) a GRefString */
char *plancia_exchange_make_peer (const char *host, guint16 port);

/* What became of a request. answer: its PDU, or NULL with the error. */
PlanciaExchangeVerdict plancia_exchange_judge (PlanciaWire   wire,
                                               guint8        unit,
                                               GBytes       *request,
                                               GBytes       *answer,
                                               const guint8 *received,
                                               gsize         n_received,
                                               const GError *error);
gboolean               plancia_exchange_is_error (PlanciaExchangeVerdict verdict);
/* "as-asked", "crc-wrong", ...: for files. */
const char *plancia_exchange_verdict_name (PlanciaExchangeVerdict verdict);
const char *plancia_wire_name (PlanciaWire wire); /* "modbus-tcp", "solarman-v5", ... */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaExchange, plancia_exchange_unref)

G_END_DECLS
