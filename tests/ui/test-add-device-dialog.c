/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/add-device-dialog.h"

#include "ui-fixture.h"
#include "ui/add-entry.h"
#include "ui/address-form.h"
#include "ui/address-words.h"
#include "ui/portal-dialog.h"

static PlanciaEntry *
child_of (GListModel *entries, guint position)
{
  g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, position);

  g_assert_nonnull (entry);
  return entry;
}

static void
accepted_cb (PlanciaAddDeviceDialog *dialog, PlanciaPlant *plant)
{
  PlanciaEntry *entry = plancia_add_device_dialog_apply (dialog, plant);

  g_assert_cmpstr (plancia_entry_get_kind (entry), ==, "inverter");
}

static GtkWidget *
find_row (GtkWindow *dialog, GType type, const char *title)
{
  GtkWidget *row = ui_fixture_find (GTK_WIDGET (dialog), type, title);

  g_assert_nonnull (row);
  return row;
}

/* Filling the form makes the text, and Add puts stick and inverter into the plant. */
static void
test_form_to_plant (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  GtkWindow  *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow  *dialog = plancia_add_device_dialog_new (parent);
  GtkWidget  *add, *address;
  GListModel *roots = plancia_plant_get_entries (plant);

  g_signal_connect (dialog, "accepted", G_CALLBACK (accepted_cb), plant);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  add = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Add");
  g_assert_false (gtk_widget_get_sensitive (add));

  gtk_editable_set_text (
    GTK_EDITABLE (find_row (dialog, ADW_TYPE_ENTRY_ROW, "Host name or IP address")),
    "192.0.2.7");
  address = find_row (dialog, ADW_TYPE_ENTRY_ROW, "Address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (address)), ==, "eth-stick://192.0.2.7/1");
  g_assert_true (gtk_widget_get_sensitive (add));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "add-device"));

  g_signal_emit_by_name (add, "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (roots), ==, 1);
  g_assert_cmpstr (plancia_entry_get_kind (child_of (roots, 0)), ==, "stick");
  g_assert_cmpstr (
    plancia_entry_get_name (child_of (plancia_entry_get_children (child_of (roots, 0)), 0)),
    ==,
    "Inverter");
  gtk_window_destroy (parent);
}

static gboolean
has_maps (gpointer data)
{
  return g_list_model_get_n_items (adw_combo_row_get_model (data)) > 5;
}

static void
chosen_cb (PlanciaAddDeviceDialog *dialog, PlanciaPlant *plant)
{
  PlanciaEntry *entry = plancia_add_device_dialog_apply (dialog, plant);

  g_assert_cmpstr (plancia_entry_get_map (entry), ==, "chint-dtsu666");
}

/* The maps are listed by a worker while the dialog is open already; one of them can be chosen. */
static void
test_maps_are_listed (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  GtkWindow     *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow     *dialog = plancia_add_device_dialog_new (parent);
  GtkWidget     *maps;
  GtkStringList *list;
  guint          position = 0;

  g_signal_connect (dialog, "accepted", G_CALLBACK (chosen_cb), plant);
  gtk_window_present (dialog);
  maps = find_row (dialog, ADW_TYPE_COMBO_ROW, "Register map");
  g_assert_true (ui_fixture_wait (has_maps, maps, 20000));
  list = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (maps)));
  while (!g_str_equal (gtk_string_list_get_string (list, position), "chint-dtsu666"))
    position++;
  adw_combo_row_set_selected (ADW_COMBO_ROW (maps), position);
  gtk_editable_set_text (
    GTK_EDITABLE (find_row (dialog, ADW_TYPE_ENTRY_ROW, "Host name or IP address")),
    "192.0.2.7");
  g_signal_emit_by_name (ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Add"), "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (plancia_plant_get_entries (plant)), ==, 1);
  gtk_window_destroy (parent);
}

/* Closed before the list is there. */
static void
test_closed_at_once (void)
{
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow *dialog = plancia_add_device_dialog_new (parent);

  gtk_window_present (dialog);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (dialog);
  ui_fixture_settle ();
  g_assert_null (dialog);
  gtk_window_destroy (parent);
}

/* Each fault has its sentence, and nothing in it stays open. */
static void
test_words_of_faults (void)
{
  for (int fault = PLANCIA_ADDRESS_FAULT_NONE + 1; fault < PLANCIA_ADDRESS_N_FAULTS; fault++) {
    PlanciaAddressProblem problem = {.fault = (PlanciaAddressFault) fault,
                                     .smallest = 1,
                                     .largest = 247,
                                     .got = (char *) "x"};
    g_autofree char      *whole = plancia_address_words (&problem);
    g_autofree char      *placed = NULL;
    g_autofree char      *wanted = g_strconcat (whole, " Character 7.", NULL);

    g_assert_true (g_str_has_suffix (whole, "."));
    g_assert_null (strpbrk (whole, "{}"));
    problem.place = 7;
    placed = plancia_address_words (&problem);
    g_assert_cmpstr (placed, ==, wanted);
  }
}

