/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/discover-dialog.h"

#include "model/in-use.h"
#include "simulator/simulator.h"
#include "ui-fixture.h"
#include "ui/add-entry.h"
#include "ui/found-row.h"
#include "ui/silent-row.h"
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Hosts of this run alone on loopback, so that runs at the same time do not meet. */
typedef struct
{
  GPtrArray *subnets;
  GPtrArray *simulators;
  char      *base; /* "127.77.3." */
  int        silent;
} Network;

#define DEVICE(kind, name, more) "{\"kind\":\"" kind "\",\"name\":\"" name "\"," more "}"
#define WIFI                                                                                     \
  DEVICE ("stick", "Wifi", "\"route\":\"wifi-stick\",\"serial\":\"2712345678\"")                 \
  "," DEVICE ("inverter",                                                                        \
              "Hybrid",                                                                          \
              "\"parent\":\"Wifi\",\"map\":\"zcs-1ph-hyd-hp-g3\",\"serial\":\"ZM2ES060K12345\"," \
              "\"ratings\":{\"peak\":6600,\"limit\":6000,\"load\":\"home\",\"capacity\":10240,"  \
              "\"battery_power\":3600}")
#define HUB                                                                                                                                                                                           \
  DEVICE ("hub", "Hub", "\"route\":\"hub\"")                                                                                                                                                          \
  "," DEVICE ("line", "Line", "\"parent\":\"Hub\",\"route\":\"line\",\"line\":\"inverters\"") "," DEVICE ("line", "Meters", "\"parent\":\"Hub\",\"route\":\"line\",\"line\":\"meters\"") "," DEVICE ( \
    "line",                                                                                                                                                                                           \
    "Cars",                                                                                                                                                                                           \
    "\"parent\":\"Hub\",\"route\":\"line\",\"line\":\"chargers\"") "," DEVICE ("inverter",                                                                                                            \
                                                                               "First",                                                                                                               \
                                                                               "\"parent\":\"Line\",\"unit\":1,\"map\":\"zcs-3ph-hyd-g3\","                                                           \
                                                                               "\"serial\":\"ZP1ES110K00001\",\"ratings\":{\"peak\":9000,\"load\":\"home\"}")
#define MAGIC                                                                                  \
  DEVICE ("power-magic",                                                                       \
          "Magic",                                                                             \
          "\"route\":\"power-magic\",\"map\":\"sim-power-magic\",\"ratings\":{\"peak\":50000," \
          "\"load\":\"works\",\"capacity\":100000,\"battery_power\":30000}")

static void
simulate (Network *self, guint number, const char *devices, const char *held)
{
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"plancia-scenario\",\"version\":1,\"place\":{\"latitude\":43.46,\"longitude\":"
    "11.88,\"zone\":\"Europe/Rome\"},\"start\":\"2026-06-12T14:05:30+02:00\",\"commissioned\":"
    "\"2026-06-02\",\"seed\":7,\"devices\":[%s]}",
    devices);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *host = g_strdup_printf ("%s%u", self->base, number);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_from_bytes (bytes, "test", &error);
  PlanciaSimulator *simulator;

  g_assert_no_error (error);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_set_place (simulator, host, TRUE);
  plancia_simulator_start (simulator, &error);
  g_assert_no_error (error);
  if (held != NULL)
    plancia_simulator_set_fault (simulator, held, "takeover", &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->simulators, simulator);
}

/* Takes connections, as the kernel does for it, and never says a word. */
static void
be_silent (Network *self, guint number)
{
  g_autofree char   *host = g_strdup_printf ("%s%u", self->base, number);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons (8899)};
  guint32            binary;

  g_assert_true (plancia_ipv4_parse (host, &binary));
  address.sin_addr.s_addr = htonl (binary);
  self->silent = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->silent, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->silent, 5), ==, 0);
}

