/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "store-questions.h"

#include "base/clock.h"
#include "base/error.h"
#include "history/downloads.h"
#include "history/pieces.h"
#include <glib/gstdio.h>

/* Noon in Rome on a summer day; the clock stands still. */
#define NOON G_GINT64_CONSTANT (1749722400000)

typedef struct
{
  PlanciaStore     *store;
  PlanciaDownloads *downloads;
  FakeBackend      *backend;
  char             *folder;
  char             *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOON, 0);
  fixture->store = plancia_store_new (":memory:");
  fixture->folder = g_dir_make_tmp ("downloads-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "downloads.ini", NULL);
  fixture->downloads = plancia_downloads_new (fixture->store, fixture->path);
  fixture->backend = fake_backend_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  plancia_downloads_close (fixture->downloads);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  plancia_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_object_set_data (G_OBJECT (fixture->backend), "held", NULL);
  g_assert_finalize_object (fixture->downloads);
  g_assert_finalize_object (fixture->backend);
  g_assert_finalize_object (fixture->store);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
  plancia_clock_reset ();
}

static PlanciaSpan
days_before (int first, int last)
{
  return (PlanciaSpan){NOON - first * PLANCIA_DAY, NOON - last * PLANCIA_DAY};
}

static PlanciaDownload *
add (Fixture *fixture, PlanciaSpan span)
{
  return plancia_downloads_add (fixture->downloads,
                                PLANCIA_BACKEND (fixture->backend),
                                "one",
                                "portal",
                                span);
}

static void
wait_until_idle (Fixture *fixture)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, "the downloads");

  while (plancia_downloads_is_active (fixture->downloads))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static void
wait_until_asked (Fixture *fixture, guint number)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, "a question");

  while (fixture->backend->asked->len < number)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static PlanciaSpan
asked (Fixture *fixture, guint number)
{
  return g_array_index (fixture->backend->asked, PlanciaSpan, number);
}

static void
assert_state (PlanciaDownload *download, PlanciaDownloadState state, guint done, guint all)
{
  PlanciaDownloadProgress progress;

  plancia_download_get_progress (download, &progress);
  g_assert_cmpint (plancia_download_get_state (download), ==, state);
  g_assert_cmpuint (progress.done, ==, done);
  g_assert_cmpuint (progress.all, ==, all);
}

static void
test_month (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan      span = days_before (31, 1);
  PlanciaDownload *download = add (fixture, span);
  g_autoptr (GArray) covered = NULL;

  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 30, 30);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 30);
  for (guint i = 1; i < 30; i++)
    g_assert_cmpint (asked (fixture, i).end, ==, asked (fixture, i - 1).start);
  covered = store_covered (fixture->store, "one", "portal", span, NULL);
  g_assert_cmpuint (covered->len, ==, 1);
  g_assert_cmpint (g_array_index (covered, PlanciaSpan, 0).start, ==, span.start);
  g_assert_cmpint (g_array_index (covered, PlanciaSpan, 0).end, ==, span.end);
  g_assert_cmpuint (plancia_download_get_covered (download)->len, ==, 1);
  /* The same again: nothing is asked for. */
  g_assert_true (add (fixture, span) == download);
  wait_until_idle (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 30);
}

/* Until it knows what it wants. */
static void
wait_until_looked (PlanciaDownload *download)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, "what is missing");
  PlanciaDownloadProgress progress;

  do {
    g_main_context_iteration (NULL, FALSE);
    plancia_download_get_progress (download, &progress);
  } while (progress.all == 0);
  g_source_remove (watchdog);
}

static void
test_in_turn (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *recent, *old;
  int              ahead = 0;

  fixture->backend->stopped = TRUE;
  recent = add (fixture, days_before (6, 1));
  old = add (fixture, days_before (106, 101));
  wait_until_looked (recent);
  wait_until_looked (old);
  fixture->backend->stopped = FALSE;
  wait_until_idle (fixture);
  assert_state (recent, PLANCIA_DOWNLOAD_DONE, 5, 5);
  assert_state (old, PLANCIA_DOWNLOAD_DONE, 5, 5);
  /* The backend itself asserts that there is one question at a time. */
  for (guint i = 0; i < fixture->backend->asked->len; i++) {
    ahead += asked (fixture, i).start > NOON - 50 * PLANCIA_DAY ? 1 : -1;
    g_assert_cmpint (ABS (ahead), <=, 1);
  }
}

