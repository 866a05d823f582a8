/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-buffer.h"
#include "model/console-format.h"
#include "model/console-store.h"

#include <string.h>

/* 2026-06-12 14:02:07.113 in Rome */
#define NOW G_GINT64_CONSTANT (1781265727113)

static void
hear (PlanciaConsoleStore *store, gint64 time, const char *text)
{
  plancia_console_store_feed (store,
                              time,
                              PLANCIA_CONSOLE_RECEIVED,
                              (const guint8 *) text,
                              strlen (text));
}

static void
assert_line (PlanciaConsoleStore *store, guint64 number, const char *text, gboolean complete)
{
  PlanciaConsoleItem item;

  plancia_console_store_get (store, number, &item);
  g_assert_cmpmem (item.data, item.length, text, strlen (text));
  g_assert_cmpint (item.complete, ==, complete);
}

static void
test_lines (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);

  hear (store, 1, "one\r\ntwo\nthr");
  hear (store, 2, "ee\r");
  g_assert_cmpuint (plancia_console_store_get_end (store), ==, 3);
  assert_line (store, 2, "three\r", TRUE);
  hear (store, 3, "\nfour\rfive");
  assert_line (store, 0, "one\r\n", TRUE);
  assert_line (store, 1, "two\n", TRUE);
  assert_line (store, 2, "three\r\n", TRUE);
  assert_line (store, 3, "four\r", TRUE);
  assert_line (store, 4, "five", FALSE);
  g_assert_cmpuint (plancia_console_store_get_complete_end (store), ==, 4);
  plancia_console_store_feed (store, 4, PLANCIA_CONSOLE_SENT, (const guint8 *) "x", 1);
  assert_line (store, 4, "five", TRUE);
  g_assert_cmpuint (plancia_console_store_get_end (store), ==, 6);
}

/* However the bytes are cut, the lines are the same, and no byte is lost. */
static void
test_pieces (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (PlanciaConsoleStore) whole = plancia_console_store_new (100000, 1 << 24);
  g_autoptr (PlanciaConsoleStore) pieces = plancia_console_store_new (100000, 1 << 24);
  g_autoptr (GString) bytes = g_string_new (NULL);
  gsize total = 0;

  for (guint i = 0; i < 300000; i++)
    g_string_append_c (bytes, "abcdefgh \r\n\033"[g_rand_int_range (random, 0, 12)]);
  for (guint i = 0; i < 9000; i++)
    g_string_append_c (bytes, 'x');
  plancia_console_store_feed (whole, 0, 0, (const guint8 *) bytes->str, bytes->len);
  for (gsize at = 0; at < bytes->len;) {
    gsize now = MIN (bytes->len - at, (gsize) g_rand_int_range (random, 1, 700));

    plancia_console_store_feed (pieces, 0, 0, (const guint8 *) bytes->str + at, now);
    at += now;
  }
  g_assert_cmpuint (plancia_console_store_get_end (whole),
                    ==,
                    plancia_console_store_get_end (pieces));
  for (guint64 i = 0; i < plancia_console_store_get_end (whole); i++) {
    PlanciaConsoleItem a, b;

    plancia_console_store_get (whole, i, &a);
    plancia_console_store_get (pieces, i, &b);
    g_assert_cmpmem (a.data, a.length, b.data, b.length);
    g_assert_cmpmem (a.data, a.length, bytes->str + total, a.length);
    total += a.length;
  }
  g_assert_cmpuint (total, ==, bytes->len);
}

static void
test_bounded (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (20000, 64 << 20);
  g_autoptr (PlanciaConsoleStore) small = plancia_console_store_new (G_MAXUINT, 1 << 20);
  guint64 first;

  for (guint i = 0; i < 100000; i++) {
    g_autofree char *line = g_strdup_printf ("line %u\r\n", i);

    hear (store, i, line);
    hear (small, i, line);
  }
  first = plancia_console_store_get_first (store);
  g_assert_cmpuint (plancia_console_store_get_dropped (store), ==, first);
  g_assert_cmpuint (100000 - first, >=, 20000);
  g_assert_cmpuint (100000 - first, <, 20000 + 2 * 65536 / 20);
  assert_line (store, 99999, "line 99999\r\n", TRUE);
  g_assert_cmpuint (plancia_console_store_get_size (small), <=, 1 << 20);
  g_assert_cmpuint (plancia_console_store_get_first (small), >, 0);
  plancia_console_store_clear (store);
  g_assert_cmpuint (plancia_console_store_get_first (store), ==, 100000);
  g_assert_cmpuint (plancia_console_store_get_end (store), ==, 100000);
}

