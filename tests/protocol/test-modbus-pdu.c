/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-pdu.h"

#include "vectors.h"

typedef struct
{
  const char *name;
  const char *request;
  const char *answer;
  int         domain; /* 0 good, 1 protocol, 2 Modbus */
  int         code;
} CheckCase;

static const CheckCase check_cases[] = {
  {"good",                     "0304040001",       "03020002",             0, 0                                   },
  {"good-input",               "0404040001",       "04020002",             0, 0                                   },
  {"empty",                    "0304040001",       "",                     1, PLANCIA_PROTOCOL_ERROR_TRUNCATED    },
  {"function-only",            "0304040001",       "03",                   1, PLANCIA_PROTOCOL_ERROR_TRUNCATED    },
  {"exception-without-number", "0304040001",       "83",                   1, PLANCIA_PROTOCOL_ERROR_TRUNCATED    },
  {"exception-zero",           "0304040001",       "8300",                 1, PLANCIA_PROTOCOL_ERROR_MALFORMED    },
  {"exception-2",              "0304040001",       "8302",                 2, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS},
  {"exception-0x90",           "0304040001",       "9002",                 2, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS},
  {"exception-of-another",     "0304040001",       "8604",                 2, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE },
  {"exception-200",            "0304040001",       "83c8",                 2, 200                                 },
  {"other-function",           "0304040001",       "04020002",             1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"two-for-one",              "0304040001",       "030400020003",         1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"one-for-two",              "0304040002",       "03020002",             1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"cut",                      "0304040002",       "0304000200",           1, PLANCIA_PROTOCOL_ERROR_TRUNCATED    },
  {"surplus",                  "0304040001",       "0302000200",           1, PLANCIA_PROTOCOL_ERROR_MALFORMED    },
  {"write-good",               "1011100001021234", "1011100001",           0, 0                                   },
  {"write-with-crc-and-zeros", "1011100001021234", "10111000010530000000", 0, 0                                   },
  {"write-other-address",      "1011100001021234", "1011110001",           1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"write-other-count",        "1011100001021234", "1011100002",           1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"write-cut",                "1011100001021234", "10111000",             1, PLANCIA_PROTOCOL_ERROR_TRUNCATED    },
  {"write-other-function",     "1011100001021234", "0611100001",           1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"write-refused",            "1011100001021234", "9003",                 2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  },
  {"write-single-other-value", "0611040007",       "0611040008",           1, PLANCIA_PROTOCOL_ERROR_UNEXPECTED   },
  {"write-single-good",        "0611040007",       "0611040007",           0, 0                                   },
};

static void
test_check (gconstpointer data)
{
  const CheckCase *c = data;
  g_autoptr (GBytes) request = vectors_hex (c->request);
  g_autoptr (GBytes) answer = vectors_hex (c->answer);
  g_autoptr (GError) error = NULL;
  guint16  words[PLANCIA_MODBUS_MAX_READ] = {0xbeef, 0xbeef};
  gboolean write = c->request[1] == '6' || c->request[0] == '1';
  gboolean good = write ? plancia_modbus_pdu_check_write (request, answer, &error)
                        : plancia_modbus_pdu_check_read (request, answer, words, &error);

  g_assert_cmpint (good, ==, c->domain == 0);
  if (c->domain == 1)
    g_assert_error (error, PLANCIA_PROTOCOL_ERROR, c->code);
  if (c->domain == 2)
    g_assert_error (error, PLANCIA_MODBUS_ERROR, c->code);
  if (good && !write)
    g_assert_cmpint (words[0], ==, 2);
  if (!good)
    g_assert_cmphex (words[0], ==, 0xbeef);
  g_assert_cmphex (words[1], ==, 0xbeef);
}

typedef struct
{
  const char *pdu;
  int         domain;
  int         code;
} RequestCase;

static const RequestCase bad_requests[] = {
  {"",                 1, PLANCIA_PROTOCOL_ERROR_TRUNCATED     },
  {"03",               1, PLANCIA_PROTOCOL_ERROR_TRUNCATED     },
  {"03040400",         1, PLANCIA_PROTOCOL_ERROR_TRUNCATED     },
  {"030404000100",     1, PLANCIA_PROTOCOL_ERROR_MALFORMED     },
  {"0304040000",       2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"030404007e",       2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"01040407d1",       2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"41",               2, PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION},
  {"8302",             2, PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION},
  {"1011050000",       2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"101105000104",     2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"10110500010400",   2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"1011050001041234", 2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
  {"101105007cf8",     2, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE   },
};

static void
test_bad_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_requests); i++) {
    g_autoptr (GBytes) pdu = vectors_hex (bad_requests[i].pdu);
    g_autoptr (GError) error = NULL;
    PlanciaModbusRequest request;

    g_test_message ("%s", bad_requests[i].pdu);
    g_assert_false (plancia_modbus_pdu_decode_request (pdu, &request, &error));
    vectors_assert_error (error, bad_requests[i].domain == 2, bad_requests[i].code);
  }
}

