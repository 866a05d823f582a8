/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "model/traffic-model.h"
#include "model/traffic-words.h"
#include <gio/gio.h>

/* The ring, what a filter lets pass, pausing. */

static void
add (PlanciaTrafficLog     *log,
     const char            *connection,
     int                    unit,
     PlanciaExchangeVerdict verdict,
     const char            *sent,
     const char            *received)
{
  g_autoptr (GBytes) asked = plancia_hex_decode (sent, NULL);
  g_autoptr (GBytes) said = plancia_hex_decode (received, NULL);
  g_autoptr (GPtrArray)
    all = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);
  char                *peer = g_ref_string_new ("10.0.0.1:502");
  PlanciaExchangeParts parts = {.unit = unit, .verdict = verdict, .peer = peer, .time = 1000000};

  parts.sent = g_bytes_get_data (asked, &parts.n_sent);
  parts.received = g_bytes_get_data (said, &parts.n_received);
  g_ptr_array_add (all, plancia_exchange_new (&parts));
  plancia_traffic_log_add (log, connection, all, 0);
  g_ref_string_release (peer);
}

static void
add_read (PlanciaTrafficLog *log, const char *connection)
{
  add (log,
       connection,
       1,
       PLANCIA_EXCHANGE_AS_ASKED,
       "000100000006010304840001",
       "00010000000501030212AB");
}

static char *
name_cb (const char *connection, int unit, gpointer user_data)
{
  guint *asked = user_data;

  (*asked)++;
  return unit == 1 ? g_strdup_printf ("Inverter on %s", connection) : NULL;
}

