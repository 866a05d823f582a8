/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-read.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAXIMUM 100000

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp (NULL, NULL);
  fixture->path = g_build_filename (fixture->folder, "thing", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_text (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plancia_file_read (path, MAXIMUM, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (MAXIMUM, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_text (fixture->path, text);
  g_assert_true (g_file_set_contents (fixture->path, "", -1, NULL));
  assert_text (fixture->path, "");
}

/* Never more than one byte too many, also from what has no end. */
static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3 * MAXIMUM, 'x');
  const char      *paths[] = {fixture->path, "/dev/zero"};

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GBytes) bytes = plancia_file_read (paths[i], MAXIMUM, NULL);

    g_assert_cmpint (g_bytes_get_size (bytes), ==, MAXIMUM + 1);
  }
}

/* Nobody writes to it: an empty file, and no waiting. Somebody does: what he wrote. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  int reader;
  int writer;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_text (fixture->path, "");

  reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  writer = open (fixture->path, O_WRONLY);
  g_assert_cmpint (write (writer, "{}", 2), ==, 2);
  close (writer);
  assert_text (fixture->path, "{}");
  close (reader);
}

static void
assert_refused (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_file_read (path, MAXIMUM, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->path, G_IO_ERROR_NOT_FOUND, "cannot be opened");
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture->path, G_IO_ERROR_IS_DIRECTORY, "cannot be read");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/file-read/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/base/file-read/too-long", Fixture, NULL, set_up, test_too_long, tear_down);
  g_test_add ("/base/file-read/pipe", Fixture, NULL, set_up, test_pipe, tear_down);
  g_test_add ("/base/file-read/not-there", Fixture, NULL, set_up, test_not_there, tear_down);
  return g_test_run ();
}
