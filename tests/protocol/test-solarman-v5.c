/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/solarman-v5.h"

#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "vectors.h"

typedef struct
{
  const char *name;
  const char *domain; /* NULL: good; "frame": refused by decode; "serial", "sequence", "unit" */
  int         code;
} Verdict;

/* Replies that are not plainly good. Stricter than the decoder that made the vectors. */
static const Verdict verdicts[] = {
  {"read-input-fc04-exception-1", "modbus",   1                                },
  {"exception-2-illegal-address", "modbus",   2                                },
  {"short-error-1",               "modbus",   1                                },
  {"short-error-2",               "modbus",   2                                },
  {"short-error-3",               "modbus",   3                                },
  {"short-error-4",               "modbus",   4                                },
  {"short-error-5",               "protocol", PLANCIA_PROTOCOL_ERROR_LOGGER    },
  {"short-error-6",               "protocol", PLANCIA_PROTOCOL_ERROR_LOGGER    },
  {"serial-zero-probe-answer",    "protocol", PLANCIA_PROTOCOL_ERROR_LOGGER    },
  {"bad-rtu-crc",                 "protocol", PLANCIA_PROTOCOL_ERROR_CHECKSUM  },
  {"bad-v5-checksum",             "frame",    PLANCIA_PROTOCOL_ERROR_CHECKSUM  },
  {"wrong-serial",                "serial",   0                                },
  {"wrong-sequence-late-reply",   "sequence", 0                                },
  {"short-truncated",             "frame",    PLANCIA_PROTOCOL_ERROR_TRUNCATED },
  {"wrong-start-byte",            "frame",    PLANCIA_PROTOCOL_ERROR_MALFORMED },
  {"wrong-end-byte",              "frame",    PLANCIA_PROTOCOL_ERROR_MALFORMED },
  {"length-field-too-large",      "frame",    PLANCIA_PROTOCOL_ERROR_TRUNCATED },
  {"frame-type-1",                "protocol", PLANCIA_PROTOCOL_ERROR_UNEXPECTED},
  {"empty-payload",               "protocol", PLANCIA_PROTOCOL_ERROR_TRUNCATED },
};

static const Verdict good = {"good", NULL, 0};

static const Verdict *
find_verdict (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_equal (verdicts[i].name, name))
      return &verdicts[i];
  return &good;
}

typedef void (*VectorFunc) (JsonObject *vector, const char *name);

static void
for_each_vector (const char *kind, guint expected, VectorFunc func)
{
  g_autoptr (JsonNode) root = vectors_load ("vectors/solarman-v5.json");
  JsonArray *array = json_object_get_array_member (json_node_get_object (root), "vectors");
  guint      n_run = 0;

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *vector = json_array_get_object_element (array, i);

    if (g_strcmp0 (json_object_get_string_member (vector, "kind"), kind) != 0)
      continue;
    g_test_message ("%s", json_object_get_string_member (vector, "name"));
    func (vector, json_object_get_string_member (vector, "name"));
    n_run++;
  }
  g_assert_cmpint (n_run, ==, expected);
}

static void
run_request (JsonObject *vector, const char *name)
{
  g_auto (PlanciaSolarmanFrame) out = {0};
  g_autoptr (GBytes) rtu = vectors_get_hex (vector, "rtu");
  g_autoptr (GBytes) frame = vectors_get_hex (vector, "frame");
  JsonArray *sequence = json_object_get_array_member (vector, "sequence");
  guint32    serial = (guint32) json_object_get_int_member (vector, "serial");
  guint8     first = (guint8) json_array_get_int_element (sequence, 0);
  g_autoptr (GBytes) built = plancia_solarman_v5_request (serial, first, rtu);

  vectors_assert_bytes (built, frame);
  g_assert_true (plancia_solarman_v5_decode (frame, &out, NULL));
  g_assert_cmpint (out.control, ==, PLANCIA_SOLARMAN_REQUEST);
  g_assert_cmpint (out.serial, ==, serial);
  g_assert_cmpint (out.sequence, ==, first);
  g_assert_cmpint (out.counter, ==, 0);
}

