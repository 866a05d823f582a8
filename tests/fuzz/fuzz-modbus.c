/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "protocol/modbus-tcp.h"

static void
fuzz_pdu (GBytes *pdu)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (pdu, &length);
  guint16       words[PLANCIA_MODBUS_MAX_READ];
  g_autoptr (GBytes) request = plancia_modbus_pdu_read (3, 0x404, PLANCIA_MODBUS_MAX_READ);
  g_autofree char     *asked = plancia_modbus_pdu_describe (pdu, FALSE);
  g_autofree char     *answered = plancia_modbus_pdu_describe (pdu, TRUE);
  PlanciaModbusRequest decoded;

  FUZZ_PROMISE (asked && answered);
  plancia_modbus_pdu_check_read (request, pdu, words, NULL);
  plancia_modbus_pdu_check_write (request, pdu, NULL);
  if (plancia_modbus_pdu_decode_request (pdu, &decoded, NULL))
    FUZZ_PROMISE (plancia_modbus_pdu_measure (data, length, FALSE) <= (gssize) length);
}

static void
fuzz_rtu (GBytes *bytes, gboolean is_answer)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8        unit;
  g_autoptr (GBytes) pdu = NULL;

  FUZZ_PROMISE (plancia_modbus_rtu_scan (data, length, is_answer, NULL) <= (gssize) length);
  if (plancia_modbus_rtu_decode (bytes, is_answer, &unit, &pdu, NULL)) {
    g_autoptr (GBytes) again = plancia_modbus_rtu_encode (unit, pdu);

    FUZZ_PROMISE (g_bytes_get_size (again) <= length);
  }
}

static void
fuzz_tcp (GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_auto (PlanciaModbusTcpFrame) frame = {0};

  FUZZ_PROMISE (plancia_modbus_tcp_scan (data, length, NULL) <= (gssize) length);
  if (plancia_modbus_tcp_decode (bytes, &frame, NULL)) {
    g_autoptr (GBytes) again = plancia_modbus_tcp_encode (&frame);

    FUZZ_PROMISE (g_bytes_equal (again, bytes));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  fuzz_pdu (bytes);
  fuzz_rtu (bytes, FALSE);
  fuzz_rtu (bytes, TRUE);
  fuzz_tcp (bytes);
  return 0;
}
