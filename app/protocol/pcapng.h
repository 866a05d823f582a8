/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"

G_BEGIN_DECLS

/* Exchanges as a capture file that Wireshark reads (pcapng, one interface for each peer). A wire has no
 * Ethernet around it here, so the frames get what Wireshark needs to know them by:
 *
 *  - Modbus TCP: Ethernet, IPv4 and TCP headers. Wireshark only knows port 502 and tells question from
 *    answer by it: other ports are written as 502, and the interface says which it was.
 *  - RTU, on a line or on TCP: link type "Wireshark upper PDU", which names the dissector "mbrtu".
 *  - Solarman V5: TCP with its own port. HTTP: TCP port 80, a stream for each request; the wire was
 *    encrypted and had the secrets.
 *  - console text: upper PDU, dissector "data".
 *
 * The client is 192.0.2.1; a peer with a name or an IPv6 address gets one of 198.51.100.0/24, and the
 * interface says its own. How an exchange failed is a comment of its packet. Pure; one thread. */
typedef struct _PlanciaPcapng PlanciaPcapng;

PlanciaPcapng *plancia_pcapng_new (void);
void           plancia_pcapng_free (PlanciaPcapng *self);
/* Appends to the file what the exchange adds to it; the head comes with the first. */
void plancia_pcapng_append (PlanciaPcapng *self, const PlanciaExchange *exchange, GByteArray *file);
/* A file without exchanges has a head all the same. */
void plancia_pcapng_begin (PlanciaPcapng *self, GByteArray *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPcapng, plancia_pcapng_free)

G_END_DECLS
