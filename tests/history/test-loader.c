/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"
#include "store-questions.h"

#include "base/clock.h"
#include "base/error.h"
#include "history/loader.h"

/* Noon in Rome on a summer day; the clock stands still. */
#define NOON     (G_GINT64_CONSTANT (1749722400000))
#define HOURS(n) ((n) *PLANCIA_HOUR)

typedef struct
{
  PlanciaStore  *store;
  PlanciaLoader *loader;
  FakeBackend   *backend;
  guint          pieces;  /* "samples" emitted */
  gsize          samples; /* in them */
  guint          changes;
  guint          stop_after; /* pieces; 0: never */
} Fixture;

static void
on_samples (PlanciaLoader *loader, PlanciaSamples *samples, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (plancia_samples_count (samples), >, 0);
  fixture->pieces++;
  fixture->samples += plancia_samples_count (samples);
  if (fixture->pieces == fixture->stop_after)
    plancia_loader_stop (loader);
}

static void
on_changed (PlanciaLoader *loader, gpointer data)
{
  ((Fixture *) data)->changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOON, 0);
  fixture->store = plancia_store_new (":memory:");
  fixture->loader = plancia_loader_new (fixture->store);
  fixture->backend = fake_backend_new ();
  g_signal_connect (fixture->loader, "samples", G_CALLBACK (on_samples), fixture);
  g_signal_connect (fixture->loader, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  plancia_loader_stop (fixture->loader);
  plancia_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_finalize_object (fixture->loader);
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->backend);
  plancia_clock_reset ();
}

static void
wait_until_done (Fixture *fixture)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, "the load");

  while (plancia_loader_get_running (fixture->loader))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static void
load (Fixture *fixture, PlanciaSpan span, gboolean again)
{
  fixture->pieces = 0;
  fixture->samples = 0;
  g_array_set_size (fixture->backend->asked, 0);
  plancia_loader_load (fixture->loader,
                       PLANCIA_BACKEND (fixture->backend),
                       "one",
                       "portal",
                       span,
                       again);
  g_assert_true (plancia_loader_get_running (fixture->loader));
  wait_until_done (fixture);
}

static void
assert_progress (Fixture *fixture, guint wanted_done, guint wanted_all)
{
  guint done, all;

  plancia_loader_get_progress (fixture->loader, &done, &all);
  g_assert_cmpuint (done, ==, wanted_done);
  g_assert_cmpuint (all, ==, wanted_all);
}

/* In hours before noon, such as "24-12", in the order of asking. */
static void
assert_asked (Fixture *fixture, const char *wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fixture->backend->asked->len; i++) {
    PlanciaSpan span = g_array_index (fixture->backend->asked, PlanciaSpan, i);

    g_string_append_printf (text,
                            "%s%g-%g",
                            i > 0 ? " " : "",
                            (double) (NOON - span.start) / (double) PLANCIA_HOUR,
                            (double) (NOON - span.end) / (double) PLANCIA_HOUR);
  }
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
assert_covered (Fixture *fixture, PlanciaSpan span, GArray *wanted)
{
  g_autoptr (GArray) covered = store_covered (fixture->store, "one", "portal", span, NULL);
  g_autofree char *have = spans_to_text (covered);
  g_autofree char *want = spans_to_text (wanted);
  g_autofree char *shown = spans_to_text (plancia_loader_get_covered (fixture->loader));

  g_assert_cmpstr (have, ==, want);
  g_assert_cmpstr (shown, ==, want);
}

static void
assert_covered_one (Fixture *fixture, PlanciaSpan span, gint64 start, gint64 end)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan one = {start, end};

  g_array_append_val (wanted, one);
  plancia_span_array_normalise (wanted);
  assert_covered (fixture, span, wanted);
}

static void
test_pieces_newest_first (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (100), NOON - HOURS (40)};

  load (fixture, span, FALSE);
  assert_asked (fixture, "52-40 76-52 100-76");
  assert_progress (fixture, 3, 3);
  g_assert_null (plancia_loader_get_error (fixture->loader));
  g_assert_cmpuint (fixture->pieces, ==, 3);
  g_assert_cmpuint (fixture->samples, ==, 60 * 12);
  g_assert_cmpuint (fixture->changes, >=, 4);
  assert_covered_one (fixture, span, span.start, span.end);
}

static void
test_second_visit_asks_nothing (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (100), NOON - HOURS (40)};

  load (fixture, span, FALSE);
  load (fixture, span, FALSE);
  assert_asked (fixture, "");
  assert_progress (fixture, 0, 0);
  g_assert_cmpuint (fixture->pieces, ==, 1); /* all at once, from the store */
  g_assert_cmpuint (fixture->samples, ==, 60 * 12);
  assert_covered_one (fixture, span, span.start, span.end);
}