static void
test_bursts (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);

  plancia_console_store_set_gap (store, 4);
  hear (store, 100, "\x01\n\r");
  hear (store, 103, "\x02");
  hear (store, 108, "\x03");
  g_assert_cmpuint (plancia_console_store_get_end (store), ==, 2);
  assert_line (store, 0, "\x01\n\r\x02", TRUE);
  assert_line (store, 1, "\x03", FALSE);
  plancia_console_store_set_gap (store, 0);
  hear (store, 109, "text\n");
  assert_line (store, 2, "text\n", TRUE);
}

/* One piece of what a port says: at the same moment as the one before, soon after it or long after. */
static void
feed_anything (GRand *random, gint64 *time, PlanciaConsoleStore **stores, guint n_stores)
{
  static const int pauses[] = {0, 0, 1, 3, 8, 30, 2000};
  guint8           bytes[6000];
  gsize            length = (gsize) g_rand_int_range (random, 1, g_rand_int_range (random, 2, 100));
  guint            direction = (guint) MAX (g_rand_int_range (random, -12, 3), 0);

  if (g_rand_int_range (random, 0, 60) == 0)
    length = (gsize) g_rand_int_range (random, 1, sizeof bytes);
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) "abcdefghijklmnop \r\n\033[31m"[g_rand_int_range (random, 0, 23)];
  *time += pauses[g_rand_int_range (random, 0, G_N_ELEMENTS (pauses))];
  for (guint i = 0; i < n_stores; i++)
    plancia_console_store_feed (stores[i],
                                *time,
                                (PlanciaConsoleDirection) direction,
                                bytes,
                                length);
}

static void
assert_same_lines (PlanciaConsoleStore *a, PlanciaConsoleStore *b)
{
  guint64 first_a = plancia_console_store_get_first (a),
          first_b = plancia_console_store_get_first (b);
  guint64 count = plancia_console_store_get_end (a) - first_a;

  g_assert_cmpuint (count, ==, plancia_console_store_get_end (b) - first_b);
  for (guint64 i = 0; i < count; i++) {
    PlanciaConsoleItem x, y;

    plancia_console_store_get (a, first_a + i, &x);
    plancia_console_store_get (b, first_b + i, &y);
    g_assert_cmpmem (x.data, x.length, y.data, y.length);
    g_assert_cmpint (x.time, ==, y.time);
    g_assert_cmpint (x.direction, ==, y.direction);
    g_assert_cmpint (x.burst, ==, y.burst);
    g_assert_cmpint (x.complete, ==, y.complete);
    g_assert_cmpuint (x.look, ==, y.look);
  }
}

/* What is held and cut anew is what it were, had it been cut so from the beginning; and it goes on so. */
static void
test_recut (void)
{
  static const guint gaps[] = {0, 2, 5, 20, 500};
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  PlanciaConsoleStore *stores[G_N_ELEMENTS (gaps)];
  gint64               time = NOW;

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    stores[i] = plancia_console_store_new (G_MAXUINT, 64 << 20);
    plancia_console_store_set_gap (stores[i], gaps[i]);
  }
  for (guint i = 0; i < 20000; i++)
    feed_anything (random, &time, stores, G_N_ELEMENTS (gaps));
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    for (guint j = 0; j < G_N_ELEMENTS (gaps); j++) {
      g_autoptr (PlanciaConsoleStore) snapshot = plancia_console_store_snapshot (stores[i]);
      g_autoptr (PlanciaConsoleStore) cut = plancia_console_store_recut (snapshot, gaps[j]);
      g_autoptr (PlanciaConsoleStore) like = plancia_console_store_snapshot (stores[j]);
      PlanciaConsoleStore *both[] = {cut, like};

      assert_same_lines (cut, stores[j]);
      for (guint k = 0; k < 50; k++)
        feed_anything (random, &time, both, 2);
      assert_same_lines (cut, like);
    }
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    plancia_console_store_free (stores[i]);
}

/* Bytes that come one by one need more room than their lines: the room is bounded all the same. */
static void
test_recut_is_bounded (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (G_MAXUINT, 1 << 20);
  g_autoptr (PlanciaConsoleStore) cut = NULL;

  for (guint i = 0; i < 300000; i++)
    plancia_console_store_feed (store, NOW + i * 2, PLANCIA_CONSOLE_RECEIVED, (guint8 *) "x", 1);
  g_assert_cmpuint (plancia_console_store_get_size (store), <=, 2 << 20);
  g_assert_cmpuint (plancia_console_store_get_dropped (store), >, 0);
  cut = plancia_console_store_recut (store, 1);
  g_assert_cmpuint (plancia_console_store_get_size (cut), <=, 2 << 20);
  assert_line (cut, plancia_console_store_get_end (cut) - 1, "x", FALSE);
}