static void
test_read_round_trip (void)
{
  guint16 words[PLANCIA_MODBUS_MAX_READ];
  guint16 read[PLANCIA_MODBUS_MAX_READ];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = (guint16) (i * 523);
  for (guint16 count = 1; count <= PLANCIA_MODBUS_MAX_READ; count++) {
    g_autoptr (GBytes) request = plancia_modbus_pdu_read (4, 0xff00, count);
    g_autoptr (GBytes) answer = plancia_modbus_pdu_read_answer (4, words, count);
    g_autoptr (GError) error = NULL;
    PlanciaModbusRequest decoded;

    g_assert_true (plancia_modbus_pdu_decode_request (request, &decoded, &error));
    g_assert_cmphex (decoded.address, ==, 0xff00);
    g_assert_cmpint (decoded.count, ==, count);
    g_assert_null (decoded.values);
    g_assert_true (plancia_modbus_pdu_check_read (request, answer, read, &error));
    g_assert_cmpmem (read, count * 2, words, count * 2);
  }
}

static void
test_bits_round_trip (void)
{
  const guint16 bits[] = {1, 0, 1, 1, 0, 0, 0, 1, 0, 1};
  guint16       read[10];
  g_autoptr (GBytes) request = plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_COILS, 16, 10);
  g_autoptr (GBytes) answer = plancia_modbus_pdu_read_answer (1, bits, 10);
  g_autoptr (GBytes) expected = vectors_hex ("01028d02");
  g_autoptr (GError) error = NULL;

  vectors_assert_bytes (answer, expected);
  g_assert_true (plancia_modbus_pdu_check_read (request, answer, read, &error));
  g_assert_cmpmem (read, sizeof read, bits, sizeof bits);
}

static void
test_write_round_trip (void)
{
  guint16 words[PLANCIA_MODBUS_MAX_WRITE];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = (guint16) (0xfff0 + i);
  for (guint count = 1; count <= PLANCIA_MODBUS_MAX_WRITE; count++) {
    g_autoptr (GBytes) request = plancia_modbus_pdu_write_multiple (0x1105, words, count);
    g_autoptr (GBytes) answer = NULL;
    g_autoptr (GError) error = NULL;
    PlanciaModbusRequest decoded;

    g_assert_true (plancia_modbus_pdu_decode_request (request, &decoded, &error));
    g_assert_cmpint (decoded.count, ==, count);
    for (guint i = 0; i < count; i++)
      g_assert_cmphex (decoded.values[2 * i] << 8 | decoded.values[2 * i + 1], ==, words[i]);
    answer = plancia_modbus_pdu_write_answer (&decoded);
    g_assert_cmpint (g_bytes_get_size (answer), ==, 5);
    g_assert_true (plancia_modbus_pdu_check_write (request, answer, &error));
  }
}

static void
test_write_single_round_trip (void)
{
  g_autoptr (GBytes) request = plancia_modbus_pdu_write_single (0x1104, 7);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaModbusRequest decoded;

  g_assert_true (plancia_modbus_pdu_decode_request (request, &decoded, &error));
  g_assert_cmpint (decoded.count, ==, 1);
  g_assert_cmpint (decoded.values[1], ==, 7);
  answer = plancia_modbus_pdu_write_answer (&decoded);
  vectors_assert_bytes (answer, request);
}

typedef struct
{
  const char *bytes;
  gboolean    is_answer;
  gssize      measured;
} MeasureCase;

static const MeasureCase measure_cases[] = {
  {"",             TRUE,  0  },
  {"03",           TRUE,  0  },
  {"0314",         TRUE,  22 },
  {"03fa",         TRUE,  252},
  {"03fc",         TRUE,  -1 },
  {"83",           TRUE,  2  },
  {"90",           TRUE,  2  },
  {"ff",           TRUE,  2  },
  {"06",           TRUE,  5  },
  {"10",           TRUE,  5  },
  {"41",           TRUE,  -1 },
  {"00",           TRUE,  -1 },
  {"03",           FALSE, 5  },
  {"06",           FALSE, 5  },
  {"1011050005",   FALSE, 0  },
  {"10110500050a", FALSE, 16 },
  {"10110500f6f6", FALSE, 252},
  {"10110500ffff", FALSE, -1 },
  {"83",           FALSE, -1 },
  {"2b",           FALSE, -1 },
};

static void
test_measure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (measure_cases); i++) {
    const MeasureCase *c = &measure_cases[i];
    g_autoptr (GBytes) bytes = vectors_hex (c->bytes);
    gsize         length;
    const guint8 *data = g_bytes_get_data (bytes, &length);

    g_test_message ("%s", c->bytes);
    g_assert_cmpint (plancia_modbus_pdu_measure (data, length, c->is_answer), ==, c->measured);
  }
}

typedef struct
{
  const char *pdu;
  gboolean    is_answer;
  const char *text;
} DescribeCase;

