/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#define N_THREADS 4
#define N_LINES   200

static PlanciaLogLine *
get (GPtrArray *list, guint i)
{
  g_assert_cmpuint (i, <, list->len);
  return g_ptr_array_index (list, i);
}

static void
test_order (void)
{
  guint64 before = plancia_log_get_change ();
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  plancia_log_add (PLANCIA_LOG_NOTE, "plancia-ui", "one\n");
  plancia_log_add (PLANCIA_LOG_WARNING, NULL, "two");
  list = plancia_log_list ();
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (get (list, 0)->text, ==, "one");
  g_assert_cmpstr (get (list, 0)->domain, ==, "plancia-ui");
  g_assert_cmpstr (get (list, 1)->domain, ==, "?");
  g_assert_cmpint (get (list, 1)->level, ==, PLANCIA_LOG_WARNING);
  g_assert_cmpuint (get (list, 1)->number, ==, get (list, 0)->number + 1);
  g_assert_cmpint (get (list, 0)->time, >, G_GINT64_CONSTANT (1700000000000));
  g_assert_cmpuint (plancia_log_get_change (), ==, before + 3);
}

/* What comes again and again does not push out the rest. */
static void
test_repeats (void)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *text = NULL;

  plancia_log_clear ();
  for (guint i = 0; i < 5; i++)
    plancia_log_add (PLANCIA_LOG_DETAIL, "a", "again");
  plancia_log_add (PLANCIA_LOG_DETAIL, "b", "again");
  list = plancia_log_list ();
  text = plancia_log_line_dup_text (get (list, 0));
  g_assert_true (g_str_has_suffix (text, "Z detail a: again (5 times)"));
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (get (list, 0)->times, ==, 5);
  g_assert_cmpuint (get (list, 1)->times, ==, 1);
}

static void
test_bound (void)
{
  guint64 dropped = plancia_log_get_dropped ();
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  for (guint i = 0; i < PLANCIA_LOG_LIMIT + 10; i++) {
    g_autofree char *text = g_strdup_printf ("line %u", i);

    plancia_log_add (PLANCIA_LOG_DETAIL, "a", text);
  }
  list = plancia_log_list ();
  g_assert_cmpuint (list->len, ==, PLANCIA_LOG_LIMIT);
  g_assert_cmpstr (get (list, 0)->text, ==, "line 10");
  g_assert_cmpuint (plancia_log_get_dropped (), ==, dropped + 10);
}

static void
test_soup (void)
{
  g_autofree char *longish = g_strnfill (100000, 'x');
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  plancia_log_add (PLANCIA_LOG_NOTE, "a", "\xff\xfe bytes");
  plancia_log_add (PLANCIA_LOG_NOTE, "a", longish);
  plancia_log_add (PLANCIA_LOG_NOTE, "a", "");
  list = plancia_log_list ();
  g_assert_true (g_utf8_validate (get (list, 0)->text, -1, NULL));
  g_assert_cmpuint (g_utf8_strlen (get (list, 1)->text, -1), ==, 2001);
  g_assert_cmpstr (get (list, 2)->text, ==, "");
}

static void
test_secrets (void)
{
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  plancia_log_add_secret ("abcdef123");
  plancia_log_add (PLANCIA_LOG_NOTE, "a", "key=abcdef123&x=1");
  list = plancia_log_list ();
  g_assert_cmpstr (get (list, 0)->text, ==, "key=•••&x=1");
}

/* What the program says through GLib comes in by its level; of others only what is wrong. */
static void
test_writer (void)
{
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  g_log ("plancia-link", G_LOG_LEVEL_INFO, "info");
  g_log ("plancia-link", G_LOG_LEVEL_MESSAGE, "message");
  g_log ("plancia-link", G_LOG_LEVEL_DEBUG, "debug");
  g_log ("Other", G_LOG_LEVEL_INFO, "not ours");
  g_log_structured ("Other", G_LOG_LEVEL_MESSAGE, "MESSAGE", "%s", "structured");
  list = plancia_log_list ();
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (get (list, 0)->text, ==, "info");
  g_assert_cmpint (get (list, 0)->level, ==, PLANCIA_LOG_DETAIL);
  g_assert_cmpint (get (list, 1)->level, ==, PLANCIA_LOG_NOTE);
  g_assert_cmpstr (get (list, 2)->text, ==, "structured");
  g_assert_cmpstr (get (list, 2)->domain, ==, "Other");
}

static gpointer
say (gpointer data)
{
  for (guint i = 0; i < N_LINES; i++) {
    g_autofree char *text = g_strdup_printf ("%u of %u", i, GPOINTER_TO_UINT (data));

    g_log ("plancia-link", G_LOG_LEVEL_INFO, "%s", text);
  }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[N_THREADS];
  g_autoptr (GPtrArray) list = NULL;

  plancia_log_clear ();
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("say", say, GUINT_TO_POINTER (i));
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  list = plancia_log_list ();
  g_assert_cmpuint (list->len, ==, N_THREADS * N_LINES);
  for (guint i = 1; i < list->len; i++)
    g_assert_cmpuint (get (list, i)->number, ==, get (list, i - 1)->number + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  plancia_log_install ();
  g_test_add_func ("/log/order", test_order);
  g_test_add_func ("/log/repeats", test_repeats);
  g_test_add_func ("/log/bound", test_bound);
  g_test_add_func ("/log/soup", test_soup);
  g_test_add_func ("/log/secrets", test_secrets);
  g_test_add_func ("/log/writer", test_writer);
  g_test_add_func ("/log/threads", test_threads);
  return g_test_run ();
}