static guint
count (PlanciaTrafficModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
finish (PlanciaTrafficModel *model)
{
  while (!plancia_traffic_model_is_done (model))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_ring (void)
{
  g_autoptr (PlanciaTrafficLog) log = plancia_traffic_log_new (10);
  g_autoptr (PlanciaTrafficModel) model = plancia_traffic_model_new (log);
  guint64 frames, errors;

  for (guint i = 0; i < 4; i++)
    add_read (log, "a");
  g_assert_cmpuint (count (model), ==, 8);
  for (guint i = 0; i < 4; i++)
    add_read (log, "a");
  g_assert_cmpuint (count (model), ==, 10);
  g_assert_cmpuint (plancia_traffic_log_get_first (log), ==, 6);
  g_assert_cmpuint (plancia_traffic_log_get_end (log), ==, 16);
  plancia_traffic_log_count (log, NULL, &frames, &errors);
  g_assert_cmpuint (frames, ==, 16);
  g_assert_cmpuint (errors, ==, 0);
  g_assert_cmpuint (plancia_traffic_model_count_from (model, 14), ==, 2);
  plancia_traffic_log_clear (log);
  g_assert_cmpuint (count (model), ==, 0);
  add_read (log, "a");
  g_assert_cmpuint (count (model), ==, 2);
}

/* What the list says of itself is always so, for whoever keeps a copy. */
static void
mirror_cb (GListModel *model, guint position, guint removed, guint added, GArray *copy)
{
  guint64 zero = 0;

  g_assert_cmpuint (position + removed, <=, copy->len);
  if (removed > 0)
    g_array_remove_range (copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_array_insert_val (copy, position + i, zero);
  for (guint i = 0; i < added; i++) {
    g_autoptr (PlanciaTrafficRow) row = g_list_model_get_item (model, position + i);

    g_array_index (copy, guint64, position + i) = plancia_traffic_row_get_number (row);
  }
}

static void
test_changes (void)
{
  g_autoptr (PlanciaTrafficLog) log = plancia_traffic_log_new (50);
  g_autoptr (PlanciaTrafficModel) model = plancia_traffic_model_new (log);
  g_autoptr (GArray) copy = g_array_new (FALSE, FALSE, sizeof (guint64));

  g_signal_connect (model, "items-changed", G_CALLBACK (mirror_cb), copy);
  for (guint i = 0; i < 300; i++) {
    if (i % 7 == 0)
      add (log, "b", 2, PLANCIA_EXCHANGE_NO_ANSWER, "000100000006020304840001", "");
    else
      add_read (log, "a");
    if (i % 50 == 20) {
      plancia_traffic_filter_set_errors (plancia_traffic_model_get_filter (model), i % 100 == 20);
      plancia_traffic_model_refilter (model);
    }
    if (i % 90 == 30)
      plancia_traffic_model_set_paused (model, i % 180 == 30);
    g_assert_cmpuint (count (model), ==, copy->len);
  }
  for (guint i = 0; i < copy->len; i++) {
    g_autoptr (PlanciaTrafficRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

    g_assert_cmpuint (g_array_index (copy, guint64, i), ==, plancia_traffic_row_get_number (row));
  }
}

static guint
count_with (PlanciaTrafficModel *model, const char *text)
{
  plancia_traffic_filter_set_text (plancia_traffic_model_get_filter (model), text);
  plancia_traffic_model_refilter (model);
  finish (model);
  return count (model);
}

static void
test_filter (void)
{
  g_autoptr (PlanciaTrafficLog) log = plancia_traffic_log_new (1000);
  g_autoptr (PlanciaTrafficModel) model = NULL;
  PlanciaTrafficFilter *filter;
  const char *const     only_b[] = {"b", NULL};
  guint                 asked = 0;

  plancia_traffic_log_set_name_func (log, name_cb, &asked);
  for (guint i = 0; i < 10; i++)
    add_read (log, "a");
  add (log, "b", 2, PLANCIA_EXCHANGE_EXCEPTION, "00020000000602061023FFEE", "000200000003028602");
  add (log, "b", 2, PLANCIA_EXCHANGE_NO_ANSWER, "000300000006020300FF0001", "");
  model = plancia_traffic_model_new (log);
  filter = plancia_traffic_model_get_filter (model);
  g_assert_cmpuint (count (model), ==, 24);

  g_assert_cmpuint (count_with (model, "inverter"), ==, 20);
  g_assert_cmpuint (count_with (model, "READ"), ==, 21);
  g_assert_cmpuint (count_with (model, "write one"), ==, 1);
  g_assert_cmpuint (count_with (model, "exception"), ==, 1);
  g_assert_cmpuint (count_with (model, "0484"), ==, 20);
  g_assert_cmpuint (count_with (model, "0x484"), ==, 20);
  g_assert_cmpuint (count_with (model, "0x48"), ==, 0);
  g_assert_cmpuint (count_with (model, "1023 ffee"), ==, 1);
  g_assert_cmpuint (count_with (model, "12ab"), ==, 10);
  g_assert_cmpuint (count_with (model, "no such thing"), ==, 0);
  g_assert_cmpuint (count_with (model, ""), ==, 24);

  plancia_traffic_filter_set_directions (filter, TRUE, FALSE);
  g_assert_cmpuint (count_with (model, NULL), ==, 12);
  plancia_traffic_filter_set_directions (filter, TRUE, TRUE);
  plancia_traffic_filter_set_errors (filter, TRUE);
  g_assert_cmpuint (count_with (model, NULL), ==, 4);
  plancia_traffic_filter_set_errors (filter, FALSE);
  plancia_traffic_filter_set_connections (filter, only_b);
  g_assert_cmpuint (count_with (model, NULL), ==, 4);
  /* A name is asked for once. */
  g_assert_cmpuint (asked, <=, 3);
}

static void
test_pause (void)
{
  g_autoptr (PlanciaTrafficLog) log = plancia_traffic_log_new (1000);
  g_autoptr (PlanciaTrafficModel) model = plancia_traffic_model_new (log);

  add_read (log, "a");
  plancia_traffic_model_set_paused (model, TRUE);
  add_read (log, "a");
  add_read (log, "a");
  g_assert_cmpuint (count (model), ==, 2);
  g_assert_cmpuint (plancia_traffic_model_get_waiting (model), ==, 4);
  g_assert_cmpuint (count_with (model, "read"), ==, 2);
  plancia_traffic_model_set_paused (model, FALSE);
  g_assert_cmpuint (count (model), ==, 6);
  g_assert_cmpuint (plancia_traffic_model_get_waiting (model), ==, 0);
}

/* A full ring is looked at in many turns of the main loop, and in the end all of it was. */
static void
test_full (void)
{
  g_autoptr (PlanciaTrafficLog) log = plancia_traffic_log_new (PLANCIA_TRAFFIC_CAPACITY);
  g_autoptr (PlanciaTrafficModel) model = NULL;
  g_autoptr (GPtrArray) exchanges = NULL;
  gint64 worst = 0;
  guint  turns = 0;

  for (guint i = 0; i < PLANCIA_TRAFFIC_CAPACITY / 2 + 100; i++)
    add_read (log, "a");
  model = plancia_traffic_model_new (log);
  plancia_traffic_filter_set_text (plancia_traffic_model_get_filter (model), "12ab");
  plancia_traffic_model_refilter (model);
  while (!plancia_traffic_model_is_done (model)) {
    gint64 start = g_get_monotonic_time ();

    g_main_context_iteration (NULL, TRUE);
    worst = MAX (worst, g_get_monotonic_time () - start);
    turns++;
  }
  g_test_message ("%u turns, the longest %.1f ms", turns, (double) worst / 1000);
  g_assert_cmpuint (count (model), ==, PLANCIA_TRAFFIC_CAPACITY / 2);
  g_assert_cmpuint (turns, >, 10);
  exchanges = plancia_traffic_model_dup_exchanges (model);
  g_assert_cmpuint (exchanges->len, ==, PLANCIA_TRAFFIC_CAPACITY / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic-model/ring", test_ring);
  g_test_add_func ("/traffic-model/changes", test_changes);
  g_test_add_func ("/traffic-model/filter", test_filter);
  g_test_add_func ("/traffic-model/pause", test_pause);
  g_test_add_func ("/traffic-model/full", test_full);
  return g_test_run ();
}
