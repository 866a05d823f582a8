/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-tcp.h"

#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "vectors.h"

/* The same PDU as in the RTU form, the unit of the vector, and back to the same bytes. */
static void
check_same (GBytes *mbap, GBytes *rtu, gboolean is_answer, gboolean same)
{
  g_auto (PlanciaModbusTcpFrame) frame = {0};
  g_autoptr (GBytes) pdu = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) error = NULL;
  gsize         length;
  const guint8 *data = g_bytes_get_data (mbap, &length);
  guint8        unit;

  g_assert_cmpint (plancia_modbus_tcp_scan (data, length, &error), ==, length);
  plancia_modbus_tcp_decode (mbap, &frame, &error);
  g_assert_no_error (error);
  encoded = plancia_modbus_tcp_encode (&frame);
  vectors_assert_bytes (encoded, mbap);
  if (!plancia_modbus_rtu_decode (rtu, is_answer, &unit, &pdu, NULL))
    return;
  g_assert_cmpint (frame.unit, ==, unit);
  if (same)
    vectors_assert_bytes (frame.pdu, pdu);
}

static void
test_vectors (void)
{
  g_autoptr (JsonNode) root = vectors_load ("vectors/modbus-rtu.json");
  JsonArray *array = json_object_get_array_member (json_node_get_object (root), "vectors");
  guint      n_run = 0;

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *vector = json_array_get_object_element (array, i);
    const char *name = json_object_get_string_member (vector, "name");
    g_autoptr (GBytes) request = vectors_get_hex (vector, "request");
    g_autoptr (GBytes) reply = vectors_get_hex (vector, "reply");
    g_autoptr (GBytes) mbap_request = vectors_get_hex (vector, "mbap_request");
    g_autoptr (GBytes) mbap_reply = vectors_get_hex (vector, "mbap_reply");

    if (mbap_request == NULL)
      continue;
    n_run++;
    /* The two servers that were captured held different words at the end of one block. */
    check_same (mbap_request, request, FALSE, TRUE);
    if (g_bytes_get_size (mbap_reply) > 0)
      check_same (mbap_reply, reply, TRUE, !g_str_equal (name, "read-back-after-write"));
  }
  g_assert_cmpint (n_run, ==, 14);
}

static void
test_prefixes (void)
{
  g_autoptr (GBytes) frame = vectors_hex ("0007000000110110110500050a000501f400c800000384");
  const guint8 *data = g_bytes_get_data (frame, NULL);

  for (gsize cut = 0; cut < g_bytes_get_size (frame); cut++) {
    g_auto (PlanciaModbusTcpFrame) out = {0};
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (frame, 0, cut);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (plancia_modbus_tcp_scan (data, cut, NULL), ==, 0);
    g_assert_false (plancia_modbus_tcp_decode (part, &out, &error));
    g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_TRUNCATED);
  }
}

/* There is no checksum: what can be seen is seen, the rest stays what the bytes say. */
static void
test_flipped_header_bits (void)
{
  g_autoptr (GBytes) frame = vectors_hex ("0002000000050103020404");

  for (gsize bit = 16; bit < 48; bit++) {
    g_auto (PlanciaModbusTcpFrame) out = {0};
    g_autoptr (GBytes) flipped = vectors_flip (frame, bit);

    g_assert_false (plancia_modbus_tcp_decode (flipped, &out, NULL));
  }
}

typedef struct
{
  const char *hex;
  gssize      scanned;
  int         code; /* of decode; -1: good */
} BadCase;

static const BadCase bad_cases[] = {
  {"00010000000101",       -1, PLANCIA_PROTOCOL_ERROR_MALFORMED},
  {"0001000000000103",     -1, PLANCIA_PROTOCOL_ERROR_MALFORMED},
  {"0001000000ff0103",     -1, PLANCIA_PROTOCOL_ERROR_MALFORMED},
  {"0001000100020103",     -1, PLANCIA_PROTOCOL_ERROR_MALFORMED},
  {"00010000000601030404", 0,  PLANCIA_PROTOCOL_ERROR_TRUNCATED},
  {"0001000000020103ff",   8,  PLANCIA_PROTOCOL_ERROR_MALFORMED},
  {"0001000000020103",     8,  -1                              },
 /* A Modbus TCP server that was sent a Solarman frame answers so. */
  {"a5170010450300de02",   -1, PLANCIA_PROTOCOL_ERROR_MALFORMED},
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++) {
    g_auto (PlanciaModbusTcpFrame) out = {0};
    g_autoptr (GBytes) frame = vectors_hex (bad_cases[i].hex);
    g_autoptr (GError) error = NULL;
    gsize         length;
    const guint8 *data = g_bytes_get_data (frame, &length);
    gboolean      good = plancia_modbus_tcp_decode (frame, &out, &error);

    g_test_message ("%s", bad_cases[i].hex);
    g_assert_cmpint (plancia_modbus_tcp_scan (data, length, NULL), ==, bad_cases[i].scanned);
    g_assert_cmpint (good, ==, bad_cases[i].code == -1);
    if (!good)
      g_assert_error (error, PLANCIA_PROTOCOL_ERROR, bad_cases[i].code);
  }
}

static void
test_longest (void)
{
  g_auto (PlanciaModbusTcpFrame) out = {0};
  guint16 words[PLANCIA_MODBUS_MAX_WRITE] = {0};
  g_autoptr (GBytes) pdu = plancia_modbus_pdu_write_multiple (0, words, PLANCIA_MODBUS_MAX_WRITE);
  PlanciaModbusTcpFrame frame = {.transaction = 0xffff, .unit = 255, .pdu = pdu};
  g_autoptr (GBytes) encoded = plancia_modbus_tcp_encode (&frame);

  g_assert_true (plancia_modbus_tcp_decode (encoded, &out, NULL));
  g_assert_cmpint (out.transaction, ==, 0xffff);
  g_assert_cmpint (out.unit, ==, 255);
  vectors_assert_bytes (out.pdu, pdu);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (502);

  for (guint i = 0; i < 50000; i++) {
    g_auto (PlanciaModbusTcpFrame) out = {0};
    g_autoptr (GBytes) noise = vectors_random (rand, 16);
    g_autoptr (GError) error = NULL;
    gsize         length;
    const guint8 *data = g_bytes_get_data (noise, &length);

    g_assert_cmpint (plancia_modbus_tcp_scan (data, length, NULL), <=, (gssize) length);
    if (!plancia_modbus_tcp_decode (noise, &out, &error))
      g_assert_nonnull (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/modbus-tcp/vectors", test_vectors);
  g_test_add_func ("/protocol/modbus-tcp/prefixes", test_prefixes);
  g_test_add_func ("/protocol/modbus-tcp/flipped-header-bits", test_flipped_header_bits);
  g_test_add_func ("/protocol/modbus-tcp/bad", test_bad);
  g_test_add_func ("/protocol/modbus-tcp/longest", test_longest);
  g_test_add_func ("/protocol/modbus-tcp/random", test_random);
  return g_test_run ();
}
