/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/packet.h"

#include "base/bytes.h"
#include <string.h>

#define ETHERTYPE_IPV4 0x0800
#define PROTOCOL_TCP   6
#define IP_LENGTH      20
#define TCP_LENGTH     20
#define FLAGS_PSH_ACK  0x18
/* IPv4 counts with 16 bits. */
#define LONGEST_DATA 60000u

/* Source: Wireshark's wsutil/exported_pdu_tlvs.h. */
#define TAG_END       0
#define TAG_DISSECTOR 12
#define TAG_IPV4_FROM 20
#define TAG_IPV4_TO   21
#define TAG_PORT_TYPE 24
#define TAG_PORT_FROM 25
#define TAG_PORT_TO   26
#define PORT_TYPE_TCP 2

/**
 * plancia_packet_renew:
 *
 * The next packet begins a new stream.
 */
void
plancia_packet_renew (PlanciaPacketEnds *ends)
{
  ends->client_port = ends->client_port == G_MAXUINT16 ? 49152 : ends->client_port + 1;
  ends->client_sequence = 0;
  ends->server_sequence = 0;
}

/* Sum of 16-bit words, RFC 1071. */
static guint32
add_up (guint32 sum, const guint8 *data, guint length)
{
  for (guint i = 0; i + 1 < length; i += 2)
    sum += (guint32) (data[i] << 8 | data[i + 1]);
  if (length % 2 == 1)
    sum += (guint32) (data[length - 1] << 8);
  return sum;
}

static guint16
fold (guint32 sum)
{
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

static void
set_be16 (GByteArray *packet, guint at, guint16 value)
{
  packet->data[at] = (guint8) (value >> 8);
  packet->data[at + 1] = (guint8) value;
}

static void
put_ethernet (GByteArray *packet, gboolean from_server)
{
  /* Locally administered, made up. */
  static const guint8 client[] = {2, 0, 0, 0, 0, 1};
  static const guint8 server[] = {2, 0, 0, 0, 0, 2};

  g_byte_array_append (packet, from_server ? client : server, 6);
  g_byte_array_append (packet, from_server ? server : client, 6);
  plancia_put_be16 (packet, ETHERTYPE_IPV4);
}

static void
put_ipv4 (GByteArray *packet, PlanciaPacketEnds *ends, gboolean from_server, guint length)
{
  guint at = packet->len;

  plancia_put_u8 (packet, 0x45);
  plancia_put_u8 (packet, 0);
  plancia_put_be16 (packet, (guint16) (IP_LENGTH + TCP_LENGTH + length));
  plancia_put_be16 (packet, ends->identification++);
  plancia_put_be16 (packet, 0x4000); /* not to be cut */
  plancia_put_u8 (packet, 64);
  plancia_put_u8 (packet, PROTOCOL_TCP);
  plancia_put_be16 (packet, 0);
  g_byte_array_append (packet, from_server ? ends->server : ends->client, 4);
  g_byte_array_append (packet, from_server ? ends->client : ends->server, 4);
  set_be16 (packet, at + 10, fold (add_up (0, packet->data + at, IP_LENGTH)));
}

static void
put_tcp (GByteArray *packet, const PlanciaPacketEnds *ends, gboolean from_server)
{
  plancia_put_be16 (packet, from_server ? ends->server_port : ends->client_port);
  plancia_put_be16 (packet, from_server ? ends->client_port : ends->server_port);
  plancia_put_be32 (packet, from_server ? ends->server_sequence : ends->client_sequence);
  plancia_put_be32 (packet, from_server ? ends->client_sequence : ends->server_sequence);
  plancia_put_u8 (packet, TCP_LENGTH / 4 << 4);
  plancia_put_u8 (packet, FLAGS_PSH_ACK);
  plancia_put_be16 (packet, 0xffff);
  plancia_put_be16 (packet, 0);
  plancia_put_be16 (packet, 0);
}

/**
 * plancia_packet_put_tcp:
 * @length: what is beyond 60 000 is left out
 *
 * Appends a packet; the sequence numbers go on.
 */
void
plancia_packet_put_tcp (GByteArray        *packet,
                        PlanciaPacketEnds *ends,
                        gboolean           from_server,
                        const guint8      *data,
                        guint              length)
{
  guint   taken = MIN (length, LONGEST_DATA);
  guint   at;
  guint32 sum;

  put_ethernet (packet, from_server);
  put_ipv4 (packet, ends, from_server, taken);
  at = packet->len;
  put_tcp (packet, ends, from_server);
  g_byte_array_append (packet, data, taken);
  /* The pseudo header: both addresses, the protocol, the length. */
  sum = add_up (PROTOCOL_TCP + TCP_LENGTH + taken, packet->data + at - 8, 8);
  set_be16 (packet, at + 16, fold (add_up (sum, packet->data + at, TCP_LENGTH + taken)));
  if (from_server)
    ends->server_sequence += taken;
  else
    ends->client_sequence += taken;
}

static void
put_tag (GByteArray *packet, guint16 tag, const void *value, guint length)
{
  static const guint8 zeros[4];
  guint               padding = (4 - length % 4) % 4;

  plancia_put_be16 (packet, tag);
  plancia_put_be16 (packet, (guint16) (length + padding));
  g_byte_array_append (packet, value, length);
  g_byte_array_append (packet, zeros, padding);
}

static void
put_number_tag (GByteArray *packet, guint16 tag, guint32 number)
{
  plancia_put_be16 (packet, tag);
  plancia_put_be16 (packet, 4);
  plancia_put_be32 (packet, number);
}

static void
put_end_tags (GByteArray *packet, const PlanciaPacketEnds *ends, gboolean from_server)
{
  put_tag (packet, TAG_IPV4_FROM, from_server ? ends->server : ends->client, 4);
  put_tag (packet, TAG_IPV4_TO, from_server ? ends->client : ends->server, 4);
  put_number_tag (packet, TAG_PORT_TYPE, PORT_TYPE_TCP);
  put_number_tag (packet, TAG_PORT_FROM, from_server ? ends->server_port : ends->client_port);
  put_number_tag (packet, TAG_PORT_TO, from_server ? ends->client_port : ends->server_port);
}

/**
 * plancia_packet_put_upper:
 * @dissector: Wireshark's name for what the data is
 *
 * Appends a packet.
 */
void
plancia_packet_put_upper (GByteArray              *packet,
                          const char              *dissector,
                          const PlanciaPacketEnds *ends,
                          gboolean                 from_server,
                          const guint8            *data,
                          guint                    length)
{
  put_tag (packet, TAG_DISSECTOR, dissector, (guint) strlen (dissector));
  if (ends->server_port != 0)
    put_end_tags (packet, ends, from_server);
  put_tag (packet, TAG_END, NULL, 0);
  g_byte_array_append (packet, data, length);
}