static void
test_numbers_of_a_recut (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);
  g_autoptr (PlanciaConsoleStore) cut = NULL;

  hear (store, 100, "one\ntwo\n");
  hear (store, 200, "three\n");
  cut = plancia_console_store_recut (store, 10);
  plancia_console_store_renumber (cut, 1000);
  g_assert_cmpuint (plancia_console_store_get_first (cut), ==, 1000);
  g_assert_cmpuint (plancia_console_store_get_end (cut), ==, 1002);
  assert_line (cut, 1000, "one\ntwo\n", TRUE);
  assert_line (cut, 1001, "three\n", FALSE);
  g_assert_cmpuint (plancia_console_store_find_time (cut, 199), ==, 1000);
  g_assert_cmpuint (plancia_console_store_find_time (cut, 200), ==, 1001);
  g_assert_cmpuint (plancia_console_store_find_time (cut, 50), ==, 1000);
  g_assert_cmpuint (plancia_console_store_find_time (cut, 5000), ==, 1001);
}

/* --- a buffer ------------------------------------------------------------------------------------------ */

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
say (PlanciaConsoleBuffer *buffer, gint64 time, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_console_buffer_feed (buffer, time, PLANCIA_CONSOLE_RECEIVED, bytes);
}

/* Turns the main loop until so many cuts were told. */
static void
turn_until (const guint *cuts, guint wanted)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (*cuts < wanted) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

static void
test_buffer_is_cut_anew (void)
{
  g_autoptr (PlanciaConsoleBuffer) buffer = plancia_console_buffer_new ();
  const PlanciaConsoleStore *store;
  PlanciaConsoleItem         item;
  guint                      cuts = 0;
  guint64                    end;

  g_signal_connect_swapped (buffer, "cut-anew", G_CALLBACK (count_cb), &cuts);
  say (buffer, NOW, "one\ntwo\n");
  say (buffer, NOW + 100, "three\nfo");
  end = plancia_console_store_get_end (plancia_console_buffer_get_store (buffer));
  plancia_console_buffer_set_gap (buffer, 10);
  /* While the rest is being cut. */
  say (buffer, NOW + 105, "ur");
  say (buffer, NOW + 300, "five");
  turn_until (&cuts, 1);
  store = plancia_console_buffer_get_store (buffer);
  g_assert_cmpuint (plancia_console_store_get_first (store), >, end);
  g_assert_cmpuint (plancia_console_store_get_end (store) - plancia_console_store_get_first (store),
                    ==,
                    3);
  plancia_console_store_get (store, plancia_console_store_get_first (store) + 1, &item);
  g_assert_cmpmem (item.data, item.length, "three\nfour", 10);
  g_assert_cmpint (item.time, ==, NOW + 100);
  g_assert_true (item.burst);
  /* Two wishes at once: the last one counts, and it is told once. */
  plancia_console_buffer_set_gap (buffer, 1000);
  plancia_console_buffer_set_gap (buffer, 0);
  turn_until (&cuts, 2);
  store = plancia_console_buffer_get_store (buffer);
  plancia_console_store_get (store, plancia_console_store_get_first (store) + 3, &item);
  g_assert_cmpmem (item.data, item.length, "fourfive", 8);
  g_assert_false (item.burst);
  /* What a person cleared does not come back. */
  plancia_console_buffer_set_gap (buffer, 7);
  plancia_console_buffer_clear (buffer);
  say (buffer, NOW + 400, "six\n");
  plancia_console_buffer_set_gap (buffer, 0);
  turn_until (&cuts, 3);
  for (guint i = 0; i < 20; i++) {
    g_usleep (1000);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  g_assert_cmpuint (cuts, ==, 3);
  store = plancia_console_buffer_get_store (buffer);
  g_assert_cmpuint (plancia_console_store_get_end (store) - plancia_console_store_get_first (store),
                    ==,
                    1);
}

static void
test_snapshot_stays (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);
  g_autoptr (PlanciaConsoleStore) snapshot = NULL;

  hear (store, 1, "kept\nopen");
  snapshot = plancia_console_store_snapshot (store);
  hear (store, 2, " more\n");
  plancia_console_store_clear (store);
  assert_line (snapshot, 0, "kept\n", TRUE);
  assert_line (snapshot, 1, "open", FALSE);
}

