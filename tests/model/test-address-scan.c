/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address-scan.h"

#include "base/error.h"
#include "fake-backend.h"

typedef struct
{
  FakeBackend        *backend;
  PlanciaAddressScan *scan;
  guint               watchdog;
} Fixture;

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->watchdog = g_timeout_add_seconds (30, times_up, NULL);
  self->backend = fake_backend_new (PLANCIA_BACKEND_REGISTERS);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  self->scan = plancia_address_scan_new (PLANCIA_BACKEND (self->backend), 1, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_finalize_object (self->scan);
  g_clear_object (&self->backend);
  g_source_remove (self->watchdog);
}

static void
scan (Fixture *self, guint first, guint last)
{
  plancia_address_scan_start (self->scan, 3, (guint16) first, (guint16) last);
  while (plancia_address_scan_is_running (self->scan))
    g_main_context_iteration (NULL, TRUE);
}

/* "0-9 answers, 10-11 refused 2" */
static void
assert_spans (Fixture *self, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scan)); i++) {
    g_autoptr (PlanciaScanSpan) span = g_list_model_get_item (G_LIST_MODEL (self->scan), i);

    g_string_append_printf (found,
                            "%s%u-%u %s",
                            i > 0 ? ", " : "",
                            plancia_scan_span_get_first (span),
                            plancia_scan_span_get_last (span),
                            plancia_scan_verdict_name (plancia_scan_span_get_verdict (span)));
    if (plancia_scan_span_get_exception (span) > 0)
      g_string_append_printf (found, " %u", plancia_scan_span_get_exception (span));
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_all_answer (Fixture *self, gconstpointer data)
{
  guint done, all, requests;

  fake_backend_set_words (self->backend, 0, 1000, 5);
  scan (self, 0, 599);
  assert_spans (self, "0-599 answers");
  plancia_address_scan_get_progress (self->scan, &done, &all, &requests);
  g_assert_cmpuint (done, ==, 600);
  g_assert_cmpuint (all, ==, 600);
  g_assert_cmpuint (requests, ==, 10);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 10);
  g_assert_cmpint (plancia_address_scan_get_word (self->scan, 599), ==, 5);
  g_assert_cmpint (plancia_address_scan_get_word (self->scan, 600), ==, -1);
  g_assert_cmpint (plancia_address_scan_get_time_left (self->scan), ==, 0);
}

static void
test_narrows (Fixture *self, gconstpointer data)
{
  fake_backend_set_words (self->backend, 100, 37, 1);
  fake_backend_set_words (self->backend, 140, 1, 2);
  fake_backend_set_words (self->backend, 179, 2, 3);
  scan (self, 90, 200);
  assert_spans (self,
                "90-99 refused 2, 100-136 answers, 137-139 refused 2, 140-140 answers, "
                "141-178 refused 2, 179-180 answers, 181-200 refused 2");
  g_assert_cmpuint (plancia_address_scan_count (self->scan, PLANCIA_SCAN_ANSWERS), ==, 40);
  g_assert_cmpuint (plancia_address_scan_count (self->scan, PLANCIA_SCAN_REFUSED), ==, 71);
  g_assert_no_error (plancia_address_scan_get_error (self->scan));
}

/* Each register that is refused costs a request; with larger pieces few are enough. */
static void
test_finest (Fixture *self, gconstpointer data)
{
  fake_backend_set_words (self->backend, 0, 60, 1);
  scan (self, 0, 119);
  assert_spans (self, "0-59 answers, 60-119 refused 2");
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 1 + 1 + 2 + 4 + 8 + 60);
  plancia_address_scan_set_finest (self->scan, 16);
  scan (self, 30, 149);
  assert_spans (self, "30-59 answers, 60-149 refused 2");
  g_assert_cmpuint (fake_backend_count_raw (self->backend), <, 76 + 20);
}

/* To the end of all registers, and one register alone. */
static void
test_edges (Fixture *self, gconstpointer data)
{
  fake_backend_set_words (self->backend, 65500, 36, 1);
  scan (self, 65490, 65535);
  assert_spans (self, "65490-65499 refused 2, 65500-65535 answers");
  scan (self, 65535, 65535);
  assert_spans (self, "65535-65535 answers");
  scan (self, 0, 0);
  assert_spans (self, "0-0 refused 2");
}

/* A device that says nothing to some registers goes on being asked for others. */
static void
test_silent_part (Fixture *self, gconstpointer data)
{
  fake_backend_set_words (self->backend, 0, 200, 1);
  fake_backend_set_silent (self->backend, 70, 3);
  scan (self, 0, 179);
  g_assert_no_error (plancia_address_scan_get_error (self->scan));
  /* Not taken apart below eight registers. */
  assert_spans (self, "0-67 answers, 68-74 silent, 75-179 answers");
}

