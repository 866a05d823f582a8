/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/unit-sweep.h"

#include "base/error.h"
#include "fake-backend.h"

typedef struct
{
  FakeBackend      *backend;
  PlanciaUnitSweep *sweep;
  GString          *found; /* "3=AB12 5=? 6!" */
  guint             watchdog;
} Fixture;

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

static void
found_cb (Fixture *self, const PlanciaSweepUnit *unit)
{
  if (self->found->len > 0)
    g_string_append_c (self->found, ' ');
  g_string_append_printf (self->found, "%d", unit->unit);
  if (unit->damaged)
    g_string_append_c (self->found, '!');
  else
    g_string_append_printf (self->found, "=%s", unit->serial ? unit->serial : "?");
  if (unit->map)
    g_string_append_printf (self->found, "(%s %s)", unit->model, unit->map);
}

static void
set_up (Fixture *self, gconstpointer address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);

  self->watchdog = g_timeout_add_seconds (20, times_up, NULL);
  self->backend = fake_backend_new (PLANCIA_BACKEND_LIVE);
  self->sweep = plancia_unit_sweep_new (parsed, PLANCIA_BACKEND (self->backend));
  self->found = g_string_new (NULL);
  g_signal_connect_swapped (self->sweep, "found", G_CALLBACK (found_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer address)
{
  g_clear_object (&self->sweep);
  g_clear_object (&self->backend);
  g_string_free (self->found, TRUE);
  g_source_remove (self->watchdog);
}

static void
run (Fixture *self)
{
  while (plancia_unit_sweep_get_running (self->sweep))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_finds (Fixture *self, gconstpointer address)
{
  guint done = 0, all = 0;
  int   unit = 0;

  fake_backend_set_unit (self->backend, 3, FAKE_UNIT_SERIAL);
  fake_backend_set_unit (self->backend, 5, FAKE_UNIT_REFUSES);
  fake_backend_set_unit (self->backend, 6, FAKE_UNIT_DAMAGED);
  fake_backend_set_unit (self->backend, 7, FAKE_UNIT_ABSENT);
  plancia_unit_sweep_start (self->sweep, 1, 32);
  plancia_unit_sweep_get_progress (self->sweep, &done, &all, &unit);
  g_assert_cmpuint (all, ==, 32);
  /* All silent: 3 s for each, and 200 ms between two. */
  g_assert_cmpint (plancia_unit_sweep_get_time_left (self->sweep), ==, 32 * 3200);
  run (self);

  plancia_unit_sweep_get_progress (self->sweep, &done, &all, &unit);
  g_assert_cmpuint (done, ==, 32);
  g_assert_cmpint (unit, ==, 0);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 32);
  g_assert_cmpint (plancia_unit_sweep_get_time_left (self->sweep), ==, 0);
  g_assert_null (plancia_unit_sweep_get_error (self->sweep));
  g_assert_cmpstr (self->found->str, ==, "3=AB12 5=? 6!");
}

/* A meter has no serial number where an inverter has; which one it is, its frequency tells. */
static void
test_meters (Fixture *self, gconstpointer address)
{
  fake_backend_set_unit (self->backend, 1, FAKE_UNIT_METER);
  fake_backend_set_unit (self->backend, 2, FAKE_UNIT_SERIAL);
  fake_backend_set_unit (self->backend, 3, FAKE_UNIT_REFUSES);
  plancia_unit_sweep_start (self->sweep, 1, 4);
  run (self);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 4);
  g_assert_cmpstr (self->found->str, ==, "1=?(DTSU666 chint-dtsu666) 2=? 3=?");
}

static void
stop_at_first (Fixture *self)
{
  plancia_unit_sweep_stop (self->sweep);
}

static void
test_stops (Fixture *self, gconstpointer address)
{
  guint done = 0, all = 0;
  int   unit = 0;

  fake_backend_set_unit (self->backend, 2, FAKE_UNIT_REFUSES);
  g_signal_connect_swapped (self->sweep, "found", G_CALLBACK (stop_at_first), self);
  plancia_unit_sweep_start (self->sweep, 1, 32);
  run (self);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  plancia_unit_sweep_get_progress (self->sweep, &done, &all, &unit);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 2);
  g_assert_cmpuint (all, ==, 32);
  g_assert_cmpuint (done, <, 32);
  g_assert_null (plancia_unit_sweep_get_error (self->sweep));
}

/* When the line is taken over nobody is left to be asked. */
static void
test_gives_up (Fixture *self, gconstpointer address)
{
  fake_backend_set_unit (self->backend, 2, FAKE_UNIT_TAKEN_OVER);
  plancia_unit_sweep_start (self->sweep, 1, 32);
  run (self);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 2);
  g_assert_error (plancia_unit_sweep_get_error (self->sweep),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_TAKEN_OVER);
}

static void
test_possible (void)
{
  static const struct
  {
    const char *address;
    int         last; /* 0: not possible */
  } cases[] = {
    {"hub://h/inverters/3",  32},
    {"hub://h/meters",       4 },
    {"hub://h/chargers/1",   0 },
    {"hub://h",              0 },
    {"rs485:///dev/ttyS0/1", 32},
    {"eth-stick://h/1",      0 },
    {"portal://a/S",         0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PlanciaAddress) address = plancia_address_parse (cases[i].address, NULL);
    int last = 0;

    g_assert_cmpint (plancia_unit_sweep_is_possible (address, &last), ==, cases[i].last > 0);
    g_assert_cmpint (last, ==, cases[i].last);
  }
}

#define INVERTERS "hub://h/inverters?spacing=200"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit-sweep/possible", test_possible);
  g_test_add ("/unit-sweep/finds", Fixture, INVERTERS, set_up, test_finds, tear_down);
  g_test_add ("/unit-sweep/meters", Fixture, "hub://h/meters", set_up, test_meters, tear_down);
  g_test_add ("/unit-sweep/stops", Fixture, INVERTERS, set_up, test_stops, tear_down);
  g_test_add ("/unit-sweep/gives-up", Fixture, INVERTERS, set_up, test_gives_up, tear_down);
  return g_test_run ();
}