static void
test_requests (void)
{
  for_each_vector ("request", 11, run_request);
}

/* The answer that the simulator would make of the vector's parts is the vector's frame. */
static void
check_built_answer (JsonObject *vector, GBytes *frame)
{
  JsonObject *fields = json_object_get_object_member (vector, "fields");
  JsonArray  *sequence = json_object_get_array_member (vector, "sequence");
  g_autoptr (GBytes) rtu = vectors_get_hex (vector, "rtu");
  g_autoptr (GBytes) built = NULL;

  built = plancia_solarman_v5_answer ((guint32) json_object_get_int_member (vector, "serial"),
                                      (guint8) json_array_get_int_element (sequence, 0),
                                      (guint8) json_array_get_int_element (sequence, 1),
                                      (guint32) json_object_get_int_member (fields, "twt"),
                                      (guint32) json_object_get_int_member (fields, "pot"),
                                      (guint32) json_object_get_int_member (fields, "off"),
                                      rtu);
  vectors_assert_bytes (built, frame);
}

static void
check_values (JsonObject *vector, GBytes *request, GBytes *answer)
{
  JsonObject *decoded = json_object_get_object_member (vector, "decoded");
  JsonNode   *values = json_object_get_member (decoded, "values");
  guint16     words[PLANCIA_MODBUS_MAX_READ];
  JsonArray  *array;

  if (values == NULL) /* the other decoder stopped before; sequence and serial are checked above */
    return;
  if (!JSON_NODE_HOLDS_ARRAY (values)) {
    g_assert_true (plancia_modbus_pdu_check_write (request, answer, NULL));
    return;
  }
  array = json_node_get_array (values);
  g_assert_true (plancia_modbus_pdu_check_read (request, answer, words, NULL));
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_assert_cmpint (words[i], ==, json_array_get_int_element (array, i));
}

/* Everything a link does with the answer to its request. */
static gboolean
check_answer (JsonObject *vector, PlanciaSolarmanFrame *frame, GError **error)
{
  JsonObject *client = json_object_get_object_member (vector, "client");
  g_autoptr (GBytes) request_rtu = vectors_get_hex (client, "request_rtu");
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) rtu = plancia_solarman_v5_get_rtu (frame, error);
  g_autoptr (GBytes) answer = NULL;
  guint16 words[PLANCIA_MODBUS_MAX_READ];
  guint8  asked_unit;
  guint8  unit;

  g_assert_true (plancia_modbus_rtu_decode (request_rtu, FALSE, &asked_unit, &request, NULL));
  if (rtu == NULL || !plancia_modbus_rtu_decode (rtu, TRUE, &unit, &answer, error))
    return FALSE;
  g_assert_cmpint (unit, ==, asked_unit);
  if (((const guint8 *) g_bytes_get_data (answer, NULL))[0] >= 0x80)
    return plancia_modbus_pdu_check_read (request, answer, words, error);
  check_values (vector, request, answer);
  return TRUE;
}

