/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/pcapng.h"

#include "base/bytes.h"
#include "protocol/packet.h"
#include <gio/gio.h>
#include <string.h>

/* Source: IETF draft "PCAP Next Generation Capture File Format" and its registry of link types. */
#define BLOCK_SECTION    0x0a0d0d0au
#define BLOCK_INTERFACE  1u
#define BLOCK_PACKET     6u
#define BYTE_ORDER_MAGIC 0x1a2b3c4du

#define OPTION_END         0
#define OPTION_COMMENT     1
#define OPTION_APPLICATION 4 /* of a section */
#define OPTION_NAME        2 /* of an interface */
#define OPTION_DESCRIPTION 3
#define OPTION_FLAGS       2 /* of a packet */
#define FLAG_INBOUND       1u
#define FLAG_OUTBOUND      2u

#define LINK_ETHERNET  1
#define LINK_UPPER_PDU 252

#define MODBUS_PORT 502
#define HTTP_PORT   80

typedef struct
{
  guint             index;
  guint16           link_type;
  const char       *dissector; /* of an upper PDU, or NULL */
  PlanciaPacketEnds ends;      /* of a network; the server's port is 0 for a line */
} Interface;

struct _PlanciaPcapng
{
  GHashTable *interfaces; /* "wire peer" -> Interface* */
  gboolean    begun;
  guint       n_named; /* peers without an IPv4 address of their own */
};

/**
 * plancia_pcapng_new:
 *
 * (transfer full)
 */
PlanciaPcapng *
plancia_pcapng_new (void)
{
  PlanciaPcapng *self = g_new0 (PlanciaPcapng, 1);

  self->interfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * plancia_pcapng_free:
 */
void
plancia_pcapng_free (PlanciaPcapng *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->interfaces);
  g_free (self);
}

/* --- blocks ---------------------------------------------------------------------------------- */

static void
pad (GByteArray *array)
{
  static const guint8 zeros[4];

  g_byte_array_append (array, zeros, (4 - array->len % 4) % 4);
}

static void
put_option (GByteArray *body, guint16 code, const void *value, gsize length)
{
  plancia_put_le16 (body, code);
  plancia_put_le16 (body, (guint16) length);
  g_byte_array_append (body, value, (guint) length);
  pad (body);
}

static void
put_text_option (GByteArray *body, guint16 code, const char *text)
{
  put_option (body, code, text, strlen (text));
}

static void
put_block (GByteArray *file, guint32 type, GByteArray *body)
{
  guint32 length = body->len + 12;

  plancia_put_le32 (file, type);
  plancia_put_le32 (file, length);
  g_byte_array_append (file, body->data, body->len);
  plancia_put_le32 (file, length);
}

/**
 * plancia_pcapng_begin:
 * @file: gets the head, unless it has it
 */
void
plancia_pcapng_begin (PlanciaPcapng *self, GByteArray *file)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  if (self->begun)
    return;
  self->begun = TRUE;
  plancia_put_le32 (body, BYTE_ORDER_MAGIC);
  plancia_put_le16 (body, 1);
  plancia_put_le16 (body, 0);
  /* The length of the section is not known before its end. */
  plancia_put_le32 (body, G_MAXUINT32);
  plancia_put_le32 (body, G_MAXUINT32);
  put_text_option (body, OPTION_APPLICATION, "Plancia " PLANCIA_VERSION);
  plancia_put_le32 (body, OPTION_END);
  put_block (file, BLOCK_SECTION, body);
}

/* --- interfaces ------------------------------------------------------------------------------ */

static char *
describe (const PlanciaExchange *exchange, const Interface *interface, guint16 port)
{
  const char *wire = plancia_wire_name (exchange->wire);

  if (exchange->wire == PLANCIA_WIRE_HTTP)
    return g_strdup_printf ("%s, made readable; written as port %d", wire, HTTP_PORT);
  if (interface->link_type == LINK_ETHERNET && interface->ends.server_port != port)
    return g_strdup_printf ("%s, port %u, written as port %u so that it is read as Modbus",
                            wire,
                            port,
                            interface->ends.server_port);
  return g_strdup (wire);
}

static void
put_interface (GByteArray            *file,
               const Interface       *interface,
               const PlanciaExchange *exchange,
               guint16                port)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autofree char *description = describe (exchange, interface, port);

  plancia_put_le16 (body, interface->link_type);
  plancia_put_le16 (body, 0);
  plancia_put_le32 (body, 0);
  put_text_option (body, OPTION_NAME, exchange->peer);
  put_text_option (body, OPTION_DESCRIPTION, description);
  plancia_put_le32 (body, OPTION_END);
  put_block (file, BLOCK_INTERFACE, body);
}

/* The peer's own IPv4 address, or one of a range that is for examples. */
static void
set_server (PlanciaPcapng *self, Interface *interface, const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4) {
    memcpy (interface->ends.server, g_inet_address_to_bytes (address), 4);
  } else {
    const guint8 made_up[] = {198, 51, 100, (guint8) (++self->n_named % 255)};

    memcpy (interface->ends.server, made_up, 4);
  }
}

