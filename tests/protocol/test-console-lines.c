/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-lines.h"

#include "base/error.h"
#include <string.h>

static GPtrArray *
feed (PlanciaConsoleLines    *lines,
      PlanciaConsoleDirection direction,
      gint64                  time,
      const char             *text,
      gboolean               *continues)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_console_lines_feed (lines, direction, time, bytes, continues);
}

static void
assert_line (GPtrArray *lines, guint index, gint64 time, const char *text, gboolean complete)
{
  const PlanciaConsoleLine *line;

  g_assert_cmpuint (index, <, lines->len);
  line = g_ptr_array_index (lines, index);
  g_assert_cmpmem (g_bytes_get_data (line->bytes, NULL),
                   g_bytes_get_size (line->bytes),
                   text,
                   strlen (text));
  g_assert_cmpint (line->time, ==, time);
  g_assert_cmpint (line->complete, ==, complete);
}

static void
test_lines_grow (void)
{
  g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
  gboolean continues = TRUE;
  g_autoptr (GPtrArray) first = feed (lines, PLANCIA_CONSOLE_RECEIVED, 10, "one\ntw", &continues);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;

  g_assert_false (continues);
  g_assert_cmpuint (first->len, ==, 2);
  assert_line (first, 0, 10, "one\n", TRUE);
  assert_line (first, 1, 10, "tw", FALSE);

  second = feed (lines, PLANCIA_CONSOLE_RECEIVED, 20, "o", &continues);
  g_assert_true (continues);
  g_assert_cmpuint (second->len, ==, 1);
  assert_line (second, 0, 10, "two", FALSE);

  third = feed (lines, PLANCIA_CONSOLE_RECEIVED, 30, "!\r\nthree\r\n", &continues);
  g_assert_true (continues);
  g_assert_cmpuint (third->len, ==, 2);
  assert_line (third, 0, 10, "two!\r\n", TRUE);
  assert_line (third, 1, 30, "three\r\n", TRUE);
}

/* Whether a \r ends the line or belongs to a \r\n is known with the next byte only. */
static void
test_return_at_the_end (void)
{
  g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
  gboolean continues = FALSE;
  g_autoptr (GPtrArray) first = feed (lines, PLANCIA_CONSOLE_RECEIVED, 1, "a\rb\r", &continues);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (GPtrArray) fourth = NULL;

  g_assert_cmpuint (first->len, ==, 2);
  assert_line (first, 0, 1, "a\r", TRUE);
  assert_line (first, 1, 1, "b\r", TRUE);
  second = feed (lines, PLANCIA_CONSOLE_RECEIVED, 2, "\nc\r", &continues);
  g_assert_true (continues);
  assert_line (second, 0, 1, "b\r\n", TRUE);
  assert_line (second, 1, 2, "c\r", TRUE);
  third = feed (lines, PLANCIA_CONSOLE_RECEIVED, 3, "d", &continues);
  g_assert_false (continues);
  g_assert_cmpuint (third->len, ==, 1);
  assert_line (third, 0, 3, "d", FALSE);
  fourth = feed (lines, PLANCIA_CONSOLE_RECEIVED, 4, "", &continues);
  g_assert_cmpuint (fourth->len, ==, 0);
  g_assert_false (continues);
}

static void
test_directions_and_notices (void)
{
  g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
  gboolean continues = FALSE;
  g_autoptr (GPtrArray) prompt = feed (lines, PLANCIA_CONSOLE_RECEIVED, 1, "> ", &continues);
  g_autoptr (GPtrArray) sent = feed (lines, PLANCIA_CONSOLE_SENT, 2, "help\n", &continues);
  g_autoptr (GPtrArray) notice = NULL;
  g_autoptr (GPtrArray) again = NULL;
  PlanciaConsoleLine *line;

  assert_line (prompt, 0, 1, "> ", FALSE);
  g_assert_false (continues);
  assert_line (sent, 0, 2, "help\n", TRUE);
  line = g_ptr_array_index (sent, 0);
  g_assert_cmpint (line->direction, ==, PLANCIA_CONSOLE_SENT);

  notice = feed (lines, PLANCIA_CONSOLE_NOTICE, 3, "closed", &continues);
  assert_line (notice, 0, 3, "closed", TRUE);
  again = feed (lines, PLANCIA_CONSOLE_NOTICE, 4, "opened", &continues);
  g_assert_false (continues);
  g_assert_cmpuint (again->len, ==, 1);
  assert_line (again, 0, 4, "opened", TRUE);
}

static void
test_line_without_end_is_cut (void)
{
  g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
  g_autofree char *much = g_strnfill (PLANCIA_CONSOLE_LINE_LIMIT + 10, 'x');
  gboolean         continues = FALSE;
  g_autoptr (GPtrArray) cut = feed (lines, PLANCIA_CONSOLE_RECEIVED, 1, much, &continues);
  PlanciaConsoleLine *line;

  g_assert_cmpuint (cut->len, ==, 2);
  line = g_ptr_array_index (cut, 0);
  g_assert_cmpuint (g_bytes_get_size (line->bytes), ==, PLANCIA_CONSOLE_LINE_LIMIT);
  g_assert_true (line->complete);
  assert_line (cut, 1, 1, "xxxxxxxxxx", FALSE);
}

