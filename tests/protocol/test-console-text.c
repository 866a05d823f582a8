/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-text.h"

#include <string.h>

static GString *
render (const char *bytes, gsize length, PlanciaConsoleCharset charset, gboolean ansi, GArray *runs)
{
  PlanciaConsoleLook look = 0;
  GString           *text = g_string_new (NULL);

  plancia_console_text_append (text, runs, (const guint8 *) bytes, length, charset, ansi, &look);
  g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
  return text;
}

static void
assert_text (const char *bytes, PlanciaConsoleCharset charset, gboolean ansi, const char *expected)
{
  GString *text = render (bytes, strlen (bytes), charset, ansi, NULL);

  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
test_charsets (void)
{
  assert_text ("caff\303\250\r\n", PLANCIA_CONSOLE_UTF8, FALSE, "caff\303\250\\r\\n");
  assert_text ("caff\350\t", PLANCIA_CONSOLE_UTF8, FALSE, "caff\\xE8\\t");
  assert_text ("caff\350\t", PLANCIA_CONSOLE_LATIN1, FALSE, "caff\303\250\\t");
  assert_text ("\302\251", PLANCIA_CONSOLE_LATIN1, FALSE, "\303\202\302\251");
  assert_text ("\200\237x", PLANCIA_CONSOLE_LATIN1, FALSE, "\\x80\\x9Fx");
  /* Right to left override. */
  assert_text ("\342\200\256x", PLANCIA_CONSOLE_UTF8, FALSE, "\\xE2\\x80\\xAEx");
}

static void
test_escapes_are_runs (void)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleRun));
  GString           *text = render ("a\0b\r\n", 5, PLANCIA_CONSOLE_UTF8, FALSE, runs);
  PlanciaConsoleRun *run = &g_array_index (runs, PlanciaConsoleRun, 0);

  g_assert_cmpstr (text->str, ==, "a\\0b\\r\\n");
  g_assert_cmpuint (runs->len, ==, 3);
  g_assert_cmpuint (run[0].start, ==, 1);
  g_assert_cmpuint (run[0].end, ==, 3);
  g_assert_true (run[0].escape);
  g_assert_cmpuint (run[2].end, ==, text->len);
  g_string_free (text, TRUE);
}

static void
test_colours (void)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (PlanciaConsoleRun));
  const char        *bytes = "ok \033[1;31mred\033[0m \033[48;5;21;4mx\033[K";
  GString           *text = render (bytes, strlen (bytes), PLANCIA_CONSOLE_UTF8, TRUE, runs);
  PlanciaConsoleRun *run = &g_array_index (runs, PlanciaConsoleRun, 0);

  g_assert_cmpstr (text->str, ==, "ok red x");
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpuint (run[0].start, ==, 3);
  g_assert_cmpuint (run[0].end, ==, 6);
  g_assert_cmpuint (PLANCIA_CONSOLE_LOOK_FOREGROUND (run[0].look), ==, 2);
  g_assert_true (run[0].look & PLANCIA_CONSOLE_LOOK_BOLD);
  g_assert_cmpuint (PLANCIA_CONSOLE_LOOK_BACKGROUND (run[1].look), ==, 13);
  g_assert_true (run[1].look & PLANCIA_CONSOLE_LOOK_UNDERLINE);
  g_assert_false (run[1].look & PLANCIA_CONSOLE_LOOK_BOLD);
  g_string_free (text, TRUE);
  assert_text ("\033[31mred", PLANCIA_CONSOLE_UTF8, FALSE, "\\x1B[31mred");
  assert_text ("\033[31", PLANCIA_CONSOLE_UTF8, TRUE, "\\x1B[31");
}

static void
test_look_goes_on (void)
{
  const char        *line = "\033[32;7mon\r\n";
  PlanciaConsoleLook look = plancia_console_look_after (0, (const guint8 *) line, strlen (line));

  g_assert_cmpuint (PLANCIA_CONSOLE_LOOK_FOREGROUND (look), ==, 3);
  g_assert_true (look & PLANCIA_CONSOLE_LOOK_INVERSE);
  line = "\033[27;39m";
  look = plancia_console_look_after (look, (const guint8 *) line, strlen (line));
  g_assert_cmpuint (look, ==, 0);
}

static void
test_hex (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  plancia_console_hex_append (text, (const guint8 *) "Hi\n", 3, FALSE);
  g_assert_cmpstr (text->str, ==, "48 69 0a  Hi.");
  g_string_truncate (text, 0);
  plancia_console_hex_append (text, (const guint8 *) "A", 1, TRUE);
  g_assert_cmpuint (text->len, ==, 16 * 3 - 1 + 2 + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console-text/charsets", test_charsets);
  g_test_add_func ("/console-text/escapes", test_escapes_are_runs);
  g_test_add_func ("/console-text/colours", test_colours);
  g_test_add_func ("/console-text/look-goes-on", test_look_goes_on);
  g_test_add_func ("/console-text/hex", test_hex);
  return g_test_run ();
}