static void
assert_format (PlanciaConsoleFormat *format,
               PlanciaConsoleStore  *store,
               guint64               number,
               const char           *expected)
{
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  plancia_console_format_line (format, store, number, &text);
  g_assert_cmpstr (text.text->str, ==, expected);
}

static void
test_format (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_auto (PlanciaConsoleFormat) format = {0};

  plancia_console_format_init (&format, zone);
  hear (store, NOW, "0123456789abcdefXY\r\n\033[31mred\n");
  hear (store, NOW + 1250, "plain caff\350\n");
  assert_format (&format, store, 0, "14:02:07.113  ←  0123456789abcdefXY\\r\\n");
  assert_format (&format, store, 1, "14:02:07.113  ←  red\\n");
  format.time = PLANCIA_CONSOLE_TIME_DELTA;
  format.charset = PLANCIA_CONSOLE_LATIN1;
  assert_format (&format, store, 2, "      +1.250  ←  plain caffè\\n");
  format.time = PLANCIA_CONSOLE_TIME_NONE;
  format.mode = PLANCIA_CONSOLE_HEX;
  assert_format (&format,
                 store,
                 0,
                 "←  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
                 "   58 59 0d 0a                                      XY..");
  format.mode = PLANCIA_CONSOLE_BOTH;
  format.ansi = FALSE;
  assert_format (&format,
                 store,
                 1,
                 "←  \\x1B[31mred\\n\n"
                 "   1b 5b 33 31 6d 72 65 64 0a  .[31mred.");
}

/* The colour goes on in the next line. */
static void
test_look_goes_on (void)
{
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);
  PlanciaConsoleItem item;

  hear (store, 1, "\033[32mgreen\nstill\033[0m\nplain\n");
  plancia_console_store_get (store, 1, &item);
  g_assert_cmpuint (PLANCIA_CONSOLE_LOOK_FOREGROUND (item.look), ==, 3);
  plancia_console_store_get (store, 2, &item);
  g_assert_cmpuint (item.look, ==, 0);
}

static void
test_modbus (void)
{
  /* Read holding 0x0404, 2 registers, of unit 1, and the answer, whose CRC is wrong. */
  static const guint8 request[] = {0x01, 0x03, 0x04, 0x04, 0x00, 0x02, 0x84, 0xfa};
  static const guint8 wrong[] = {0x01, 0x03, 0x04, 0x00, 0x01, 0xab, 0xcd, 0x00, 0x00};
  g_autoptr (PlanciaConsoleStore) store = plancia_console_store_new (1000, 1 << 20);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_auto (PlanciaConsoleFormat) format = {0};
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_format_init (&format, zone);
  format.decode = TRUE;
  format.time = PLANCIA_CONSOLE_TIME_NONE;
  format.mode = PLANCIA_CONSOLE_HEX;
  plancia_console_store_set_gap (store, 4);
  plancia_console_store_feed (store, 100, PLANCIA_CONSOLE_RECEIVED, request, sizeof request);
  plancia_console_store_feed (store, 200, PLANCIA_CONSOLE_RECEIVED, wrong, sizeof wrong);
  assert_format (&format,
                 store,
                 0,
                 "←  01 03 04 04 00 02 84 fa  ........\n"
                 "   request to 1: read holding registers 0x0404–0x0405 · CRC right");
  assert_format (&format,
                 store,
                 1,
                 "←  01 03 04 00 01 ab cd 00 00  .........\n"
                 "   answer of 1: read holding registers 0x0404–0x0405 = 0001 ABCD · CRC wrong");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console-store/lines", test_lines);
  g_test_add_func ("/console-store/pieces", test_pieces);
  g_test_add_func ("/console-store/bounded", test_bounded);
  g_test_add_func ("/console-store/bursts", test_bursts);
  g_test_add_func ("/console-store/recut", test_recut);
  g_test_add_func ("/console-store/recut-bounded", test_recut_is_bounded);
  g_test_add_func ("/console-store/recut-numbers", test_numbers_of_a_recut);
  g_test_add_func ("/console-store/buffer", test_buffer_is_cut_anew);
  g_test_add_func ("/console-store/snapshot", test_snapshot_stays);
  g_test_add_func ("/console-store/format", test_format);
  g_test_add_func ("/console-store/look", test_look_goes_on);
  g_test_add_func ("/console-store/modbus", test_modbus);
  return g_test_run ();
}
