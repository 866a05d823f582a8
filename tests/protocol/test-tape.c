/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include <string.h>

#include "tape-fixture.h"

static void
put_console (GString *text, guint link, gint64 time, const char *said)
{
  g_autoptr (GRefString) peer = g_ref_string_new ("/dev/serial/by id/x y%z");
  PlanciaExchangeParts parts = {.time = START + time,
                                .unit = -1,
                                .wire = PLANCIA_WIRE_CONSOLE,
                                .verdict = PLANCIA_EXCHANGE_UNASKED,
                                .peer = peer,
                                .received = (const guint8 *) said,
                                .n_received = strlen (said)};

  put_exchange (text, link, plancia_exchange_new (&parts));
}

static GString *
make_tape (void)
{
  static const guint16 words[] = {0x0102, 0xffff};
  GString             *text = g_string_new (NULL);
  g_autoptr (GBytes) plant = g_bytes_new_static ("{\"name\": \"Rossi\"}", 17);
  g_autoptr (GBytes) said = g_bytes_new_static ("power good 1 number 3 0\n", 24);

  plancia_tape_append_head (text, START);
  plancia_tape_append_file (text, "plant.json", plant);
  plancia_tape_append_link (text, 0, "modbus-tcp://192.168.1.60");
  put_exchange (text, 0, make_read (1000000, 1, 0x0404, words, 2));
  put_exchange (text,
                0,
                make_failed_read (2000000,
                                  1,
                                  0x0404,
                                  2,
                                  g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no\nanswer")));
  plancia_tape_append_link (text, 1, "connext:///dev/ttyACM0");
  put_console (text, 1, 3000000, "boot\r\n");
  plancia_tape_append_said (text, 1, "device 1", said, START + 4000000, START);
  plancia_tape_append_lost (text, 3);
  plancia_tape_append_end (text, START + 9000000, START);
  return text;
}

static void
test_round_trip (void)
{
  g_autoptr (GString) text = make_tape ();
  g_autoptr (PlanciaTape) tape = parse_tape (text->str, (gssize) text->len);
  const PlanciaTapeEntry *entry = g_ptr_array_index (tape->entries, 0);
  GBytes                 *file = g_hash_table_lookup (tape->files, "plant.json");

  g_assert_cmpint (tape->start, ==, START);
  g_assert_cmpint (tape->end, ==, START + 9000000);
  g_assert_true (tape->whole);
  g_assert_cmpuint (tape->damaged, ==, 0);
  g_assert_cmpuint (tape->lost, ==, 3);
  g_assert_cmpuint (tape->links->len, ==, 2);
  g_assert_cmpint (plancia_tape_find_link (tape, "connext:///dev/ttyACM0"), ==, 1);
  g_assert_cmpint (plancia_tape_find_link (tape, "hub://x"), ==, -1);
  g_assert_cmpmem (g_bytes_get_data (file, NULL),
                   g_bytes_get_size (file),
                   "{\"name\": \"Rossi\"}",
                   17);
  g_assert_cmpuint (tape->entries->len, ==, 4);
  g_assert_cmpint (entry->time, ==, START + 1001000);
  g_assert_cmpint (entry->exchange->time, ==, START + 1000000);
  g_assert_cmpint (entry->exchange->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
  g_assert_cmpuint (entry->exchange->n_received, ==, 13);
  g_assert_cmpstr (entry->exchange->peer, ==, "192.168.1.60:502");
  entry = g_ptr_array_index (tape->entries, 1);
  g_assert_error (entry->exchange->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (entry->exchange->verdict, ==, PLANCIA_EXCHANGE_NO_ANSWER);
  entry = g_ptr_array_index (tape->entries, 2);
  g_assert_cmpuint (entry->link, ==, 1);
  g_assert_cmpint (entry->exchange->unit, ==, -1);
  g_assert_cmpstr (entry->exchange->peer, ==, "/dev/serial/by id/x y%z");
  entry = g_ptr_array_index (tape->entries, 3);
  g_assert_null (entry->exchange);
  g_assert_cmpstr (entry->device, ==, "device 1");
  g_assert_cmpuint (g_bytes_get_size (entry->said), ==, 24);
}

/* Whatever byte it ends at, everything before the last whole line is there. */
static void
test_cut (void)
{
  g_autoptr (GString) text = make_tape ();
  gsize head = strlen (PLANCIA_TAPE_HEADER "\nstart 1772323200000000\n");
  guint before = 0;

  for (gsize length = head; length < text->len; length++) {
    g_autoptr (PlanciaTape) tape = parse_tape (text->str, (gssize) length);

    g_assert_false (tape->whole);
    g_assert_cmpuint (tape->damaged, ==, 0);
    g_assert_cmpuint (tape->entries->len, >=, before);
    g_assert_cmpuint (tape->entries->len, <=, before + 1);
    before = tape->entries->len;
  }
  g_assert_cmpuint (before, ==, 4);
}

static void
test_damaged (void)
{
  static const char *const bad[] = {
    "x 1 0 modbus-tcp 1 as-asked 5 a !!!! -",
    "x 1 7 modbus-tcp 1 as-asked 5 a AAAA -",
    "x 1 0 pigeon 1 as-asked 5 a AAAA -",
    "x 1 0 modbus-tcp 999 as-asked 5 a AAAA -",
    "x -1 0 modbus-tcp 1 as-asked 5 a AAAA -",
    "x 1 0 modbus-tcp 1 no-answer 5 a AAAA - elsewhere 1 x",
    "x 1 0 modbus-tcp 1 as-asked 5 %ff AAAA -",
    "r 1 0 device -",
    "file name",
    "link 9 hub://x",
    "end soon",
    "\xff\xfe",
    "nonsense",
  };
  GString *text = make_tape ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_string_append_printf (text, "%s\n", bad[i]);
  g_string_append (text, "# a remark\n\n");
  {
    g_autoptr (PlanciaTape) tape = parse_tape (text->str, (gssize) text->len);

    g_assert_cmpuint (tape->damaged, ==, G_N_ELEMENTS (bad));
    g_assert_cmpuint (tape->entries->len, ==, 4);
  }
  g_string_free (text, TRUE);
}

static void
test_not_one (void)
{
  static const struct
  {
    const char *text;
    int         code;
  } cases[] = {
    {"",                                                  PLANCIA_DOCUMENT_ERROR_VERSION},
    {"plancia-transcript 1\n",                            PLANCIA_DOCUMENT_ERROR_VERSION},
    {"plancia-recording 2\nstart 1\n",                    PLANCIA_DOCUMENT_ERROR_VERSION},
    {"plancia-recording 1\nstart\n",                      PLANCIA_DOCUMENT_ERROR_SYNTAX },
    {"plancia-recording 1\nstart 99999999999999999999\n", PLANCIA_DOCUMENT_ERROR_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_tape_parse (bytes, "visit", &error));
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, cases[i].code);
    g_assert_true (g_str_has_prefix (error->message, "visit: line "));
  }
  g_assert_true (plancia_tape_is_one (PLANCIA_TAPE_HEADER "\n", strlen (PLANCIA_TAPE_HEADER) + 1));
  g_assert_false (plancia_tape_is_one (PLANCIA_TAPE_HEADER, strlen (PLANCIA_TAPE_HEADER)));
  g_assert_false (plancia_tape_is_one ("{", 1));
}

/* Links end their exchanges in turn, and a clock may be set back: the order is that of time, none before the start. */
static void
test_order (void)
{
  static const guint16 words[] = {1};
  GString             *text = g_string_new (NULL);
  g_autoptr (PlanciaTape) tape = NULL;

  plancia_tape_append_head (text, START);
  plancia_tape_append_link (text, 0, "a://x");
  put_exchange (text, 0, make_read (5000, 1, 1, words, 1));
  put_exchange (text, 0, make_read (3000, 2, 1, words, 1));
  put_exchange (text, 0, make_read (-7000000, 3, 1, words, 1));
  tape = parse_tape (text->str, (gssize) text->len);
  g_string_free (text, TRUE);
  for (guint i = 0; i < 3; i++) {
    const PlanciaTapeEntry *entry = g_ptr_array_index (tape->entries, i);

    g_assert_cmpint (entry->exchange->unit, ==, 3 - (int) i);
    g_assert_cmpint (entry->time, >=, START);
  }
  g_assert_cmpuint (plancia_tape_count_until (tape, START - 1), ==, 0);
  g_assert_cmpuint (plancia_tape_count_until (tape, START + 1000), ==, 1);
  g_assert_cmpuint (plancia_tape_count_until (tape, START + 4000), ==, 2);
  g_assert_cmpuint (plancia_tape_count_until (tape, G_MAXINT64), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tape/round-trip", test_round_trip);
  g_test_add_func ("/tape/cut", test_cut);
  g_test_add_func ("/tape/damaged", test_damaged);
  g_test_add_func ("/tape/not-one", test_not_one);
  g_test_add_func ("/tape/order", test_order);
  return g_test_run ();
}
