/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-export.h"
#include "model/console-log.h"
#include "model/console-search.h"

#include <glib/gstdio.h>
#include <string.h>

#define LIMIT 20000 /* ms */

typedef gboolean (*Condition) (gpointer user_data);

typedef struct
{
  PlanciaConsoleBuffer *buffer;
  PlanciaConsoleSearch *search;
  PlanciaConsoleFormat  format;
  char                 *folder;
  char                 *text;
  guint                 done;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  self->buffer = plancia_console_buffer_new ();
  self->search = plancia_console_search_new ();
  plancia_console_format_init (&self->format, zone);
  self->folder = g_dir_make_tmp ("plancia-console-XXXXXX", NULL);
  plancia_console_search_set_buffer (self->search, self->buffer);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);

  for (const char *name = g_dir_read_name (folder); name; name = g_dir_read_name (folder)) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->text);
  plancia_console_format_clear (&self->format);
  g_object_unref (self->search);
  g_object_unref (self->buffer);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (Condition condition, gpointer user_data)
{
  gint64 end = g_get_monotonic_time () + LIMIT * 1000;
  guint  id = g_timeout_add (20, wake_cb, NULL);

  while (!condition (user_data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (id);
}

static void
hear (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_console_buffer_feed (self->buffer, 1000, PLANCIA_CONSOLE_RECEIVED, bytes);
}

static void
hear_lines (Fixture *self, guint count)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *line = g_strdup_printf ("line %u %s\r\n", i, i % 7 == 0 ? "Seven" : "other");

    hear (self, line);
  }
}

static gboolean
is_still (gpointer user_data)
{
  return !plancia_console_search_is_busy (((Fixture *) user_data)->search) &&
         !g_main_context_pending (NULL);
}

static void
start (Fixture *self, const char *pattern, gboolean regex)
{
  g_assert_true (plancia_console_search_start (self->search, pattern, regex, &self->format, NULL));
  wait_for (is_still, self);
}

static void
test_find (Fixture *self, gconstpointer data)
{
  hear_lines (self, 70000);
  start (self, "^line \\d+ seven$", TRUE);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 10000);
  for (guint i = 0; i < 10000; i++)
    g_assert_cmpuint (plancia_console_search_get (self->search, i), ==, 7 * i);
  g_assert_cmpuint (plancia_console_search_rank (self->search, 15), ==, 3);
  start (self, "Seve.", FALSE);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 0);
  start (self, "sevEn", FALSE);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 0);
  start (self, "OTHER", TRUE);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 0);
}

static void
test_what_makes_no_sense (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  hear_lines (self, 10);
  g_assert_false (plancia_console_search_start (self->search, "(", TRUE, &self->format, &error));
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 0);
}

/* Lines that come and go while it looks. */
static void
test_keeps_up (Fixture *self, gconstpointer data)
{
  hear_lines (self, 7);
  start (self, "seven", FALSE);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 1);
  hear (self, "a Seven without end");
  wait_for (is_still, self);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 1);
  hear (self, "\n");
  wait_for (is_still, self);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 2);
  g_assert_cmpuint (plancia_console_search_get (self->search, 1), ==, 7);
  plancia_console_buffer_clear (self->buffer);
  wait_for (is_still, self);
  g_assert_cmpuint (plancia_console_search_get_count (self->search), ==, 0);
  hear (self, "seven\n");
  wait_for (is_still, self);
  g_assert_cmpuint (plancia_console_search_get (self->search, 0), ==, 8);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_free (self->text);
  self->text = plancia_console_copy_finish (self->buffer, result, NULL);
  self->done++;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_console_save_finish (self->buffer, result, &error));
  g_assert_no_error (error);
  self->done++;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->done > 0;
}

static const char *
copy (Fixture *self, guint64 first, guint64 end, gsize skip, gsize stop)
{
  self->done = 0;
  plancia_console_copy_async (self->buffer,
                              &self->format,
                              first,
                              end,
                              skip,
                              stop,
                              NULL,
                              copied_cb,
                              self);
  wait_for (is_done, self);
  return self->text;
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  self->format.time = PLANCIA_CONSOLE_TIME_NONE;
  hear (self, "one\ntwo\nthree");
  g_assert_cmpstr (copy (self, 0, 3, 0, G_MAXSIZE), ==, "←  one\\n\n←  two\\n\n←  three\n");
  g_assert_cmpstr (copy (self, 1, 3, 5, 8), ==, "two\\n\n←  thr");
  g_assert_cmpstr (copy (self, 1, 2, 5, 7), ==, "tw");
}