static Network *
network_new (void)
{
  Network         *self = g_new0 (Network, 1);
  guint            id = (guint) getpid ();
  g_autofree char *subnet = NULL;

  self->base = g_strdup_printf ("127.%u.%u.", 64 + (id >> 8) % 64, id % 256);
  self->simulators = g_ptr_array_new_with_free_func (g_object_unref);
  self->subnets = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_subnet_free);
  subnet = g_strdup_printf ("%s0/28", self->base);
  g_ptr_array_add (self->subnets, plancia_subnet_parse (subnet, NULL));
  self->silent = -1;
  return self;
}

static void
network_free (Network *self)
{
  for (guint i = 0; i < self->simulators->len; i++)
    plancia_simulator_stop (g_ptr_array_index (self->simulators, i));
  g_ptr_array_unref (self->simulators);
  g_ptr_array_unref (self->subnets);
  if (self->silent >= 0)
    close (self->silent);
  g_free (self->base);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Network, network_free)

static gboolean
is_over (gpointer dialog)
{
  return !plancia_discovery_is_running (plancia_discover_dialog_get_discovery (dialog));
}

static GtkWidget *
find (GtkWindow *dialog, GType type, const char *text)
{
  GtkWidget *widget = ui_fixture_find (GTK_WIDGET (dialog), type, text);

  if (widget == NULL)
    g_error ("there is no \"%s\"", text);
  return widget;
}

static GtkWidget *
row_at (GtkWindow *dialog, const char *where)
{
  GPtrArray *findings = plancia_discovery_get_findings (
    plancia_discover_dialog_get_discovery (PLANCIA_DISCOVER_DIALOG (dialog)));

  for (guint i = 0; i < findings->len; i++) {
    PlanciaFinding *finding = g_ptr_array_index (findings, i);

    if (g_str_equal (finding->where, where)) {
      g_autofree char *text = finding->identity.model && finding->kind != PLANCIA_FINDING_HUB
                                ? g_strdup (finding->identity.model)
                                : g_strdup (finding->kind == PLANCIA_FINDING_HUB ? "Azzurro HUB"
                                                                                 : "Power Magic");
      return find (dialog, PLANCIA_TYPE_FOUND_ROW, text);
    }
  }
  g_error ("nothing at %s", where);
}

static void
set_switch (GtkWindow *dialog, const char *title, gboolean on)
{
  GtkWidget *row = find (dialog, ADW_TYPE_ACTION_ROW, title);
  GtkWidget *button = ui_fixture_find (row, GTK_TYPE_SWITCH, NULL);

  g_assert_nonnull (button);
  gtk_switch_set_active (GTK_SWITCH (button), on);
}

static void
search_again (GtkWindow *dialog)
{
  GtkWidget *button = find (dialog, GTK_TYPE_BUTTON, "Search again");

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  ui_fixture_settle ();
}

static char *
address_of (Network *network, guint number)
{
  return g_strdup_printf ("%s%u", network->base, number);
}

static void
picture (GtkWindow *dialog, const char *name)
{
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), name));
}

static void
apply_cb (PlanciaDiscoverDialog *dialog, PlanciaPlant *plant)
{
  g_assert_nonnull (plancia_discover_dialog_apply (dialog, plant));
}

static PlanciaEntry *
child_at (GListModel *entries, guint position)
{
  g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, position);

  g_assert_nonnull (entry);
  return entry;
}

static void
check_entry (PlanciaEntry *entry, const char *kind, const char *address, const char *map)
{
  g_autofree char *text = plancia_address_to_string (plancia_entry_get_address (entry));

  g_assert_cmpstr (plancia_entry_get_kind (entry), ==, kind);
  g_assert_cmpstr (text, ==, address);
  g_assert_cmpstr (plancia_entry_get_map (entry), ==, map);
}