static const DescribeCase describe_cases[] = {
  {"030404000a",       FALSE, "read holding 0x0404, 10 registers"      },
  {"0404040001",       FALSE, "read input 0x0404, 1 register"          },
  {"0100100008",       FALSE, "read coils 0x0010, 8 bits"              },
  {"0611040007",       FALSE, "write single 0x1104 = 0x0007"           },
  {"1011100001021234", FALSE, "write multiple 0x1110, 1 register"      },
  {"03020002",         TRUE,  "answer, 1 register"                     },
  {"030400020003",     TRUE,  "answer, 2 registers"                    },
  {"0611040007",       TRUE,  "answer, 0x1104 written"                 },
  {"1011100002",       TRUE,  "answer, 2 registers from 0x1110 written"},
  {"8302",             TRUE,  "exception 2, illegal address"           },
  {"9002",             TRUE,  "exception 2, illegal address"           },
  {"83c8",             TRUE,  "exception 200, not a standard exception"},
  {"",                 TRUE,  "nothing"                                },
  {"41",               TRUE,  "answer, function 0x41, 1 bytes"         },
};

static void
test_describe (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (describe_cases); i++) {
    g_autoptr (GBytes) pdu = vectors_hex (describe_cases[i].pdu);
    g_autofree char *text = plancia_modbus_pdu_describe (pdu, describe_cases[i].is_answer);

    g_assert_cmpstr (text, ==, describe_cases[i].text);
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250610);

  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GBytes) request = plancia_modbus_pdu_read (3, 0x0404, 1 + i % 125);
    g_autoptr (GBytes) noise = vectors_random (rand, 12);
    g_autofree char     *as_answer = plancia_modbus_pdu_describe (noise, TRUE);
    g_autofree char     *as_request = plancia_modbus_pdu_describe (noise, FALSE);
    guint16              words[PLANCIA_MODBUS_MAX_READ];
    PlanciaModbusRequest decoded;

    plancia_modbus_pdu_check_read (request, noise, words, NULL);
    plancia_modbus_pdu_check_write (request, noise, NULL);
    if (plancia_modbus_pdu_decode_request (noise, &decoded, NULL))
      g_assert_cmpint (decoded.count, >=, 1);
    g_assert_true (g_utf8_validate (as_answer, -1, NULL));
    g_assert_true (g_utf8_validate (as_request, -1, NULL));
  }
}

/* What an answer looks like, whatever is in it. */
static void
test_fits (void)
{
  const guint16              words[] = {1, 2, 3};
  const PlanciaModbusRequest other = {.function = 16, .address = 0x101, .count = 3};
  g_autoptr (GBytes) read = plancia_modbus_pdu_read (3, 0x100, 3);
  g_autoptr (GBytes) write = plancia_modbus_pdu_write_multiple (0x100, words, 3);
  g_autoptr (GBytes) three = plancia_modbus_pdu_read_answer (3, words, 3);
  g_autoptr (GBytes) two = plancia_modbus_pdu_read_answer (3, words, 2);
  g_autoptr (GBytes) input = plancia_modbus_pdu_read_answer (4, words, 3);
  g_autoptr (GBytes) written = g_bytes_new_from_bytes (write, 0, 5);
  g_autoptr (GBytes) elsewhere = plancia_modbus_pdu_write_answer (&other);
  g_autoptr (GBytes) exception = plancia_modbus_pdu_exception (16, 2);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  g_assert_true (plancia_modbus_pdu_fits (read, three));
  g_assert_false (plancia_modbus_pdu_fits (read, two));
  g_assert_false (plancia_modbus_pdu_fits (read, input));
  g_assert_false (plancia_modbus_pdu_fits (read, written));
  g_assert_false (plancia_modbus_pdu_fits (read, nothing));
  g_assert_true (plancia_modbus_pdu_fits (write, written));
  g_assert_false (plancia_modbus_pdu_fits (write, elsewhere));
  g_assert_false (plancia_modbus_pdu_fits (write, three));
  g_assert_true (plancia_modbus_pdu_fits (read, exception));
  g_assert_true (plancia_modbus_pdu_fits (write, exception));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (check_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/protocol/modbus-pdu/check/%s", check_cases[i].name);

    g_test_add_data_func (path, &check_cases[i], test_check);
  }
  g_test_add_func ("/protocol/modbus-pdu/bad-requests", test_bad_requests);
  g_test_add_func ("/protocol/modbus-pdu/read-round-trip", test_read_round_trip);
  g_test_add_func ("/protocol/modbus-pdu/bits-round-trip", test_bits_round_trip);
  g_test_add_func ("/protocol/modbus-pdu/write-round-trip", test_write_round_trip);
  g_test_add_func ("/protocol/modbus-pdu/write-single-round-trip", test_write_single_round_trip);
  g_test_add_func ("/protocol/modbus-pdu/measure", test_measure);
  g_test_add_func ("/protocol/modbus-pdu/describe", test_describe);
  g_test_add_func ("/protocol/modbus-pdu/fits", test_fits);
  g_test_add_func ("/protocol/modbus-pdu/random", test_random);
  return g_test_run ();
}
