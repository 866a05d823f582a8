/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/connection-options.h"

/* A HUB that does not exist: connections are refused by this computer itself. */
typedef struct
{
  PlanciaPlant     *document;
  PlanciaOpenPlant *plant;
  PlanciaEntry     *line, *one, *two, *other, *console;
  guint             n_changed;
  guint             watchdog;
} Fixture;

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

static PlanciaEntry *
add_entry (Fixture *self, PlanciaEntry *parent, const char *kind, const char *address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, kind, kind, parsed);

  plancia_plant_add (self->document, parent, entry);
  return entry;
}

static void
count (Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  PlanciaEntry *hub;

  self->watchdog = g_timeout_add_seconds (20, times_up, NULL);
  self->document = plancia_plant_new ("Test");
  hub = add_entry (self, NULL, "hub", "hub://127.0.0.1");
  self->line = add_entry (self, hub, "line", "hub://127.0.0.1:1/inverters");
  self->one = add_entry (self, self->line, "inverter", "hub://127.0.0.1:1/inverters/1");
  self->two = add_entry (self, self->line, "inverter", "hub://127.0.0.1:1/inverters/2");
  self->other = add_entry (self, NULL, "inverter", "eth-stick://127.0.0.1:1/1");
  self->console = add_entry (self, NULL, "console", "connext:///dev/ttyPLANCIA0?baud=19200");
  self->plant = plancia_open_plant_new (self->document, ":memory:");
  plancia_open_plant_hold_hubs (self->plant);
  plancia_open_plant_start (self->plant);
  g_signal_connect_swapped (self->plant, "document-changed", G_CALLBACK (count), self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_assert_true (plancia_open_plant_close_finish (PLANCIA_OPEN_PLANT (source), result, NULL));
  *(gboolean *) done = TRUE;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gboolean done = FALSE;

  plancia_open_plant_close_async (self->plant, closed_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (self->watchdog);
  g_clear_object (&self->plant);
  g_clear_object (&self->document);
}

static PlanciaDevice *
device_of (Fixture *self, PlanciaEntry *entry)
{
  return plancia_device_tree_find (plancia_open_plant_get_tree (self->plant),
                                   plancia_entry_get_id (entry));
}

static PlanciaBackend *
backend_of (Fixture *self, PlanciaEntry *entry)
{
  return plancia_device_get_backend (device_of (self, entry));
}

static void
assert_address (PlanciaEntry *entry, const char *expected)
{
  g_autofree char *text = plancia_address_to_string (plancia_entry_get_address (entry));

  g_assert_cmpstr (text, ==, expected);
}

/* A person agrees first; a line of a HUB waits, everything else does not. */
static void
test_hub_waits (Fixture *self, gconstpointer data)
{
  g_assert_true (plancia_open_plant_get_hub_waits (self->plant));
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->one)),
                   ==,
                   PLANCIA_STATE_CLOSED);
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->other)),
                   !=,
                   PLANCIA_STATE_CLOSED);
  plancia_open_plant_release_hubs (self->plant);
  g_assert_false (plancia_open_plant_get_hub_waits (self->plant));
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->one)),
                   !=,
                   PLANCIA_STATE_CLOSED);
}

/* Both inverters and the line get the options, nobody else; the new connection is as open as the old one. */
static void
change_spacing (Fixture *self)
{
  g_autoptr (PlanciaAddress)
    like = plancia_address_parse ("hub://127.0.0.1:1/inverters?spacing=4000&timeout=9000", NULL);
  g_autoptr (PlanciaBackend) before = g_object_ref (backend_of (self, self->one));

  g_assert_true (plancia_connection_options_apply (self->plant, device_of (self, self->one), like));
  assert_address (self->line, "hub://127.0.0.1:1/inverters?spacing=4000&timeout=9000");
  assert_address (self->one, "hub://127.0.0.1:1/inverters/1?spacing=4000&timeout=9000");
  assert_address (self->two, "hub://127.0.0.1:1/inverters/2?spacing=4000&timeout=9000");
  assert_address (self->other, "eth-stick://127.0.0.1:1/1");
  while (self->n_changed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (backend_of (self, self->one));
  g_assert_true (backend_of (self, self->one) != before);
  g_assert_true (backend_of (self, self->one) == backend_of (self, self->two));
  g_assert_true (backend_of (self, self->one) == backend_of (self, self->line));
  g_assert_cmpint (plancia_backend_get_state (before), ==, PLANCIA_STATE_CLOSED);
}

static void
test_open (Fixture *self, gconstpointer data)
{
  plancia_open_plant_release_hubs (self->plant);
  change_spacing (self);
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->one)),
                   !=,
                   PLANCIA_STATE_CLOSED);
}

/* Another client would lose the line. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  change_spacing (self);
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->one)),
                   ==,
                   PLANCIA_STATE_CLOSED);
  plancia_open_plant_connect (self->plant, device_of (self, self->line));
  g_assert_cmpint (plancia_backend_get_state (backend_of (self, self->one)),
                   !=,
                   PLANCIA_STATE_CLOSED);
}

static void
test_same (Fixture *self, gconstpointer data)
{
  PlanciaAddress *address = plancia_entry_get_address (self->two);

  g_assert_false (
    plancia_connection_options_apply (self->plant, device_of (self, self->one), address));
  g_assert_cmpuint (self->n_changed, ==, 0);
}

/* What was set up while a port is open is in the plant; the connection is the one it was. */
static void
test_keep_serial (Fixture *self, gconstpointer data)
{
  PlanciaDevice        *device = device_of (self, self->console);
  PlanciaBackend       *before = backend_of (self, self->console);
  PlanciaSerialSettings settings = {0};

  plancia_address_get_serial_settings (plancia_entry_get_address (self->console), &settings);
  g_assert_false (plancia_connection_options_keep_serial (self->plant, device, &settings));
  g_assert_cmpuint (self->n_changed, ==, 0);
  settings.baud = 115200;
  settings.flow = PLANCIA_FLOW_CONTROL_RTS_CTS;
  g_assert_true (plancia_serial_settings_set_format (&settings, "7E1.5", NULL));
  g_assert_true (plancia_connection_options_keep_serial (self->plant, device, &settings));
  assert_address (self->console,
                  "connext:///dev/ttyPLANCIA0?baud=115200&format=7E1.5&flow=rts-cts");
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_true (backend_of (self, self->console) == before);
  /* What is usual need not be said. */
  plancia_serial_settings_init (&settings);
  g_assert_true (plancia_connection_options_keep_serial (self->plant, device, &settings));
  assert_address (self->console, "connext:///dev/ttyPLANCIA0");
  /* The connection is known under its new name: another address leads to another one. */
  plancia_open_plant_rehang (self->plant, "connext:///dev/ttyPLANCIA0");
  while (self->n_changed < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (backend_of (self, self->console) != before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/connection-options/hub-waits", Fixture, NULL, set_up, test_hub_waits, tear_down);
  g_test_add ("/connection-options/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/connection-options/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/connection-options/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/connection-options/serial", Fixture, NULL, set_up, test_keep_serial, tear_down);
  return g_test_run ();
}
