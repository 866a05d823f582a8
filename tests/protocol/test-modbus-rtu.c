/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-rtu.h"

#include "base/crc.h"
#include "protocol/modbus-pdu.h"
#include "vectors.h"

typedef void (*VectorFunc) (JsonObject *vector, const char *name);

static void
for_each_vector (gboolean client_side, VectorFunc func)
{
  g_autoptr (JsonNode) root = vectors_load ("vectors/modbus-rtu.json");
  JsonArray *array = json_object_get_array_member (json_node_get_object (root), "vectors");
  guint      n_run = 0;

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *vector = json_array_get_object_element (array, i);

    if (json_object_has_member (vector, "kind") != client_side)
      continue;
    g_test_message ("%s", json_object_get_string_member (vector, "name"));
    func (vector, json_object_get_string_member (vector, "name"));
    n_run++;
  }
  g_assert_cmpint (n_run, ==, 18);
}

static void
test_crc (void)
{
  g_autoptr (JsonNode) root = vectors_load ("vectors/modbus-rtu.json");
  JsonObject *crc = json_object_get_object_member (json_node_get_object (root), "crc16");
  JsonArray  *cases = json_object_get_array_member (crc, "cases");

  g_assert_cmpint (json_array_get_length (cases), ==, 7);
  for (guint i = 0; i < 7; i++) {
    JsonObject *c = json_array_get_object_element (cases, i);
    g_autoptr (GBytes) data = vectors_get_hex (c, "data");
    g_autoptr (GBytes) wire = vectors_get_hex (c, "crc_wire_order");
    const guint8 *expected = g_bytes_get_data (wire, NULL);
    guint16 got = plancia_crc16_modbus (g_bytes_get_data (data, NULL), g_bytes_get_size (data));

    g_assert_cmphex (got, ==, expected[0] | expected[1] << 8);
  }
}

/* The first whole frame of a stream, checked, or NULL. */
static GBytes *
next_pdu (const guint8 *data, gsize length, gsize *used, gboolean is_answer, guint8 *unit)
{
  GBytes *pdu = NULL;
  g_autoptr (GBytes) frame = NULL;
  gssize scanned = plancia_modbus_rtu_scan (data, length, is_answer, NULL);

  *used = scanned > 0 ? (gsize) scanned : 0;
  if (scanned <= 0)
    return NULL;
  frame = g_bytes_new (data, (gsize) scanned);
  plancia_modbus_rtu_decode (frame, is_answer, unit, &pdu, NULL);
  return pdu;
}

/* The words that the test's server holds: its writable block keeps what was written, the others
 * their own address. */
typedef struct
{
  guint16 writable[16];
} Bank;

static Bank bank;

static gboolean
is_mapped (const PlanciaModbusRequest *request)
{
  return request->address < 0x9000;
}

static guint16
bank_word (guint address)
{
  return address >= 0x1104 && address < 0x1110 && bank.writable[address - 0x1104] != 0xffff
           ? bank.writable[address - 0x1104]
           : (guint16) address;
}

static void
bank_write (const PlanciaModbusRequest *request)
{
  for (guint i = 0; i < request->count; i++)
    if (request->address + i >= 0x1104 && request->address + i < 0x1110)
      bank.writable[request->address + i - 0x1104] = (guint16) (request->values[2 * i] << 8 |
                                                                request->values[2 * i + 1]);
}

