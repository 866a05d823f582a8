/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

#define WATCHDOG_US (10 * G_USEC_PER_SEC)

typedef struct
{
  guint    done;
  guint    cancelled;
  GString *order;
} Results;

static void
iterate_until (guint *counter, guint wanted)
{
  gint64 limit = g_get_monotonic_time () + WATCHDOG_US;

  while (*counter < wanted && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (*counter, ==, wanted);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Results *results = user_data;
  g_autoptr (GError) error = NULL;
  int value = g_task_propagate_int (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    results->cancelled++;
  else if (results->order)
    g_string_append_printf (results->order, "%d", value);
  results->done++;
}

static void
return_number (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_assert_true (source == NULL || plancia_worker_is_current (source));
  g_task_return_int (task, GPOINTER_TO_INT (task_data));
}

static void
wait_for_cancel (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPollFD fd;

  g_cancellable_make_pollfd (cancellable, &fd);
  g_poll (&fd, 1, 8000);
  g_cancellable_release_fd (cancellable);
  g_task_return_error_if_cancelled (task);
  if (!g_task_had_error (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
}

static void
start (PlanciaWorker    *worker,
       Results          *results,
       int               number,
       PlanciaWorkerFunc func,
       GCancellable     *cancellable)
{
  g_autoptr (GTask) task = g_task_new (worker, cancellable, done_cb, results);

  g_task_set_task_data (task, GINT_TO_POINTER (number), NULL);
  plancia_worker_run (worker, task, func);
}

static void
test_keeps_the_order (void)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test");
  g_autoptr (GString) order = g_string_new (NULL);
  Results results = {.order = order};

  for (int i = 0; i < 10; i++)
    start (worker, &results, i, return_number, NULL);
  iterate_until (&results.done, 10);
  g_assert_cmpstr (order->str, ==, "0123456789");
}

static void
test_stop_cancels_what_runs_and_what_waits (void)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test");
  Results results = {0};
  gint64  before;

  start (worker, &results, 0, wait_for_cancel, NULL);
  for (int i = 0; i < 5; i++)
    start (worker, &results, i, return_number, NULL);
  before = g_get_monotonic_time ();
  plancia_worker_stop (worker);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 7 * G_USEC_PER_SEC);
  iterate_until (&results.done, 6);
  g_assert_cmpuint (results.cancelled, ==, 6);

  /* After the stop a task still gets its answer. */
  start (worker, &results, 7, return_number, NULL);
  iterate_until (&results.done, 7);
  g_assert_cmpuint (results.cancelled, ==, 7);
}

static void
test_cancel_of_one_task (void)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Results results = {0};

  start (worker, &results, 0, wait_for_cancel, cancellable);
  start (worker, &results, 1, return_number, NULL);
  g_cancellable_cancel (cancellable);
  iterate_until (&results.done, 2);
  g_assert_cmpuint (results.cancelled, ==, 1);
}

/* An object that owns a worker and stops it in dispose: what every backend does. If the worker dropped the last
 * reference, dispose would run on the worker and join itself. */
static void
test_never_finalizes_the_source_on_the_worker (void)
{
  for (int round = 0; round < 500; round++) {
    PlanciaWorker *worker = plancia_worker_new ("test");
    Results        results = {0};

    start (worker, &results, round, return_number, NULL);
    g_object_add_weak_pointer (G_OBJECT (worker), (gpointer *) &worker);
    g_object_unref (worker);
    while (worker)
      g_main_context_iteration (NULL, TRUE);
    iterate_until (&results.done, 1);
  }
}

static void
count_call (gpointer data)
{
  (*(guint *) data)++;
}

/* What is queued comes first; one that does not end is cancelled, and nothing comes after it. */
static void
test_finish (void)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test");
  g_autoptr (PlanciaWorker) busy = plancia_worker_new ("busy");
  Results results = {.order = g_string_new (NULL)};
  guint   calls = 0;

  start (worker, &results, 1, return_number, NULL);
  start (worker, &results, 2, return_number, NULL);
  g_assert_true (plancia_worker_finish (worker, count_call, &calls, WATCHDOG_US));
  g_assert_cmpuint (calls, ==, 1);
  iterate_until (&results.done, 2);
  g_assert_cmpstr (results.order->str, ==, "12");
  g_assert_false (plancia_worker_finish (worker, count_call, &calls, WATCHDOG_US));

  start (busy, &results, 3, wait_for_cancel, NULL);
  g_assert_false (plancia_worker_finish (busy, count_call, &calls, 1000));
  iterate_until (&results.done, 3);
  g_assert_cmpuint (results.cancelled, ==, 1);
  g_assert_cmpuint (calls, ==, 1);
  g_string_free (results.order, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", test_keeps_the_order);
  g_test_add_func ("/worker/stop", test_stop_cancels_what_runs_and_what_waits);
  g_test_add_func ("/worker/cancel", test_cancel_of_one_task);
  g_test_add_func ("/worker/finish", test_finish);
  g_test_add_func ("/worker/source", test_never_finalizes_the_source_on_the_worker);
  return g_test_run ();
}