static void
run_reply (JsonObject *vector, const char *name)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  const Verdict *verdict = find_verdict (name);
  JsonObject    *client = json_object_get_object_member (vector, "client");
  g_autoptr (GBytes) bytes = vectors_get_hex (vector, "frame");
  g_autoptr (GError) error = NULL;
  gboolean decoded = plancia_solarman_v5_decode (bytes, &frame, &error);

  if (g_strcmp0 (verdict->domain, "frame") == 0) {
    g_assert_false (decoded);
    g_assert_error (error, PLANCIA_PROTOCOL_ERROR, verdict->code);
    return;
  }
  g_assert_no_error (error);
  if (!json_object_has_member (json_object_get_object_member (vector, "fields"), "ftype"))
    check_built_answer (vector, bytes);
  g_assert_cmpint (frame.sequence == json_object_get_int_member (client, "sequence"),
                   !=,
                   g_strcmp0 (verdict->domain, "sequence") == 0);
  g_assert_cmpint (frame.serial, ==, json_object_get_int_member (vector, "serial"));
  if (g_strcmp0 (verdict->domain, "serial") == 0)
    g_assert_cmpint (frame.serial, !=, json_object_get_int_member (client, "serial"));
  if (verdict->domain == NULL || *verdict->domain == 's') {
    g_assert_true (check_answer (vector, &frame, &error));
    return;
  }
  g_assert_false (check_answer (vector, &frame, &error));
  vectors_assert_error (error, *verdict->domain == 'm', verdict->code);
}

static void
test_replies (void)
{
  for_each_vector ("reply", 28, run_reply);
}

static void
run_serial_probe (JsonObject *vector, const char *name)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_autoptr (GBytes) bytes = vectors_get_hex (vector, "frame");
  g_autoptr (GBytes) rtu = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (name, "serial-zero-probe-answer"))
    return;
  g_assert_true (plancia_solarman_v5_decode (bytes, &frame, NULL));
  g_assert_cmpint (frame.serial, ==, 2712345678u);
  rtu = plancia_solarman_v5_get_rtu (&frame, &error);
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  g_assert_nonnull (strstr (error->message, "2712345678"));
}

static void
test_serial_probe (void)
{
  for_each_vector ("reply", 28, run_serial_probe);
}

static void
run_unsolicited (JsonObject *vector, const char *name)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_autoptr (GBytes) bytes = vectors_get_hex (vector, "frame");
  g_autoptr (GBytes) expected = vectors_get_hex (vector, "ack");
  g_autoptr (GBytes) acknowledgement = NULL;
  g_autoptr (GBytes) rtu = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *control = NULL;

  g_assert_true (plancia_solarman_v5_decode (bytes, &frame, NULL));
  control = g_strdup_printf ("%02x10", frame.control);
  g_assert_cmpstr (control, ==, json_object_get_string_member (vector, "control"));
  acknowledgement = plancia_solarman_v5_acknowledge (
    &frame,
    (guint32) json_object_get_int_member (vector, "ack_unix_time"));
  vectors_assert_bytes (acknowledgement, expected);
  rtu = plancia_solarman_v5_get_rtu (&frame, &error);
  g_assert_null (rtu);
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
}

static void
test_unsolicited (void)
{
  for_each_vector ("unsolicited", 5, run_unsolicited);
}

/* As a link reads: whole frames out, noise skipped byte by byte. Gives the control bytes. */
static char *
controls_of (const guint8 *data, gsize length, gsize *skipped)
{
  GString *controls = g_string_new (NULL);

  for (gsize used = 1; length > 0; data += used, length -= used) {
    g_auto (PlanciaSolarmanFrame) out = {0};
    gssize scanned = plancia_solarman_v5_scan (data, length, NULL);
    g_autoptr (GBytes) frame = NULL;

    if (scanned == 0)
      break;
    used = scanned > 0 ? (gsize) scanned : 1;
    *skipped += scanned < 0;
    if (scanned < 0)
      continue;
    frame = g_bytes_new (data, used);
    g_assert_true (plancia_solarman_v5_decode (frame, &out, NULL));
    g_string_append_printf (controls, "%02x ", out.control);
  }
  return g_string_free (controls, FALSE);
}