static PlanciaSamples *
make_samples (PlanciaSpan covered, gint64 first, gint64 last)
{
  PlanciaSamples *samples = plancia_samples_new ("one", "system", covered);

  plancia_samples_add (samples, "powerGenerating", first, 1);
  plancia_samples_add (samples, "powerGenerating", last, 2);
  return plancia_samples_seal (samples);
}

static void
assert_cut (gint64 first, gint64 last, PlanciaSpan covers, PlanciaSpan left)
{
  const PlanciaSpan asked = days_before (6, 0);
  g_autoptr (PlanciaSamples) samples = make_samples (asked, first, last);
  PlanciaSpan rest;
  g_autoptr (PlanciaSamples) piece = plancia_pieces_cut (samples, &rest);

  g_assert_cmpint (plancia_samples_get_covered (piece).start, ==, covers.start);
  g_assert_cmpint (plancia_samples_get_covered (piece).end, ==, covers.end);
  g_assert_cmpint (rest.start, ==, left.start);
  g_assert_cmpint (rest.end, ==, left.end);
  g_assert_cmpuint (plancia_samples_count (piece), ==, 2);
}

/* Six days were asked for: what is a day short of it may not be all. */
static void
test_cut (void)
{
  const PlanciaSpan all = days_before (6, 0);
  const gint64      early = all.start + PLANCIA_HOUR, late = all.end - PLANCIA_HOUR;
  const gint64      middle = all.start + 3 * PLANCIA_DAY;

  assert_cut (early, late, all, (PlanciaSpan){0, 0});
  assert_cut (early,
              middle,
              (PlanciaSpan){all.start, middle + 1},
              (PlanciaSpan){middle + 1, all.end});
  assert_cut (middle, late, (PlanciaSpan){middle, all.end}, (PlanciaSpan){all.start, middle});
}

static void
test_pause_and_resume (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;

  fixture->backend->hold_at = 2;
  download = add (fixture, days_before (6, 1));
  wait_until_asked (fixture, 3);
  plancia_download_pause (download);
  while (plancia_download_get_n_asking (download) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_PAUSED);
  g_assert_cmpuint (fixture->backend->cancelled, ==, 1);
  plancia_download_resume (download);
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 5, 5);
  /* The one that was given up is asked for once more, the others are not. */
  g_assert_cmpuint (fixture->backend->asked->len, ==, 6);
  g_assert_cmpint (asked (fixture, 3).start, ==, asked (fixture, 2).start);
}

static void
test_another_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaDownload) download = NULL;

  fixture->backend->hold_at = 2;
  add (fixture, days_before (6, 1));
  wait_until_asked (fixture, 3);
  plancia_downloads_close (fixture->downloads);
  while (fixture->backend->cancelled == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (fixture->downloads);

  fixture->downloads = plancia_downloads_new (fixture->store, fixture->path);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->downloads)), ==, 1);
  download = g_list_model_get_item (G_LIST_MODEL (fixture->downloads), 0);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_WAITING);
  plancia_downloads_attach (fixture->downloads, "one", PLANCIA_BACKEND (fixture->backend));
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 3, 3);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 6);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;
  g_autofree char *text = NULL;

  fixture->backend->hold_at = 1;
  download = add (fixture, days_before (6, 1));
  wait_until_asked (fixture, 2);
  plancia_downloads_remove (fixture->downloads, download);
  while (fixture->backend->cancelled == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->downloads)), ==, 0);
  g_assert_false (plancia_downloads_is_active (fixture->downloads));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;

  /* One that fails is asked for again at the end. */
  fixture->backend->fail_at = 1;
  fixture->backend->fail_until = 2;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  download = add (fixture, days_before (5, 1));
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 4, 4);
  g_assert_null (plancia_download_get_error (download));
  g_assert_cmpuint (fixture->backend->asked->len, ==, 5);
  g_assert_cmpint (asked (fixture, 4).start, ==, asked (fixture, 1).start);

  /* An account that is refused is not asked again, until a person wants it. */
  fixture->backend->fail_at = 5;
  fixture->backend->fail_until = 6;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  download = add (fixture, days_before (20, 10));
  wait_until_idle (fixture);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 6);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_FAILED);
  g_assert_error (plancia_download_get_error (download),
                  PLANCIA_CLOUD_ERROR,
                  PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  plancia_download_resume (download);
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 10, 10);
}

