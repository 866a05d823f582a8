/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Headers around a frame that had other ones, for capture files. Pure; one thread. */
typedef struct
{
  guint8  client[4];
  guint8  server[4];
  guint16 client_port;
  guint16 server_port; /* 0: not on a network */
  guint32 client_sequence;
  guint32 server_sequence;
  guint16 identification;
} PlanciaPacketEnds;

/* Another TCP stream between the same two. */
void plancia_packet_renew (PlanciaPacketEnds *ends);
/* Ethernet, IPv4 and TCP, with right sums and sequence numbers. */
void plancia_packet_put_tcp (GByteArray        *packet,
                             PlanciaPacketEnds *ends,
                             gboolean           from_server,
                             const guint8      *data,
                             guint              length);
/* Wireshark's "exported PDU": the name of the dissector, addresses if there are any, the data. */
void plancia_packet_put_upper (GByteArray              *packet,
                               const char              *dissector,
                               const PlanciaPacketEnds *ends,
                               gboolean                 from_server,
                               const guint8            *data,
                               guint                    length);

G_END_DECLS