/* The text fills the form; while it is wrong the dialog says where. */
static void
test_text_is_checked_as_typed (void)
{
  GtkWindow              *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow              *dialog = plancia_add_device_dialog_new (parent);
  PlanciaAddDeviceDialog *self = PLANCIA_ADD_DEVICE_DIALOG (dialog);
  GtkWidget              *spin;

  gtk_window_present (dialog);
  plancia_add_device_dialog_set_address (self, "hub://192.0.2.9/meters/3");
  ui_fixture_settle ();
  g_assert_true (plancia_add_device_dialog_is_valid (self));
  spin = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, 3);

  plancia_add_device_dialog_set_address (self, "hub://192.0.2.9/meters/300");
  ui_fixture_settle ();
  g_assert_false (plancia_add_device_dialog_is_valid (self));
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (dialog),
                                     GTK_TYPE_LABEL,
                                     "The unit is a number from 1 to 255. Character 24."));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "add-device-wrong"));

  plancia_add_device_dialog_set_address (self, "psc://192.0.2.9");
  g_assert_false (plancia_add_device_dialog_is_valid (self));
  plancia_add_device_dialog_set_address (self, "connext:///dev/ttyACM0");
  g_assert_true (plancia_add_device_dialog_is_valid (self));
  plancia_add_device_dialog_set_address (self, "portal://account/X1");
  g_assert_false (plancia_add_device_dialog_is_valid (self));
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
}

/* Each route comes through form and text unchanged. */
static void
test_form_round_trip (void)
{
  static const char *const addresses[] = {
    "eth-stick://192.0.2.1/1",
    "wifi-stick://stick.lan:9000/1?serial=2712345678",
    "hub://192.0.2.2/chargers/2",
    "power-magic://192.0.2.3/1",
    "psc://[fd00::1]/12",
    "modbus-tcp://host:1502/7",
    "rs485:///dev/ttyUSB0/3?baud=19200",
    "connext:///dev/ttyACM0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (PlanciaAddress) address = plancia_address_parse (addresses[i], NULL);
    g_auto (PlanciaAddressForm) form = {0};
    g_autofree char *text = NULL;

    g_assert_true (plancia_address_form_from_address (&form, address));
    text = plancia_address_form_to_text (&form);
    g_assert_cmpstr (text, ==, addresses[i]);
  }
}

static PlanciaEntry *
add (PlanciaPlant *plant, const char *text)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);

  return plancia_add_entry (plant, plancia_add_entry_kind (address), "x", address, NULL);
}

/* Two devices on one HUB line hang on the same line of the same HUB. */
static void
test_shared_parents (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  GListModel   *roots = plancia_plant_get_entries (plant);
  PlanciaEntry *first = add (plant, "hub://192.0.2.2/inverters/1");
  PlanciaEntry *second = add (plant, "hub://192.0.2.2/inverters/2");
  PlanciaEntry *meter = add (plant, "hub://192.0.2.2/meters/1");

  g_assert_cmpuint (g_list_model_get_n_items (roots), ==, 1);
  g_assert_true (plancia_entry_get_parent (first) == plancia_entry_get_parent (second));
  g_assert_true (plancia_entry_get_parent (plancia_entry_get_parent (first)) ==
                 plancia_entry_get_parent (plancia_entry_get_parent (meter)));
  g_assert_cmpstr (plancia_entry_get_kind (meter), ==, "meter");
  g_assert_true (add (plant, "hub://192.0.2.2/inverters/1") == first);
}

static void
portal_accepted_cb (PlanciaPortalDialog *dialog, PlanciaPlant *plant)
{
  PlanciaEntry *account = plancia_portal_dialog_apply (dialog, plant);

  g_assert_cmpuint (g_list_model_get_n_items (plancia_entry_get_children (account)), ==, 2);
}

static gboolean
has_entries (gpointer plant)
{
  return g_list_model_get_n_items (plancia_plant_get_entries (plant)) > 0;
}

/* Without a keyring the credentials stay in memory, and the dialog knows. */
static void
test_portal (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  g_autofree char *key = plancia_portal_dialog_clean (" \"Zcs ABCDEF123456\"\r\n");
  GtkWindow       *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow       *dialog = plancia_portal_dialog_new (parent);
  GtkWidget       *button;

  g_assert_cmpstr (key, ==, "Zcs ABCDEF123456");
  g_signal_connect (dialog, "accepted", G_CALLBACK (portal_accepted_cb), plant);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  button = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Add account");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (find_row (dialog, ADW_TYPE_ENTRY_ROW, "Client code")), "me");
  gtk_editable_set_text (
    GTK_EDITABLE (find_row (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, "Authorization key")),
    key);
  gtk_editable_set_text (GTK_EDITABLE (find_row (dialog, ADW_TYPE_ENTRY_ROW, "Serial numbers")),
                         "ZE1, ZM2 ZE1");
  g_assert_true (gtk_widget_get_sensitive (button));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "add-portal"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ui_fixture_wait (has_entries, plant, 20000));
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/add-device-dialog/form-to-plant", test_form_to_plant);
  g_test_add_func ("/ui/add-device-dialog/checked-as-typed", test_text_is_checked_as_typed);
  g_test_add_func ("/ui/add-device-dialog/words-of-faults", test_words_of_faults);
  g_test_add_func ("/ui/add-device-dialog/form-round-trip", test_form_round_trip);
  g_test_add_func ("/ui/add-device-dialog/shared-parents", test_shared_parents);
  g_test_add_func ("/ui/portal-dialog/accounts", test_portal);
  g_test_add_func ("/ui/add-device-dialog/maps-are-listed", test_maps_are_listed);
  g_test_add_func ("/ui/add-device-dialog/closed-at-once", test_closed_at_once);
  return g_test_run ();
}