static void
run_stream (JsonObject *vector, const char *name)
{
  g_autoptr (GBytes) bytes = vectors_get_hex (vector, "bytes");
  gsize            length;
  const guint8    *data = g_bytes_get_data (bytes, &length);
  gsize            skipped = 0;
  g_autofree char *controls = controls_of (data, length, &skipped);

  if (g_str_equal (name, "stream-heartbeat-then-reply"))
    g_assert_cmpstr (controls, ==, "47 15 ");
  else if (g_str_equal (name, "stream-reply-then-heartbeat"))
    g_assert_cmpstr (controls, ==, "15 47 ");
  else
    g_assert_cmpstr (controls, ==, "15 ");
  g_assert_cmpint (skipped, ==, g_str_has_prefix (name, "stream-noise") ? 16 : 0);
}

static void
test_streams (void)
{
  for_each_vector ("stream", 3, run_stream);
}

/* Noise with start bytes in it, before, between and after frames. */
static void
test_noisy_stream (void)
{
  g_autoptr (GBytes)
    bytes = vectors_hex ("a5"
                         "41542b595a434d505645523d0d0a0d0a"
                         "a5ffff"
                         "a515001015122b4e1caba10201011e01009313000080277367010302000239853d15"
                         "a50100104712604e1caba1008115" /* wrong checksum */
                         "aa030a01030800"
                         "a50100104712604e1caba1008015"
                         "a50100");
  gsize            skipped = 0;
  gsize            length;
  const guint8    *data = g_bytes_get_data (bytes, &length);
  g_autofree char *controls = controls_of (data, length, &skipped);

  g_assert_cmpstr (controls, ==, "15 47 ");
  g_assert_cmpint (skipped, ==, 1 + 16 + 3 + 14 + 7);
}

static void
check_observed_exception (GBytes *bytes)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_autoptr (GBytes) rtu = NULL;
  g_autoptr (GBytes) pdu = NULL;
  g_autoptr (GBytes) request = plancia_modbus_pdu_read (3, 0, 0x28);
  g_autoptr (GError) error = NULL;
  guint16 words[PLANCIA_MODBUS_MAX_READ];
  guint8  unit;

  g_assert_true (plancia_solarman_v5_decode (bytes, &frame, NULL));
  rtu = plancia_solarman_v5_get_rtu (&frame, NULL);
  g_assert_true (plancia_modbus_rtu_decode (rtu, TRUE, &unit, &pdu, NULL));
  g_assert_cmpint (unit, ==, 1);
  g_assert_false (plancia_modbus_pdu_check_read (request, pdu, words, &error));
  g_assert_error (error, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  g_assert_nonnull (strstr (error->message, "0x90"));
}

static void
run_observed (JsonObject *vector, const char *name)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_auto (PlanciaSolarmanFrame) ignored = {0};
  g_autoptr (GBytes) bytes = vectors_get_hex (vector, "frame");
  g_autoptr (GBytes) acknowledgement = vectors_get_hex (vector, "ack");
  gboolean decoded = plancia_solarman_v5_decode (bytes, &frame, NULL);

  g_assert_cmpint (decoded,
                   ==,
                   json_object_get_boolean_member_with_default (vector, "length_ok", FALSE));
  if (acknowledgement != NULL)
    g_assert_false (plancia_solarman_v5_decode (acknowledgement, &ignored, NULL));
  if (g_str_equal (name, "observed-sofar-exception-0x90"))
    check_observed_exception (bytes);
  if (strstr (name, "observed-error-") != NULL) {
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_solarman_v5_get_rtu (&frame, &error));
    g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  }
}

static void
test_observed (void)
{
  for_each_vector ("observed", 8, run_observed);
}

static const char *const samples[] = {
  "a51700104511004e1caba102000000000000000000000000000001030484000a84d42315",
  "a515001015122b4e1caba10201011e01009313000080277367010302000239853d15",
  "a50100104712604e1caba1008015",
  "a510001015361a4e1caba102011c2b01008b1e000034f87e6a05004815",
};

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) frame = vectors_hex (samples[i]);
    const guint8 *data = g_bytes_get_data (frame, NULL);

    for (gsize cut = 0; cut < g_bytes_get_size (frame); cut++) {
      g_auto (PlanciaSolarmanFrame) out = {0};
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (frame, 0, cut);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (plancia_solarman_v5_scan (data, cut, NULL), ==, 0);
      g_assert_false (plancia_solarman_v5_decode (part, &out, &error));
      g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_TRUNCATED);
    }
  }
}