static char *
contents (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
save (Fixture *self, PlanciaConsoleExport kind)
{
  g_autofree char *path = g_build_filename (self->folder, "saved", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->done = 0;
  plancia_console_save_async (self->buffer, &self->format, kind, file, NULL, saved_cb, self);
  wait_for (is_done, self);
}

static void
test_save (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *raw = NULL;

  self->format.time = PLANCIA_CONSOLE_TIME_NONE;
  hear (self, "a\033[1mb\r\n");
  plancia_console_buffer_notice (self->buffer, "noticed");
  hear (self, "c");
  save (self, PLANCIA_CONSOLE_EXPORT_TEXT);
  text = contents (self, "saved");
  g_assert_cmpstr (text, ==, "←  ab\\r\\n\n·  noticed\n←  c\n");
  save (self, PLANCIA_CONSOLE_EXPORT_HEX);
  hex = contents (self, "saved");
  g_assert_cmpstr (hex, ==, "←  61 1b 5b 31 6d 62 0d 0a  a.[1mb..\n·  noticed\n←  63  c\n");
  save (self, PLANCIA_CONSOLE_EXPORT_RAW);
  raw = contents (self, "saved");
  g_assert_cmpstr (raw, ==, "a\033[1mb\r\nc");
}

static PlanciaConsoleLog *
begin_log (Fixture *self, PlanciaConsoleExport kind, guint64 limit)
{
  g_autofree char *path = g_build_filename (self->folder, "boot.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return plancia_console_log_new (file, kind, &self->format, limit, 0);
}

static void
log_text (PlanciaConsoleLog *log, PlanciaConsoleDirection direction, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_console_log_feed (log, 1000, direction, bytes);
}

static gboolean
has_written (gpointer user_data)
{
  return plancia_console_log_get_bytes (user_data) > 0;
}

/* Within a second or so it is in the file, without an end of the log. */
static void
test_log (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaConsoleLog) log = begin_log (self, PLANCIA_CONSOLE_EXPORT_TEXT, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  self->format.time = PLANCIA_CONSOLE_TIME_NONE;
  log_text (log, PLANCIA_CONSOLE_RECEIVED, "one\ntw");
  wait_for (has_written, log);
  before = contents (self, "boot.txt");
  g_assert_cmpstr (before, ==, "00:00:01.000  ←  one\\n\n");
  log_text (log, PLANCIA_CONSOLE_RECEIVED, "o");
  log_text (log, PLANCIA_CONSOLE_SENT, "x\n");
  plancia_console_log_stop (log);
  after = contents (self, "boot.txt");
  g_assert_cmpstr (after,
                   ==,
                   "00:00:01.000  ←  one\\n\n00:00:01.000  ←  two\n00:00:01.000  →  x\\n\n");
}

/* In hex a burst is a line, and no line ending makes two of it. */
static void
test_log_of_bursts (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaConsoleLog) log = begin_log (self, PLANCIA_CONSOLE_EXPORT_HEX, 0);
  g_autoptr (GBytes) bytes = g_bytes_new ("\x01\n\x03", 3);
  g_autofree char *text = NULL;

  log_text (log, PLANCIA_CONSOLE_RECEIVED, "a\nb\n");
  plancia_console_log_set_gap (log, 10);
  plancia_console_log_feed (log, 2000, PLANCIA_CONSOLE_RECEIVED, bytes);
  plancia_console_log_feed (log, 2010, PLANCIA_CONSOLE_RECEIVED, bytes);
  plancia_console_log_feed (log, 2021, PLANCIA_CONSOLE_RECEIVED, bytes);
  plancia_console_log_stop (log);
  text = contents (self, "boot.txt");
  g_assert_cmpstr (text,
                   ==,
                   "00:00:01.000  ←  61 0a  a.\n00:00:01.000  ←  62 0a  b.\n"
                   "00:00:02.000  ←  01 0a 03 01 0a 03  ......\n00:00:02.021  ←  01 0a 03  ...\n");
}

static void
test_log_is_numbered (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaConsoleLog) log = begin_log (self, PLANCIA_CONSOLE_EXPORT_RAW, 300000);
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) sent = g_string_new (NULL);
  guint n_files = 0;

  for (guint i = 0; i < 40000; i++) {
    g_autofree char *line = g_strdup_printf ("this is line %u of the log\r\n", i);

    g_string_append (sent, line);
    log_text (log, PLANCIA_CONSOLE_RECEIVED, line);
  }
  plancia_console_log_stop (log);
  for (guint i = 1; i < 10; i++) {
    g_autoptr (GFile) file = plancia_console_log_numbered (plancia_console_log_get_file (log), i);
    g_autofree char *text = NULL;

    if (!g_file_load_contents (file, NULL, &text, NULL, NULL, NULL))
      break;
    n_files++;
    g_string_append (all, text);
  }
  g_assert_cmpuint (n_files, >=, 2);
  g_assert_cmpuint (all->len, ==, sent->len);
  g_assert_true (g_string_equal (all, sent));
  g_assert_cmpuint (plancia_console_log_get_bytes (log), ==, sent->len);
}

static void
failed_cb (guint *count, GError *error)
{
  g_assert_nonnull (error);
  (*count)++;
}

static void
test_log_fails (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/nowhere/log.txt");
  g_autoptr (PlanciaConsoleLog)
    log = plancia_console_log_new (file, PLANCIA_CONSOLE_EXPORT_RAW, &self->format, 0, 0);
  guint count = 0;

  g_signal_connect_swapped (log, "failed", G_CALLBACK (failed_cb), &count);
  log_text (log, PLANCIA_CONSOLE_RECEIVED, "lost");
  plancia_console_log_stop (log);
  g_assert_cmpuint (count, ==, 1);
}

#define ADD(name, func) g_test_add ("/console-search/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("find", test_find);
  ADD ("no-sense", test_what_makes_no_sense);
  ADD ("keeps-up", test_keeps_up);
  ADD ("copy", test_copy);
  ADD ("save", test_save);
  ADD ("log", test_log);
  ADD ("log-bursts", test_log_of_bursts);
  ADD ("log-numbered", test_log_is_numbered);
  ADD ("log-fails", test_log_fails);
  return g_test_run ();
}