/* A device that slept: nothing came, and that is known from then on. */
static void
test_empty_is_known (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (60), NOON - HOURS (40)};

  fixture->backend->silent_from = 0;
  load (fixture, span, FALSE);
  assert_asked (fixture, "60-40");
  g_assert_cmpuint (fixture->pieces, ==, 0);
  load (fixture, span, FALSE);
  assert_asked (fixture, "");
}

static void
test_only_missing (Fixture *fixture, gconstpointer data)
{
  load (fixture, (PlanciaSpan){NOON - HOURS (60), NOON - HOURS (50)}, FALSE);
  load (fixture, (PlanciaSpan){NOON - HOURS (90), NOON - HOURS (40)}, FALSE);
  assert_asked (fixture, "50-40 66-60 90-66");
  g_assert_cmpuint (fixture->pieces, ==, 4);
  g_assert_cmpuint (fixture->samples, ==, 50 * 12);
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (60), NOON - HOURS (50)};

  load (fixture, span, FALSE);
  load (fixture, span, TRUE);
  assert_asked (fixture, "60-50");
  g_assert_cmpuint (fixture->samples, ==, 2 * 10 * 12);
  assert_covered_one (fixture, span, span.start, span.end);
}

/* 25 hours are two questions: the window goes by the clock. */
static void
test_long_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  PlanciaSpan day = plancia_span_day (rome, G_GINT64_CONSTANT (1730030400000));

  g_assert_cmpint (day.end - day.start, ==, HOURS (25));
  load (fixture, day, FALSE);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  assert_covered_one (fixture, day, day.start, day.end);
}

static void
test_open_end (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan today = {NOON - HOURS (12), NOON + HOURS (12)};
  gint64      last = NOON - 5 * PLANCIA_MINUTE;

  /* The future is not asked for, and the last ten minutes stay open. */
  load (fixture, today, FALSE);
  assert_asked (fixture, "12-0");
  g_assert_cmpuint (fixture->samples, ==, 12 * 12);
  assert_covered_one (fixture, today, today.start, NOON - 10 * PLANCIA_MINUTE);

  /* An hour later the source has stopped at 11:55: from there on everything stays open. */
  plancia_clock_simulate (NOON + HOURS (1), 0);
  fixture->backend->silent_from = last + 1;
  load (fixture, today, FALSE);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 1);
  assert_covered_one (fixture, today, today.start, last + 1);

  /* The next day it is all past, and can be closed. */
  plancia_clock_simulate (NOON + HOURS (24), 0);
  load (fixture, today, FALSE);
  assert_covered_one (fixture, today, today.start, today.end);
  load (fixture, today, FALSE);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 0);
}

static void
test_future (Fixture *fixture, gconstpointer data)
{
  load (fixture, (PlanciaSpan){NOON + HOURS (12), NOON + HOURS (36)}, FALSE);
  assert_asked (fixture, "");
  load (fixture, (PlanciaSpan){NOON, NOON}, FALSE);
  assert_asked (fixture, "");
}

/* Written down as such, with its words. */
static void
assert_failed (Fixture *fixture, PlanciaSpan hole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) covers = store_coverage (fixture->store, "one", "portal", hole, &error);
  const PlanciaCover *cover;

  g_assert_no_error (error);
  g_assert_cmpuint (covers->len, ==, 1);
  cover = g_ptr_array_index (covers, 0);
  g_assert_cmpint (cover->kind, ==, PLANCIA_COVER_FAILED);
  g_assert_cmpint (cover->when, ==, plancia_clock_now ());
  g_assert_cmpstr (cover->reason, ==, plancia_loader_get_error (fixture->loader)->message);
}

static void
test_error_in_the_middle (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (112), NOON - HOURS (16)};
  PlanciaSpan hole = {NOON - HOURS (64), NOON - HOURS (40)};
  g_autoptr (GArray) wanted = NULL;
  g_autoptr (GArray) holes = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  fixture->backend->fail_at = 1;
  fixture->backend->fail_until = 2;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_OVERLOADED;
  load (fixture, span, FALSE);
  assert_asked (fixture, "40-16 64-40 88-64 112-88");
  assert_progress (fixture, 3, 4);
  g_assert_error (plancia_loader_get_error (fixture->loader),
                  PLANCIA_CLOUD_ERROR,
                  PLANCIA_CLOUD_ERROR_OVERLOADED);
  g_array_append_val (holes, hole);
  wanted = plancia_span_subtract (span, holes);
  assert_covered (fixture, span, wanted);
  assert_failed (fixture, hole);

  /* Only the hole is asked for, and the error is gone. */
  fixture->backend->fail_at = -1;
  load (fixture, span, FALSE);
  assert_asked (fixture, "64-40");
  g_assert_null (plancia_loader_get_error (fixture->loader));
  assert_covered_one (fixture, span, span.start, span.end);
}