/* What a server built on the codec answers to a request. */
static GBytes *
serve_pdu (GBytes *pdu)
{
  PlanciaModbusRequest request;
  g_autoptr (GError) error = NULL;
  guint16 words[PLANCIA_MODBUS_MAX_READ];

  if (!plancia_modbus_pdu_decode_request (pdu, &request, &error)) {
    g_assert_true (error->domain == PLANCIA_MODBUS_ERROR);
    return plancia_modbus_pdu_exception (request.function, (guint8) error->code);
  }
  if (!is_mapped (&request))
    return plancia_modbus_pdu_exception (request.function, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  if (request.values != NULL) {
    bank_write (&request);
    return plancia_modbus_pdu_write_answer (&request);
  }
  for (guint i = 0; i < request.count; i++)
    words[i] = bank_word (request.address + i);
  return plancia_modbus_pdu_read_answer (request.function, words, request.count);
}

/* Answers whatever comes, as the captured server did: nothing for what is wrong or for others. */
static GBytes *
serve_stream (GBytes *stream)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (stream, &length);
  GByteArray   *answers = g_byte_array_new ();
  gsize         used = 1;
  guint8        unit = 0;

  for (; length > 0 && used > 0; data += used, length -= used) {
    g_autoptr (GBytes) pdu = next_pdu (data, length, &used, FALSE, &unit);
    g_autoptr (GBytes) answer = pdu != NULL && unit == 1 ? serve_pdu (pdu) : NULL;
    g_autoptr (GBytes) frame = answer != NULL ? plancia_modbus_rtu_encode (unit, answer) : NULL;

    if (frame != NULL)
      plancia_put_bytes (answers, frame);
  }
  return g_byte_array_free_to_bytes (answers);
}

static void
run_server_vector (JsonObject *vector, const char *name)
{
  g_autoptr (GBytes) request = vectors_get_hex (vector, "request");
  g_autoptr (GBytes) reply = vectors_get_hex (vector, "reply");
  g_autoptr (GBytes) got = serve_stream (request);

  vectors_assert_bytes (got, reply);
}

static void
test_server_vectors (void)
{
  memset (&bank, 0xff, sizeof bank);
  /* What the captured server held after its own set-up. */
  bank.writable[0x110a - 0x1104] = 10;
  for_each_vector (FALSE, run_server_vector);
}

static void
assert_words (JsonObject *parse, GBytes *request, GBytes *answer)
{
  JsonArray *values = NULL;
  guint16    words[PLANCIA_MODBUS_MAX_READ];
  g_autoptr (GError) error = NULL;

  plancia_modbus_pdu_check_read (request, answer, words, &error);
  g_assert_no_error (error);
  if (!json_object_has_member (parse, "values")) { /* where the other parser gave up: all are 2 */
    g_assert_cmpint (words[0], ==, 2);
    return;
  }
  values = json_object_get_array_member (parse, "values");
  for (guint i = 0; i < json_array_get_length (values); i++)
    g_assert_cmpint (words[i], ==, json_array_get_int_element (values, i));
}

/* Good exchanges seen from the client. */
static void
run_exchange_vector (JsonObject *vector, const char *name)
{
  JsonNode *node = json_object_get_member (vector, "third_party_parse");
  g_autoptr (GBytes) request = vectors_get_hex (vector, "request");
  g_autoptr (GBytes) reply = vectors_get_hex (vector, "reply");
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answer = NULL;
  JsonObject *parse;
  guint8      unit;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  parse = json_node_get_object (node);
  g_assert_true (plancia_modbus_rtu_decode (request, FALSE, &unit, &asked, NULL));
  g_assert_true (plancia_modbus_rtu_decode (reply, TRUE, &unit, &answer, NULL));
  g_assert_cmpint (unit, ==, json_object_get_int_member (vector, "slave"));
  if (g_strcmp0 (json_object_get_string_member (parse, "result"), "ok") != 0)
    g_assert_cmphex (((const guint8 *) g_bytes_get_data (answer, NULL))[0], >=, 0x80);
  else if (json_object_has_member (vector, "count"))
    assert_words (parse, asked, answer);
  else
    g_assert_true (plancia_modbus_pdu_check_write (asked, answer, NULL));
}

static void
test_exchange_vectors (void)
{
  for_each_vector (FALSE, run_exchange_vector);
}

typedef struct
{
  const char *name;
  const char *domain; /* NULL: good */
  int         code;
} Verdict;