static void
check_plant (Network *network, PlanciaPlant *plant)
{
  GListModel      *roots = plancia_plant_get_entries (plant);
  guint            n = g_list_model_get_n_items (roots);
  g_autofree char *wifi = g_strdup_printf ("wifi-stick://%s2/1?serial=2712345678", network->base);
  g_autofree char *hub = g_strdup_printf ("hub://%s4", network->base);
  g_autofree char *first = g_strdup_printf ("%s/inverters/1", hub);
  gboolean         with_wifi = FALSE, with_hub = FALSE;

  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++) {
    PlanciaEntry *entry = child_at (roots, i);
    GListModel   *children = plancia_entry_get_children (entry);

    if (g_str_equal (plancia_entry_get_kind (entry), "stick")) {
      check_entry (child_at (children, 0), "inverter", wifi, "zcs-1ph-hyd-hp-g3");
      g_assert_cmpstr (plancia_entry_get_name (child_at (children, 0)), ==, "1PH HYD6000 ZSS HP");
      with_wifi = TRUE;
    } else if (g_str_equal (plancia_entry_get_kind (entry), "hub")) {
      check_entry (entry, "hub", hub, NULL);
      g_assert_cmpuint (g_list_model_get_n_items (children), ==, 3);
      check_entry (child_at (plancia_entry_get_children (child_at (children, 0)), 0),
                   "inverter",
                   first,
                   "zcs-3ph-hyd-g3");
      with_hub = TRUE;
    } else {
      g_assert_cmpstr (plancia_entry_get_kind (entry), ==, "power-magic");
    }
  }
  g_assert_true (with_wifi && with_hub);
}

static void
take_pictures (GtkWindow *dialog, GtkWindow *parent)
{
  picture (dialog, "discover-light");
  ui_fixture_set_dark (TRUE);
  picture (dialog, "discover-dark");
  ui_fixture_set_dark (FALSE);
  gtk_window_set_default_size (dialog, 480, 700);
  picture (dialog, "discover-narrow");
  gtk_window_set_default_size (dialog, 660, 1400);
  picture (dialog, "discover-tall");
}

/* From the search to the plant: what is there is found, explained and added. */
static void
test_search_and_add (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  GtkWindow       *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  GtkWindow       *dialog;
  g_autofree char *hub = address_of (network, 4);
  g_autofree char *silent = g_strdup_printf ("%s5, port 8899", network->base);

  simulate (network, 2, WIFI, NULL);
  simulate (network, 3, MAGIC, NULL);
  simulate (network, 4, HUB, "Cars");
  be_silent (network, 5);
  dialog = plancia_discover_dialog_new_for (parent, NULL, NULL, network->subnets);
  g_signal_connect (dialog, "accepted", G_CALLBACK (apply_cb), plant);
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  ui_fixture_settle ();
  find (dialog, GTK_TYPE_BUTTON, "Add 2 devices");
  find (dialog, PLANCIA_TYPE_SILENT_ROW, silent);
  find (dialog, GTK_TYPE_LABEL, "Accepts the connection, then stays silent");

  set_switch (dialog, "Ports of the HUB", TRUE);
  search_again (dialog);
  g_assert_true (plancia_found_row_get_checked (PLANCIA_FOUND_ROW (row_at (dialog, hub))));
  find (dialog, GTK_TYPE_LABEL, "1 line held");
  find (dialog, GTK_TYPE_LABEL, "map G3, confirmed");
  find (dialog, GTK_TYPE_LABEL, "map unknown");
  take_pictures (dialog, parent);

  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Add 3 devices"), "clicked");
  ui_fixture_settle ();
  check_plant (network, plant);
  gtk_window_destroy (parent);
}