static void
test_halved (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;
  g_autoptr (GArray) covered = NULL;
  PlanciaSpan span = days_before (3, 1);

  fixture->backend->fail_at = 0;
  fixture->backend->fail_until = 1;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG;
  download = add (fixture, span);
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 4, 4);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 5);
  g_assert_cmpint (asked (fixture, 1).end - asked (fixture, 1).start, ==, PLANCIA_DAY / 2);
  covered = store_covered (fixture->store, "one", "portal", span, NULL);
  g_assert_cmpuint (covered->len, ==, 1);
}

/* A backend that takes the next question meanwhile has one all the time, but not before one was answered well. */
static void
test_ahead (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan      span = days_before (31, 1);
  PlanciaDownload *download;
  g_autoptr (GArray) covered = NULL;

  fixture->backend->most = 2;
  fixture->backend->fail_at = 0;
  fixture->backend->fail_until = 1;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  download = add (fixture, span);
  wait_until_idle (fixture);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_FAILED);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 1);
  g_assert_cmpuint (fixture->backend->widest, ==, 1);

  plancia_download_resume (download);
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 30, 30);
  g_assert_cmpuint (fixture->backend->widest, ==, 2);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 31);
  covered = store_covered (fixture->store, "one", "portal", span, NULL);
  g_assert_cmpuint (covered->len, ==, 1);
  g_assert_cmpint (g_array_index (covered, PlanciaSpan, 0).start, ==, span.start);
  g_assert_cmpint (g_array_index (covered, PlanciaSpan, 0).end, ==, span.end);
}

/* Both of those under way are given up, and both are asked for again. */
static void
test_ahead_paused (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;

  fixture->backend->most = 2;
  fixture->backend->hold_at = 4;
  download = add (fixture, days_before (31, 1));
  wait_until_asked (fixture, 6);
  plancia_download_pause (download);
  while (plancia_download_get_n_asking (download) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_PAUSED);
  g_assert_cmpuint (fixture->backend->cancelled, ==, 1);
  plancia_download_resume (download);
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 30, 30);
  g_assert_cmpuint (plancia_download_get_covered (download)->len, ==, 1);
}

/* Both are refused for their length; and when the account is shut, what is under way is given up with it. */
static void
test_ahead_refused (Fixture *fixture, gconstpointer data)
{
  PlanciaDownload *download;

  fixture->backend->most = 2;
  fixture->backend->fail_at = 3;
  fixture->backend->fail_until = 5;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG;
  download = add (fixture, days_before (11, 1));
  wait_until_idle (fixture);
  assert_state (download, PLANCIA_DOWNLOAD_DONE, 17, 17);
  g_assert_cmpuint (plancia_download_get_covered (download)->len, ==, 1);

  fixture->backend->fail_at = (int) fixture->backend->asked->len + 3;
  fixture->backend->fail_until = fixture->backend->fail_at + 1;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  download = add (fixture, days_before (40, 20));
  wait_until_idle (fixture);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_FAILED);
  g_assert_error (plancia_download_get_error (download),
                  PLANCIA_CLOUD_ERROR,
                  PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  while (plancia_download_get_n_asking (download) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->backend->asked->len, <=, fixture->backend->fail_until + 1);
  plancia_download_resume (download);
  wait_until_idle (fixture);
  g_assert_cmpint (plancia_download_get_state (download), ==, PLANCIA_DOWNLOAD_DONE);
  g_assert_cmpuint (plancia_download_get_covered (download)->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) \
  g_test_add ("/history/downloads/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("month", test_month);
  ADD ("in-turn", test_in_turn);
  ADD ("pause-and-resume", test_pause_and_resume);
  ADD ("another-run", test_another_run);
  ADD ("removed", test_removed);
  ADD ("failures", test_failures);
  ADD ("halved", test_halved);
  ADD ("ahead", test_ahead);
  ADD ("ahead-paused", test_ahead_paused);
  ADD ("ahead-refused", test_ahead_refused);
  g_test_add_func ("/history/downloads/cut", test_cut);
  return g_test_run ();
}