static void
test_hopeless (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (240), NOON};

  fixture->backend->fail_at = 1;
  fixture->backend->fail_until = 1000;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_NOT_AUTHORISED;
  load (fixture, span, FALSE);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
  assert_progress (fixture, 1, 10);
  g_assert_error (plancia_loader_get_error (fixture->loader),
                  PLANCIA_CLOUD_ERROR,
                  PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);

  /* Anything else: two in a row. */
  fixture->backend->fail_at = 0;
  fixture->backend->fail_code = PLANCIA_CLOUD_ERROR_BAD_ANSWER;
  load (fixture, span, FALSE);
  g_assert_cmpuint (fixture->backend->asked->len, ==, 2);
}

static void
test_stop_drops_the_rest (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (240), NOON - HOURS (120)};

  /* From inside the signal of the second piece; that piece is still stored. */
  fixture->stop_after = 2;
  load (fixture, span, FALSE);
  assert_asked (fixture, "144-120 168-144");
  g_assert_false (plancia_loader_get_running (fixture->loader));
  fixture->stop_after = 0;
  load (fixture, span, FALSE);
  assert_asked (fixture, "192-168 216-192 240-216");
}

static void
test_stop_gives_up_at_once (Fixture *fixture, gconstpointer data)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, "the question");

  fixture->backend->hold_at = 0;
  plancia_loader_load (fixture->loader,
                       PLANCIA_BACKEND (fixture->backend),
                       "one",
                       "portal",
                       (PlanciaSpan){NOON - HOURS (60), NOON - HOURS (12)},
                       FALSE);
  while (fixture->backend->asked->len == 0)
    g_main_context_iteration (NULL, TRUE);
  plancia_loader_stop (fixture->loader);
  g_assert_false (plancia_loader_get_running (fixture->loader));
  g_assert_cmpuint (fixture->backend->cancelled, ==, 1);
  while (fixture->backend->under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_object_set_data (G_OBJECT (fixture->backend), "held", NULL);
  g_assert_null (plancia_loader_get_error (fixture->loader));

  /* And the next one is not disturbed by what comes late. */
  fixture->backend->hold_at = -1;
  load (fixture, (PlanciaSpan){NOON - HOURS (60), NOON - HOURS (50)}, FALSE);
  assert_asked (fixture, "60-50");
  assert_progress (fixture, 1, 1);
}

/* A load in place of another that has only just begun: one answer each, those of the second. */
static void
test_load_replaces_load (Fixture *fixture, gconstpointer data)
{
  plancia_loader_load (fixture->loader,
                       PLANCIA_BACKEND (fixture->backend),
                       "one",
                       "portal",
                       (PlanciaSpan){NOON - HOURS (600), NOON - HOURS (500)},
                       FALSE);
  load (fixture, (PlanciaSpan){NOON - HOURS (60), NOON - HOURS (50)}, FALSE);
  assert_asked (fixture, "60-50");
  g_assert_cmpuint (fixture->pieces, ==, 1);
}

static void
test_without_backend (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {NOON - HOURS (60), NOON - HOURS (50)};

  load (fixture, span, FALSE);
  g_array_set_size (fixture->backend->asked, 0);
  fixture->samples = 0;
  plancia_loader_load (fixture->loader, NULL, "one", "portal", span, TRUE);
  wait_until_done (fixture);
  assert_asked (fixture, "");
  g_assert_cmpuint (fixture->samples, ==, 10 * 12);
}

static void
test_store_that_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaStore) store = plancia_store_new ("/proc/self/history.db");
  PlanciaSpan span = {NOON - HOURS (60), NOON - HOURS (30)};

  g_object_unref (fixture->loader);
  fixture->loader = plancia_loader_new (store);
  g_signal_connect (fixture->loader, "samples", G_CALLBACK (on_samples), fixture);
  load (fixture, span, FALSE);
  /* Shown all the same, and the reason is there. */
  g_assert_cmpuint (fixture->samples, ==, 30 * 12);
  g_assert_nonnull (plancia_loader_get_error (fixture->loader));
  g_assert_cmpuint (plancia_loader_get_covered (fixture->loader)->len, ==, 0);
}

#define ADD(name, func) g_test_add ("/loader/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pieces-newest-first", test_pieces_newest_first);
  ADD ("second-visit-asks-nothing", test_second_visit_asks_nothing);
  ADD ("empty-is-known", test_empty_is_known);
  ADD ("only-missing", test_only_missing);
  ADD ("again", test_again);
  ADD ("long-day", test_long_day);
  ADD ("open-end", test_open_end);
  ADD ("future", test_future);
  ADD ("error-in-the-middle", test_error_in_the_middle);
  ADD ("hopeless", test_hopeless);
  ADD ("stop-drops-the-rest", test_stop_drops_the_rest);
  ADD ("stop-gives-up-at-once", test_stop_gives_up_at_once);
  ADD ("load-replaces-load", test_load_replaces_load);
  ADD ("without-backend", test_without_backend);
  ADD ("store-that-fails", test_store_that_fails);
  return g_test_run ();
}