/* Rows that are there keep their place while more arrive, and their check. */
static void
test_rows_stay (void)
{
  g_autoptr (Network) network = network_new ();
  GtkWindow       *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  GtkWindow       *dialog;
  g_autofree char *magic = address_of (network, 3);
  g_autoptr (PlanciaFinding) changed = NULL;
  PlanciaDiscovery *discovery;
  GtkWidget        *row, *check;

  simulate (network, 3, MAGIC, NULL);
  dialog = plancia_discover_dialog_new_for (parent, NULL, NULL, network->subnets);
  discovery = plancia_discover_dialog_get_discovery (PLANCIA_DISCOVER_DIALOG (dialog));
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  ui_fixture_settle ();
  row = row_at (dialog, magic);
  check = ui_fixture_find (row, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_false (gtk_widget_get_sensitive (find (dialog, GTK_TYPE_BUTTON, "Add devices")));

  changed = plancia_finding_copy (plancia_found_row_get (PLANCIA_FOUND_ROW (row)));
  changed->identity.model = g_strdup ("Another & <b>");
  g_signal_emit_by_name (discovery, "finding", changed, FALSE);
  g_assert_true (find (dialog, PLANCIA_TYPE_FOUND_ROW, "Another & <b>") == row);
  g_assert_false (plancia_found_row_get_checked (PLANCIA_FOUND_ROW (row)));
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
}

/* A subnet is typed; what is none is refused with words. */
static void
test_another_subnet (void)
{
  g_autoptr (Network) network = network_new ();
  g_autofree char *typed = g_strdup_printf ("%s16/28", network->base);
  GtkWindow       *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  GtkWindow       *dialog = plancia_discover_dialog_new_for (parent, NULL, NULL, network->subnets);
  GtkWidget       *entry;

  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  ui_fixture_settle ();
  /* The computer that runs the test may have serial ports. */
  set_switch (dialog, "Serial ports", FALSE);
  search_again (dialog);
  find (dialog, GTK_TYPE_LABEL, "Nothing found");
  entry = find (dialog, ADW_TYPE_ENTRY_ROW, "Another subnet, such as 192.168.2.0/24");
  gtk_editable_set_text (GTK_EDITABLE (entry), "8.8.8.0/24");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), typed);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_signal_emit_by_name (entry, "apply");
  find (dialog, ADW_TYPE_ACTION_ROW, typed);
  simulate (network, 18, MAGIC, NULL);
  search_again (dialog);
  find (dialog, PLANCIA_TYPE_FOUND_ROW, "Power Magic");
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
}

static void
check_left_alone (GtkWindow *dialog, const char *where, gboolean alone)
{
  GPtrArray *findings = plancia_discovery_get_findings (
    plancia_discover_dialog_get_discovery (PLANCIA_DISCOVER_DIALOG (dialog)));
  guint found = 0;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (findings, i);

    if (!g_str_equal (finding->where, where))
      continue;
    g_assert_cmpint (finding->state == PLANCIA_FINDING_IN_USE, ==, alone);
    found++;
  }
  g_assert_cmpuint (found, ==, 1);
}

/* What the open plant has is not offered again, and nobody throws its own lines out. */
static void
test_open_plant (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  g_autofree char *hub = g_strdup_printf ("hub://%s4/inverters/1", network->base);
  g_autofree char *hub_host = address_of (network, 4);
  g_autofree char *magic = g_strdup_printf ("power-magic://%s3/1", network->base);
  g_autoptr (PlanciaAddress) hub_address = plancia_address_parse (hub, NULL);
  g_autoptr (PlanciaAddress) magic_address = plancia_address_parse (magic, NULL);
  g_autoptr (GPtrArray) in_use = g_ptr_array_new ();
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  GtkWindow *dialog;
  GtkWidget *row;

  plancia_add_entry (plant, "inverter", "First", hub_address, NULL);
  plancia_add_entry (plant, "power-magic", "Magic", magic_address, NULL);
  g_ptr_array_add (in_use, hub_address);
  simulate (network, 3, MAGIC, NULL);
  simulate (network, 4, HUB, NULL);
  dialog = plancia_discover_dialog_new_for (parent, plant, in_use, network->subnets);
  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  set_switch (dialog, "Ports of the HUB", TRUE);
  search_again (dialog);
  row = find (dialog, PLANCIA_TYPE_FOUND_ROW, "Power Magic");
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "in the plant"));
  g_assert_false (plancia_found_row_get_checked (PLANCIA_FOUND_ROW (row)));
  row = find (dialog, PLANCIA_TYPE_FOUND_ROW, "Azzurro HUB");
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "in the plant"));
  g_assert_null (plancia_found_row_get (PLANCIA_FOUND_ROW (row))->address);
  check_left_alone (dialog, hub_host, TRUE);
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
}