/* Where the other decoder was lax or named things otherwise, this table decides. */
static const Verdict verdicts[] = {
  {"reply-ok",                  NULL,       0                                },
  {"reply-sn-ascii",            NULL,       0                                },
  {"reply-double-crc",          NULL,       0                                },
  {"reply-bad-crc",             "protocol", PLANCIA_PROTOCOL_ERROR_CHECKSUM  },
  {"reply-crc-bytes-swapped",   "protocol", PLANCIA_PROTOCOL_ERROR_CHECKSUM  },
  {"reply-wrong-slave",         "unit",     0                                },
  {"reply-wrong-function",      "protocol", PLANCIA_PROTOCOL_ERROR_UNEXPECTED},
  {"reply-byte-count-mismatch", "protocol", PLANCIA_PROTOCOL_ERROR_UNEXPECTED},
  {"reply-exception-1",         "modbus",   1                                },
  {"reply-exception-2",         "modbus",   2                                },
  {"reply-exception-3",         "modbus",   3                                },
  {"reply-exception-4",         "modbus",   4                                },
  {"reply-exception-5",         "modbus",   5                                },
  {"reply-exception-6",         "modbus",   6                                },
  {"reply-exception-8",         "modbus",   8                                },
  {"reply-exception-10",        "modbus",   10                               },
  {"reply-exception-11",        "modbus",   11                               },
  {"reply-exception-90-quirk",  "modbus",   2                                },
};

static const Verdict *
find_verdict (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (verdicts[i].name, name))
      return &verdicts[i];
  g_assert_not_reached ();
}

static void
run_client_vector (JsonObject *vector, const char *name)
{
  const Verdict *verdict = find_verdict (name);
  g_autoptr (GBytes) request = vectors_get_hex (vector, "request");
  g_autoptr (GBytes) reply = vectors_get_hex (vector, "reply");
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint16  words[PLANCIA_MODBUS_MAX_READ];
  guint8   asked_unit;
  guint8   unit = 0;
  gboolean good;

  g_assert_true (plancia_modbus_rtu_decode (request, FALSE, &asked_unit, &asked, NULL));
  good = plancia_modbus_rtu_decode (reply, TRUE, &unit, &answer, &error);
  if (g_strcmp0 (verdict->domain, "unit") == 0) {
    g_assert_cmpint (unit, !=, asked_unit);
    return;
  }
  good = good && plancia_modbus_pdu_check_read (asked, answer, words, &error);
  g_assert_cmpint (good, ==, verdict->domain == NULL);
  if (good)
    assert_words (json_object_get_object_member (vector, "third_party_parse"), asked, answer);
  else
    vectors_assert_error (error, *verdict->domain == 'm', verdict->code);
}

static void
test_client_vectors (void)
{
  for_each_vector (TRUE, run_client_vector);
}

typedef struct
{
  const char *hex;
  gboolean    is_answer;
} Sample;

static const Sample samples[] = {
  {"01030484000a84d4",                                   FALSE},
  {"0110110500050a000501f400c8000003847fe1",             FALSE},
  {"0106110400078cf5",                                   FALSE},
  {"010314048404850486048704880489048a048b048c048df996", TRUE },
  {"0110110500051537",                                   TRUE },
  {"018302c0f1",                                         TRUE },
};

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) frame = vectors_hex (samples[i].hex);
    gsize         length;
    const guint8 *data = g_bytes_get_data (frame, &length);
    guint8        unit;

    for (gsize cut = 0; cut < length; cut++) {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (frame, 0, cut);
      g_autoptr (GBytes) pdu = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (plancia_modbus_rtu_scan (data, cut, samples[i].is_answer, NULL), ==, 0);
      g_assert_false (plancia_modbus_rtu_decode (part, samples[i].is_answer, &unit, &pdu, &error));
      g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_TRUNCATED);
    }
    g_assert_cmpint (plancia_modbus_rtu_scan (data, length, samples[i].is_answer, NULL),
                     ==,
                     length);
  }
}