static void
test_flipped_bits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (GBytes) frame = vectors_hex (samples[i]);

    for (gsize bit = 0; bit < 8 * g_bytes_get_size (frame); bit++) {
      g_auto (PlanciaSolarmanFrame) out = {0};
      g_autoptr (GBytes) flipped = vectors_flip (frame, bit);

      g_assert_false (plancia_solarman_v5_decode (flipped, &out, NULL));
      g_assert_null (out.payload);
    }
  }
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 2000; i++) {
    g_auto (PlanciaSolarmanFrame) out = {0};
    g_auto (PlanciaSolarmanFrame) in = {0};
    g_autoptr (GBytes) encoded = NULL;

    in.control = (guint8) g_rand_int_range (rand, 0, 256);
    in.sequence = (guint8) g_rand_int_range (rand, 0, 256);
    in.counter = (guint8) g_rand_int_range (rand, 0, 256);
    in.serial = g_rand_int (rand);
    in.payload = vectors_random (rand, i % 20 == 0 ? 1024 : 40);
    encoded = plancia_solarman_v5_encode (&in);
    g_assert_cmpint (
      plancia_solarman_v5_scan (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL),
      ==,
      g_bytes_get_size (encoded));
    g_assert_true (plancia_solarman_v5_decode (encoded, &out, NULL));
    g_assert_cmpint (out.control, ==, in.control);
    g_assert_cmpint (out.sequence, ==, in.sequence);
    g_assert_cmpint (out.counter, ==, in.counter);
    g_assert_cmpint (out.serial, ==, in.serial);
    vectors_assert_bytes (out.payload, in.payload);
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (48899);

  for (guint i = 0; i < 50000; i++) {
    g_auto (PlanciaSolarmanFrame) out = {0};
    g_autoptr (GBytes) noise = vectors_random (rand, 40);
    g_autoptr (GByteArray) array = g_bytes_unref_to_array (g_bytes_ref (noise));
    g_autoptr (GBytes) framed = NULL;

    /* Half of them look like the begin of a frame. */
    if (array->len > 4 && i % 2 == 0)
      memcpy (array->data, "\xa5\x10\x00\x10", 4);
    framed = g_bytes_new (array->data, array->len);
    g_assert_cmpint (plancia_solarman_v5_scan (array->data, array->len, NULL), <=, array->len);
    if (plancia_solarman_v5_decode (framed, &out, NULL))
      g_clear_pointer (&out.payload, g_bytes_unref);
    out.control = PLANCIA_SOLARMAN_ANSWER;
    out.payload = g_bytes_ref (noise);
    g_clear_pointer (&framed, g_bytes_unref);
    framed = plancia_solarman_v5_get_rtu (&out, NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/solarman-v5/requests", test_requests);
  g_test_add_func ("/protocol/solarman-v5/replies", test_replies);
  g_test_add_func ("/protocol/solarman-v5/serial-probe", test_serial_probe);
  g_test_add_func ("/protocol/solarman-v5/unsolicited", test_unsolicited);
  g_test_add_func ("/protocol/solarman-v5/streams", test_streams);
  g_test_add_func ("/protocol/solarman-v5/noisy-stream", test_noisy_stream);
  g_test_add_func ("/protocol/solarman-v5/observed", test_observed);
  g_test_add_func ("/protocol/solarman-v5/prefixes", test_prefixes);
  g_test_add_func ("/protocol/solarman-v5/flipped-bits", test_flipped_bits);
  g_test_add_func ("/protocol/solarman-v5/round-trip", test_round_trip);
  g_test_add_func ("/protocol/solarman-v5/random", test_random);
  return g_test_run ();
}