/* Cut anywhere, the complete lines are the same. */
static void
test_any_cut_gives_the_same_lines (void)
{
  static const char        text[] = "one\r\ntwo\rthree\n\nfour\r\n\r\n";
  static const char *const expected[] = {"one\r\n", "two\r", "three\n", "\n", "four\r\n", "\r\n"};

  for (gsize cut = 0; cut <= strlen (text); cut++) {
    g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
    g_autofree char *head = g_strndup (text, cut);
    gboolean         continues = FALSE;
    g_autoptr (GPtrArray) all = feed (lines, PLANCIA_CONSOLE_RECEIVED, 1, head, &continues);
    g_autoptr (GPtrArray) more = feed (lines, PLANCIA_CONSOLE_RECEIVED, 2, text + cut, &continues);

    if (continues)
      g_ptr_array_remove_index (all, all->len - 1);
    g_ptr_array_extend_and_steal (all, g_steal_pointer (&more));
    g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < all->len; i++) {
      PlanciaConsoleLine *line = g_ptr_array_index (all, i);

      assert_line (all, i, line->time, expected[i], TRUE);
    }
  }
}

static void
test_text (void)
{
  static const char raw[] = "\xc2\xb0"
                            "C\t\x1b[0m\xff\\\0\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (raw, sizeof raw - 1);
  g_autoptr (GArray) escapes = NULL;
  g_autofree char                  *text = plancia_console_text (bytes, &escapes);
  g_autofree char                  *same = plancia_console_text (bytes, NULL);
  static const PlanciaConsoleEscape expected[] = {
    {2,  4 },
    {4,  8 },
    {11, 15},
    {16, 18},
    {18, 20},
    {20, 22},
  };

  g_assert_cmpstr (text, ==, "°C\\t\\x1B[0m\\xFF\\\\0\\r\\n");
  g_assert_cmpstr (same, ==, text);
  g_assert_cmpmem (escapes->data,
                   escapes->len * sizeof (PlanciaConsoleEscape),
                   expected,
                   sizeof expected);
}

/* A right-to-left override would show other characters than came; U+2028 would break the line. */
static void
test_text_hides_nothing (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\u202eb\u2028\xc2\x85", 10);
  g_autofree char *text = plancia_console_text (bytes, NULL);

  g_assert_cmpstr (text, ==, "a\\xE2\\x80\\xAEb\\xE2\\x80\\xA8\\xC2\\x85");
}

static void
test_hex (void)
{
  g_autoptr (GBytes) hello = g_bytes_new_static ("Hello", 5);
  g_autoptr (GBytes) longer = g_bytes_new_static ("0123456789abcdef\r\n", 18);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autofree char *one = plancia_console_hex (hello);
  g_autofree char *two = plancia_console_hex (longer);
  g_autofree char *empty = plancia_console_hex (none);

  g_assert_cmpstr (one, ==, "48 65 6c 6c 6f  Hello");
  g_assert_cmpstr (two,
                   ==,
                   "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n"
                   "0d 0a                                            ..");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = plancia_console_parse ("*IDN?", FALSE, "\r\n", &error);
  g_autoptr (GBytes) escaped = plancia_console_parse ("a\\t\\x1B\\\\\\0é", FALSE, NULL, &error);
  g_autoptr (GBytes) hex = plancia_console_parse ("48 0x65:0A", TRUE, "\n", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "*IDN?\r\n", 7);
  g_assert_cmpmem (g_bytes_get_data (escaped, NULL),
                   g_bytes_get_size (escaped),
                   "a\t\x1b\\\0\xc3\xa9",
                   7);
  g_assert_cmpmem (g_bytes_get_data (hex, NULL), g_bytes_get_size (hex), "He\n\n", 4);
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    gboolean    hex;
    const char *where;
  } cases[] = {
    {"ab\\q", FALSE, "character 3"},
    {"é\\",  FALSE, "character 2"},
    {"\\x1",  FALSE, "character 1"},
    {"\\xg0", FALSE, "character 1"},
    {"4",     TRUE,  "character 1"},
    {"48 zz", TRUE,  "character 4"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = plancia_console_parse (cases[i].text, cases[i].hex, "\n", &error);

    g_assert_null (bytes);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, cases[i].where));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console-lines/grow", test_lines_grow);
  g_test_add_func ("/console-lines/return", test_return_at_the_end);
  g_test_add_func ("/console-lines/directions", test_directions_and_notices);
  g_test_add_func ("/console-lines/limit", test_line_without_end_is_cut);
  g_test_add_func ("/console-lines/any-cut", test_any_cut_gives_the_same_lines);
  g_test_add_func ("/console-lines/text", test_text);
  g_test_add_func ("/console-lines/text-hides-nothing", test_text_hides_nothing);
  g_test_add_func ("/console-lines/hex", test_hex);
  g_test_add_func ("/console-lines/parse", test_parse);
  g_test_add_func ("/console-lines/parse-refuses", test_parse_refuses);
  return g_test_run ();
}