static gboolean
is_live (gpointer device)
{
  return plancia_device_get_mark (device) == PLANCIA_MARK_LIVE;
}

static gboolean
is_closed (gpointer device)
{
  return plancia_backend_get_state (plancia_device_get_backend (device)) == PLANCIA_STATE_CLOSED;
}

static GtkWindow *
search_beside (GtkWindow *parent, PlanciaOpenPlant *open, Network *network)
{
  g_autoptr (GPtrArray) in_use = plancia_in_use_list (plancia_open_plant_get_tree (open));
  GtkWindow *dialog = plancia_discover_dialog_new_for (parent,
                                                       plancia_open_plant_get_plant (open),
                                                       in_use,
                                                       network->subnets);

  gtk_window_present (dialog);
  g_assert_true (ui_fixture_wait (is_over, dialog, 20000));
  ui_fixture_settle ();
  return dialog;
}

/* A stick that the plant talks to gets no second connection; once it is closed, it is found as any other. */
static void
test_stick_in_use (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  g_autofree char *text = g_strdup_printf ("wifi-stick://%s2/1", network->base);
  g_autofree char *where = address_of (network, 2);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  g_autoptr (PlanciaOpenPlant) open = plancia_open_plant_new (plant, ":memory:");
  GtkWindow     *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  PlanciaEntry  *entry = plancia_add_entry (plant, "inverter", "Hybrid", address, NULL);
  PlanciaDevice *device;
  GtkWindow     *dialog;
  GtkWidget     *row;

  simulate (network, 2, WIFI, NULL);
  plancia_open_plant_sync (open);
  plancia_open_plant_start (open);
  device = plancia_device_tree_find (plancia_open_plant_get_tree (open),
                                     plancia_entry_get_id (entry));
  g_assert_true (ui_fixture_wait (is_live, device, 20000));
  dialog = search_beside (parent, open, network);
  row = find (dialog, PLANCIA_TYPE_FOUND_ROW, "ZSM-WIFI-USB");
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "connected"));
  g_assert_false (gtk_widget_get_sensitive (ui_fixture_find (row, GTK_TYPE_CHECK_BUTTON, NULL)));
  g_assert_false (plancia_found_row_get_checked (PLANCIA_FOUND_ROW (row)));
  check_left_alone (dialog, where, TRUE);
  g_assert_true (is_live (device));
  picture (dialog, "discover-in-use");
  gtk_window_destroy (dialog);

  plancia_open_plant_disconnect (open, device);
  g_assert_true (ui_fixture_wait (is_closed, device, 20000));
  dialog = search_beside (parent, open, network);
  row = find (dialog, PLANCIA_TYPE_FOUND_ROW, "1PH HYD6000 ZSS HP");
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "in the plant"));
  check_left_alone (dialog, where, FALSE);
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
}

/* Closed in the middle: nothing is left of it. */
static void
test_close_while_searching (void)
{
  g_autoptr (Network) network = network_new ();
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 700, 800);
  GtkWindow *dialog;
  gint64     start;

  be_silent (network, 5);
  dialog = plancia_discover_dialog_new_for (parent, NULL, NULL, network->subnets);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  g_assert_false (is_over (dialog));
  find (dialog, GTK_TYPE_BUTTON, "Stop searching");
  start = g_get_monotonic_time ();
  g_object_ref (dialog);
  gtk_window_destroy (dialog);
  g_assert_finalize_object (dialog);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/discover-dialog/search-and-add", test_search_and_add);
  g_test_add_func ("/ui/discover-dialog/rows-stay", test_rows_stay);
  g_test_add_func ("/ui/discover-dialog/another-subnet", test_another_subnet);
  g_test_add_func ("/ui/discover-dialog/open-plant", test_open_plant);
  g_test_add_func ("/ui/discover-dialog/stick-in-use", test_stick_in_use);
  g_test_add_func ("/ui/discover-dialog/close-while-searching", test_close_while_searching);
  return g_test_run ();
}