static void
test_flipped_bits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) frame = vectors_hex (samples[i].hex);

    for (gsize bit = 0; bit < 8 * g_bytes_get_size (frame); bit++) {
      g_autoptr (GBytes) flipped = vectors_flip (frame, bit);
      g_autoptr (GBytes) pdu = NULL;
      guint8 unit;

      g_assert_false (plancia_modbus_rtu_decode (flipped, samples[i].is_answer, &unit, &pdu, NULL));
      g_assert_null (pdu);
    }
  }
}

/* A frame whose own CRC is 0000 is not taken for one with a second CRC, nor cut. */
static void
test_own_crc_of_zeros (void)
{
  guint n_found = 0;

  for (guint word = 0; word < 0x10000; word++) {
    const guint16 value = (guint16) word;
    g_autoptr (GBytes) pdu = plancia_modbus_pdu_read_answer (3, &value, 1);
    g_autoptr (GBytes) frame = plancia_modbus_rtu_encode (1, pdu);
    g_autoptr (GBytes) decoded = NULL;
    const guint8 *data = g_bytes_get_data (frame, NULL);
    guint8        unit;

    if (data[5] != 0 || data[6] != 0)
      continue;
    n_found++;
    g_assert_true (plancia_modbus_rtu_decode (frame, TRUE, &unit, &decoded, NULL));
    vectors_assert_bytes (decoded, pdu);
  }
  g_assert_cmpint (n_found, ==, 1);
}

static void
test_second_crc (void)
{
  static const struct
  {
    const char *hex;
    int         code; /* -1: good */
  } cases[] = {
    {"010302000239850000",   -1                              },
    {"010302000239850001",   PLANCIA_PROTOCOL_ERROR_MALFORMED},
    {"010302000239840000",   PLANCIA_PROTOCOL_ERROR_MALFORMED},
    {"0103020002398500",     PLANCIA_PROTOCOL_ERROR_MALFORMED},
    {"01030200023985000000", PLANCIA_PROTOCOL_ERROR_MALFORMED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) frame = vectors_hex (cases[i].hex);
    g_autoptr (GBytes) pdu = NULL;
    g_autoptr (GError) error = NULL;
    guint8   unit;
    gboolean good = plancia_modbus_rtu_decode (frame, TRUE, &unit, &pdu, &error);

    g_assert_cmpint (good, ==, cases[i].code == -1);
    if (!good)
      g_assert_error (error, PLANCIA_PROTOCOL_ERROR, cases[i].code);
    else
      g_assert_cmpint (g_bytes_get_size (pdu), ==, 4);
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8899);

  for (guint i = 0; i < 50000; i++) {
    g_autoptr (GBytes) noise = vectors_random (rand, 24);
    g_autoptr (GBytes) pdu = NULL;
    g_autoptr (GError) error = NULL;
    gsize         length;
    const guint8 *data = g_bytes_get_data (noise, &length);
    gboolean      is_answer = i % 2 == 0;
    guint8        unit;
    gssize        scanned = plancia_modbus_rtu_scan (data, length, is_answer, NULL);

    g_assert_cmpint (scanned, <=, (gssize) length);
    if (!plancia_modbus_rtu_decode (noise, is_answer, &unit, &pdu, &error)) {
      g_assert_nonnull (error);
      g_assert_null (pdu);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/modbus-rtu/crc", test_crc);
  g_test_add_func ("/protocol/modbus-rtu/server-vectors", test_server_vectors);
  g_test_add_func ("/protocol/modbus-rtu/exchange-vectors", test_exchange_vectors);
  g_test_add_func ("/protocol/modbus-rtu/client-vectors", test_client_vectors);
  g_test_add_func ("/protocol/modbus-rtu/prefixes", test_prefixes);
  g_test_add_func ("/protocol/modbus-rtu/flipped-bits", test_flipped_bits);
  g_test_add_func ("/protocol/modbus-rtu/own-crc-of-zeros", test_own_crc_of_zeros);
  g_test_add_func ("/protocol/modbus-rtu/second-crc", test_second_crc);
  g_test_add_func ("/protocol/modbus-rtu/random", test_random);
  return g_test_run ();
}
