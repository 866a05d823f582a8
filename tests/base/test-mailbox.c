/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mailbox.h"

#define WATCHDOG_US (5 * G_USEC_PER_SEC)

typedef struct
{
  guint   calls;
  guint   items;
  guint64 dropped;
  int     last;
} Seen;

static void
deliver (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  Seen *seen = user_data;

  seen->calls++;
  seen->items += items->len;
  seen->dropped += dropped;
  for (guint i = 0; i < items->len; i++) {
    int value = *(int *) g_ptr_array_index (items, i);

    g_assert_cmpint (value, >, seen->last);
    seen->last = value;
  }
}

static int *
boxed (int value)
{
  return g_memdup2 (&value, sizeof value);
}

static void
test_delivers_everything_at_once (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 100, g_free, deliver, &seen);

  for (int i = 1; i <= 50; i++)
    plancia_mailbox_post (mailbox, boxed (i));
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpuint (seen.calls, ==, 1);
  g_assert_cmpuint (seen.items, ==, 50);
  plancia_mailbox_close (mailbox);
}

static void
test_drops_the_oldest_and_counts (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 10, g_free, deliver, &seen);

  for (int i = 1; i <= 25; i++)
    plancia_mailbox_post (mailbox, boxed (i));
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpuint (seen.items, ==, 10);
  g_assert_cmpuint (seen.dropped, ==, 15);
  g_assert_cmpint (seen.last, ==, 25);
  plancia_mailbox_close (mailbox);
}

/* Odd ones may be lost. */
static gboolean
may_drop (gconstpointer item)
{
  return *(const int *) item % 2 == 1;
}

static void
test_keeps_what_is_said_once (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 10, g_free, deliver, &seen);

  plancia_mailbox_set_may_drop (mailbox, may_drop);
  for (int i = 2; i <= 8; i += 2)
    plancia_mailbox_post (mailbox, boxed (i));
  for (int i = 9; i <= 999; i += 2)
    plancia_mailbox_post (mailbox, boxed (i));
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpuint (seen.items, ==, 10);
  g_assert_cmpuint (seen.dropped, ==, 490);
  g_assert_cmpint (seen.last, ==, 999);
  /* Only those that may not: the box grows. */
  for (int i = 1000; i < 1040; i += 2)
    plancia_mailbox_post (mailbox, boxed (i));
  plancia_mailbox_flush (mailbox);
  g_assert_cmpuint (seen.items, ==, 30);
  g_assert_cmpuint (seen.dropped, ==, 490);
  plancia_mailbox_close (mailbox);
}

static void
test_closed_delivers_nothing (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 10, g_free, deliver, &seen);

  plancia_mailbox_post (mailbox, boxed (1));
  plancia_mailbox_close (mailbox);
  plancia_mailbox_post (mailbox, boxed (2));
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpuint (seen.calls, ==, 0);
}

static gpointer
post_many (gpointer data)
{
  for (int i = 1; i <= 20000; i++)
    plancia_mailbox_post (data, boxed (i));
  return NULL;
}

static void
test_from_another_thread (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 20000, g_free, deliver, &seen);
  GThread *thread = g_thread_new ("posts", post_many, mailbox);
  gint64   limit = g_get_monotonic_time () + WATCHDOG_US;

  while (seen.last < 20000 && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, FALSE);
  g_thread_join (thread);
  g_assert_cmpint (seen.last, ==, 20000);
  g_assert_cmpuint (seen.items + seen.dropped, ==, 20000);
  plancia_mailbox_close (mailbox);
}

/* One delivery for what comes within the delay; a flush does not wait for it. */
static void
test_delay (void)
{
  Seen seen = {0};
  g_autoptr (PlanciaMailbox) mailbox = plancia_mailbox_new (NULL, 100, g_free, deliver, &seen);
  gint64 start = g_get_monotonic_time ();

  plancia_mailbox_set_delay (mailbox, 60);
  plancia_mailbox_post (mailbox, boxed (1));
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_cmpuint (seen.calls, ==, 0);
  plancia_mailbox_post (mailbox, boxed (2));
  while (seen.calls == 0 && g_get_monotonic_time () < start + WATCHDOG_US)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 55 * 1000);
  g_assert_cmpuint (seen.items, ==, 2);
  plancia_mailbox_post (mailbox, boxed (3));
  plancia_mailbox_flush (mailbox);
  g_assert_cmpuint (seen.items, ==, 3);
  plancia_mailbox_close (mailbox);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/at-once", test_delivers_everything_at_once);
  g_test_add_func ("/mailbox/drops", test_drops_the_oldest_and_counts);
  g_test_add_func ("/mailbox/keeps", test_keeps_what_is_said_once);
  g_test_add_func ("/mailbox/closed", test_closed_delivers_nothing);
  g_test_add_func ("/mailbox/delay", test_delay);
  g_test_add_func ("/mailbox/thread", test_from_another_thread);
  return g_test_run ();
}
