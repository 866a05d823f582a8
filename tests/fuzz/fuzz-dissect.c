/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/dissect.h"
#include "protocol/pcapng.h"

/* An exchange with any bytes on either side, taken apart for the page and written into a capture. The first byte says which
 * wire it was, the second how it ended, the third how many bytes were sent. */
#define HEAD 3

static void
fuzz_side (const PlanciaExchange *exchange, gboolean answer)
{
  guint        length = answer ? exchange->n_received : exchange->n_sent;
  guint        end = 0;
  PlanciaBrief brief = {0};
  g_autoptr (GArray) parts = plancia_dissect (exchange, answer);
  g_autoptr (GBytes) pdu = plancia_exchange_dup_pdu (exchange, answer);

  for (guint i = 0; i < parts->len; i++) {
    const PlanciaPart *part = &g_array_index (parts, PlanciaPart, i);

    FUZZ_PROMISE (part->start >= end && part->length > 0);
    end = part->start + part->length;
  }
  FUZZ_PROMISE (end <= length);
  FUZZ_PROMISE (pdu == NULL || (g_bytes_get_size (pdu) > 0 && g_bytes_get_size (pdu) < length));
  plancia_dissect_brief (exchange, answer, &brief);
}

static void
fuzz_capture (const PlanciaExchange *exchange)
{
  g_autoptr (PlanciaPcapng) capture = plancia_pcapng_new ();
  g_autoptr (GByteArray) file = g_byte_array_new ();

  plancia_pcapng_append (capture, exchange, file);
  /* Blocks of pcapng are padded to words. */
  FUZZ_PROMISE (file->len % 4 == 0);
  FUZZ_PROMISE (file->len >= exchange->n_sent + exchange->n_received);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const peers[] = {"192.168.1.60:8899", "[fe80::1]:502", "/dev/ttyUSB0", "x"};
  PlanciaExchangeParts     parts = {.unit = 1};
  g_autoptr (PlanciaExchange) exchange = NULL;
  char *peer;

  if (size < HEAD)
    return 0;
  peer = g_ref_string_new (peers[data[0] >> 4 & 3]);
  parts.wire = (PlanciaWire) ((data[0] & 15) % (PLANCIA_WIRE_HTTP + 1));
  parts.verdict = (PlanciaExchangeVerdict) (data[1] % (PLANCIA_EXCHANGE_MALFORMED + 1));
  parts.peer = peer;
  parts.n_sent = MIN (data[2], size - HEAD);
  parts.sent = data + HEAD;
  parts.received = parts.sent + parts.n_sent;
  parts.n_received = size - HEAD - parts.n_sent;
  exchange = plancia_exchange_new (&parts);
  fuzz_side (exchange, FALSE);
  fuzz_side (exchange, TRUE);
  fuzz_capture (exchange);
  g_ref_string_release (peer);
  return 0;
}