static void
test_nobody_there (Fixture *self, gconstpointer data)
{
  fake_backend_set_silent (self->backend, 0, 65536);
  scan (self, 0, 65535);
  g_assert_error (plancia_address_scan_get_error (self->scan), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), <, 20);
}

static void
go_away (Fixture *self)
{
  if (plancia_address_scan_count (self->scan, PLANCIA_SCAN_ANSWERS) >= 120)
    fake_backend_set_silent (self->backend, 0, 65536);
}

/* What was found stays. */
static void
test_goes_away (Fixture *self, gconstpointer data)
{
  fake_backend_set_words (self->backend, 0, 65536, 1);
  g_signal_connect_swapped (self->scan, "changed", G_CALLBACK (go_away), self);
  scan (self, 0, 65535);
  g_assert_error (plancia_address_scan_get_error (self->scan), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  assert_spans (self, "0-119 answers");
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 4);
}

static void
stop (Fixture *self)
{
  if (plancia_address_scan_count (self->scan, PLANCIA_SCAN_ANSWERS) >= 300)
    plancia_address_scan_stop (self->scan);
}

static void
test_stops (Fixture *self, gconstpointer data)
{
  guint done, all, requests;

  fake_backend_set_words (self->backend, 0, 65536, 1);
  g_signal_connect_swapped (self->scan, "changed", G_CALLBACK (stop), self);
  scan (self, 0, 65535);
  g_assert_no_error (plancia_address_scan_get_error (self->scan));
  plancia_address_scan_get_progress (self->scan, &done, &all, &requests);
  g_assert_cmpuint (done, ==, 300);
  g_assert_cmpuint (all, ==, 65536);
  g_assert_cmpuint (requests, ==, 5);
  /* And begins anew. */
  g_signal_handlers_disconnect_by_data (self->scan, self);
  scan (self, 10, 20);
  assert_spans (self, "10-20 answers");
}

static void
test_taken_over (Fixture *self, gconstpointer data)
{
  fake_backend_set_unit (self->backend, 1, FAKE_UNIT_TAKEN_OVER);
  scan (self, 0, 100);
  g_assert_error (plancia_address_scan_get_error (self->scan),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_TAKEN_OVER);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 1);
}

static void
test_csv (Fixture *self, gconstpointer data)
{
  g_autofree char *csv = NULL;

  fake_backend_set_words (self->backend, 16, 1, 0xfff4);
  scan (self, 16, 17);
  csv = plancia_address_scan_to_csv (self->scan);
  g_assert_cmpstr (csv,
                   ==,
                   "register,decimal,answer,exception,hex,u16,in_map\r\n"
                   "0x0010,16,answers,,FFF4,65524,\r\n"
                   "0x0011,17,refused,2,,,\r\n");
}

/* No request is longer than the map says, none crosses its edges, and what must not be read is left out. */
static void
test_map (Fixture *self, gconstpointer data)
{
  static const char json[] =
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"x\",\"name\":\"X\","
    "\"sources\":[{\"ref\":\"test\"}],\"device_kind\":\"inverter\","
    "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\","
    "\"byte_order\":\"big\"},"
    "\"limits\":{\"max_read\":10,\"max_write\":2,\"alignment\":16,\"never_read\":[[\"0x0020\",\"0x0028\"]]},"
    "\"groups\":[{\"key\":\"a\",\"name\":\"A\"}],"
    "\"registers\":[{\"key\":\"one\",\"name\":\"One\",\"group\":\"a\",\"address\":\"0x0011\","
    "\"count\":1,\"type\":\"u16\"}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, sizeof json - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, "test", &error);
  g_autoptr (PlanciaAddressScan) scan_of_map = NULL;
  g_autofree char *csv = NULL;

  g_assert_no_error (error);
  scan_of_map = plancia_address_scan_new (PLANCIA_BACKEND (self->backend), 1, map);
  g_set_object (&self->scan, scan_of_map);
  fake_backend_set_words (self->backend, 0, 100, 1);
  scan (self, 8, 50);
  assert_spans (self, "8-31 answers, 32-40 left-out, 41-50 answers");
  /* 8, 16 and 6, 41 and 2. */
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 5);
  csv = plancia_address_scan_to_csv (self->scan);
  g_assert_nonnull (strstr (csv, "0x0011,17,answers,,0001,1,one\r\n"));
  g_clear_object (&scan_of_map);
}

#define ADD(name, func) g_test_add ("/address-scan/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all-answer", test_all_answer);
  ADD ("narrows", test_narrows);
  ADD ("finest", test_finest);
  ADD ("edges", test_edges);
  ADD ("silent-part", test_silent_part);
  ADD ("nobody-there", test_nobody_there);
  ADD ("goes-away", test_goes_away);
  ADD ("stops", test_stops);
  ADD ("taken-over", test_taken_over);
  ADD ("csv", test_csv);
  ADD ("map", test_map);
  return g_test_run ();
}
