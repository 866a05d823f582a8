/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How loggers (ZSM-WIFI-USB and its kin) say that they are there: a fixed word comes by UDP, by broadcast or to them
 * alone, and they answer with one line of ASCII, "ip,mac,serial". Whatever else answers on that port is told apart by a
 * strict reading. Source: pysolarmanv5's and ha-solarman's discovery. Any thread. */
#define PLANCIA_LOGGER_DISCOVERY_PORT 48899

/* A longer answer is none. */
#define PLANCIA_LOGGER_DISCOVERY_LIMIT 128

typedef struct
{
  char    mac[18]; /* "34:EA:E7:00:11:22" */
  guint32 serial;  /* of the logger; 0 if it gives a name instead */
  char   *name;    /* a module's host name, or NULL */
} PlanciaLoggerReply;

/* Both words, to be sent as they are, without a line ending. NULL-terminated. */
const char *const *plancia_logger_discovery_get_requests (void);
/* Exactly one of the two words. */
gboolean plancia_logger_discovery_is_request (const guint8 *data, gsize length);
/* sender: the datagram's own, "192.168.1.20": what the answer says must agree. PLANCIA_PROTOCOL_ERROR. */
gboolean plancia_logger_discovery_parse (const guint8       *data,
                                         gsize               length,
                                         const char         *sender,
                                         PlanciaLoggerReply *out,
                                         GError            **error);
/* What a logger answers, for the simulator. (transfer full) */
char *plancia_logger_discovery_reply (const char *address, const guint8 mac[6], guint32 serial);
void  plancia_logger_reply_clear (PlanciaLoggerReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaLoggerReply, plancia_logger_reply_clear)

G_END_DECLS