static guint16
choose_port (PlanciaWire wire, guint16 port)
{
  return wire == PLANCIA_WIRE_MODBUS_TCP ? MODBUS_PORT
         : wire == PLANCIA_WIRE_HTTP     ? HTTP_PORT
                                         : port;
}

static const char *
choose_dissector (PlanciaWire wire)
{
  if (wire == PLANCIA_WIRE_RTU || wire == PLANCIA_WIRE_RTU_OVER_TCP)
    return "mbrtu";
  return wire == PLANCIA_WIRE_CONSOLE ? "data" : NULL;
}

static Interface *
add_interface (PlanciaPcapng *self, const PlanciaExchange *exchange, char *key, GByteArray *file)
{
  static const guint8 client[] = {192, 0, 2, 1};
  Interface          *interface = g_new0 (Interface, 1);
  g_autofree char    *host = NULL;
  guint16             port = 0;

  interface->index = g_hash_table_size (self->interfaces);
  interface->dissector = choose_dissector (exchange->wire);
  interface->link_type = interface->dissector != NULL ? LINK_UPPER_PDU : LINK_ETHERNET;
  memcpy (interface->ends.client, client, 4);
  if (plancia_exchange_split_peer (exchange->peer, &host, &port))
    set_server (self, interface, host);
  interface->ends.client_port = (guint16) (49152 + interface->index);
  interface->ends.server_port = choose_port (exchange->wire, port);
  put_interface (file, interface, exchange, port);
  g_hash_table_insert (self->interfaces, key, interface);
  return interface;
}

static Interface *
find_interface (PlanciaPcapng *self, const PlanciaExchange *exchange, GByteArray *file)
{
  g_autofree char *key = g_strdup_printf ("%u %s", exchange->wire, exchange->peer);
  Interface       *interface = g_hash_table_lookup (self->interfaces, key);

  return interface != NULL ? interface : add_interface (self, exchange, g_steal_pointer (&key), file);
}

/* --- packets --------------------------------------------------------------------------------- */

static void
put_packet (GByteArray      *file,
            const Interface *interface,
            gint64           time,
            GByteArray      *packet,
            gboolean         out,
            const char      *comment)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) flags = g_byte_array_new ();

  plancia_put_le32 (body, interface->index);
  plancia_put_le32 (body, (guint32) ((guint64) time >> 32));
  plancia_put_le32 (body, (guint32) time);
  plancia_put_le32 (body, packet->len);
  plancia_put_le32 (body, packet->len);
  g_byte_array_append (body, packet->data, packet->len);
  pad (body);
  plancia_put_le32 (flags, out ? FLAG_OUTBOUND : FLAG_INBOUND);
  put_option (body, OPTION_FLAGS, flags->data, flags->len);
  if (comment != NULL)
    put_text_option (body, OPTION_COMMENT, comment);
  plancia_put_le32 (body, OPTION_END);
  put_block (file, BLOCK_PACKET, body);
}

static void
put_side (Interface             *interface,
          const PlanciaExchange *exchange,
          gboolean               answer,
          const char            *comment,
          GByteArray            *file)
{
  const guint8 *data = answer ? plancia_exchange_get_received (exchange)
                              : plancia_exchange_get_sent (exchange);
  guint         length = answer ? exchange->n_received : exchange->n_sent;
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  if (length == 0)
    return;
  if (interface->dissector != NULL)
    plancia_packet_put_upper (packet, interface->dissector, &interface->ends, answer, data, length);
  else
    plancia_packet_put_tcp (packet, &interface->ends, answer, data, length);
  put_packet (file,
              interface,
              exchange->time + (answer ? exchange->duration : 0),
              packet,
              !answer,
              comment);
}

static char *
make_comment (const PlanciaExchange *exchange)
{
  if (!plancia_exchange_is_error (exchange->verdict) && exchange->error == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s",
                          plancia_exchange_verdict_name (exchange->verdict),
                          exchange->error != NULL ? ": " : "",
                          exchange->error != NULL ? exchange->error->message : "");
}

/**
 * plancia_pcapng_append:
 * @file: grows at its end
 *
 * See the header.
 */
void
plancia_pcapng_append (PlanciaPcapng *self, const PlanciaExchange *exchange, GByteArray *file)
{
  g_autofree char *comment = make_comment (exchange);
  Interface       *interface;

  plancia_pcapng_begin (self, file);
  interface = find_interface (self, exchange, file);
  /* A request of its own: bodies that are left out must not run into the next answer. */
  if (exchange->wire == PLANCIA_WIRE_HTTP)
    plancia_packet_renew (&interface->ends);
  /* With nothing received the comment stands at the question. */
  put_side (interface, exchange, FALSE, exchange->n_received == 0 ? comment : NULL, file);
  put_side (interface, exchange, TRUE, comment, file);
}
