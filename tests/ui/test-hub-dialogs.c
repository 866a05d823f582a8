/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"
#include "ui/connection-dialog.h"
#include "ui/hub-consent.h"
#include "ui/hub-setup-dialog.h"
#include "ui/stick-overview.h"
#include "ui/sweep-dialog.h"

static GtkWidget *
find (gpointer root, GType type, const char *text)
{
  GtkWidget *widget = ui_fixture_find (GTK_WIDGET (root), type, text);

  g_assert_nonnull (widget);
  return widget;
}

static void
take_pictures (GtkWindow *dialog, const char *name)
{
  g_autofree char *light = g_strconcat (name, "-light", NULL);
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);

  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), light));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), dark));
  ui_fixture_set_dark (FALSE);
}

static void
show (GtkWindow *dialog)
{
  gtk_window_present (dialog);
  ui_fixture_settle ();
}

/* --- set up ---------------------------------------------------------------------------------- */

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer text)
{
  return *(char **) text != NULL;
}

/* The steps and the password are the vendor's own. */
static void
test_set_up (void)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("hub://[2001:db8::5]/meters", NULL);
  GtkWindow       *dialog = plancia_hub_setup_dialog_new (NULL, address, FALSE);
  GdkClipboard    *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (dialog));
  g_autofree char *text = NULL;

  show (dialog);
  find (dialog, GTK_TYPE_LABEL, "http://[2001:db8::5]/");
  find (dialog, ADW_TYPE_ACTION_ROW, "Settings \xe2\x86\x92 WiFi Station \xe2\x86\x92 Local MAC");
  find (dialog, ADW_TYPE_ACTION_ROW, "Minimum Operation Time (s)");
  g_assert_true (gtk_widget_get_sensitive (find (dialog, GTK_TYPE_BUTTON, "Open in the browser")));
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "Copy"), "clicked");
  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  g_assert_true (ui_fixture_wait (has_text, &text, 20000));
  g_assert_cmpstr (text, ==, "0715");
  take_pictures (dialog, "hub-setup");
  gtk_window_destroy (dialog);
}

static void
test_set_up_simulated (void)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("hub://127.0.0.1", NULL);
  GtkWindow *dialog = plancia_hub_setup_dialog_new (NULL, address, TRUE);

  show (dialog);
  find (dialog, GTK_TYPE_LABEL, "The simulated HUB has no portal.");
  g_assert_false (gtk_widget_get_sensitive (find (dialog, GTK_TYPE_BUTTON, "Open in the browser")));
  gtk_window_destroy (dialog);
}

/* --- looking for units ----------------------------------------------------------------------- */

static gboolean
is_done (gpointer dialog)
{
  return ui_fixture_find (dialog, GTK_TYPE_LABEL, "Done: 3 units answer.") != NULL;
}

static PlanciaDevice *
find_device (UiPlant *plant, const char *name)
{
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (plant->plant);
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);

  for (guint i = 0; i < devices->len; i++) {
    if (g_str_equal (plancia_device_get_name (g_ptr_array_index (devices, i)), name))
      return g_ptr_array_index (devices, i);
  }
  return NULL;
}

/* What is there already is not offered, what is damaged neither; the rest comes into the plant with one click. */
static void
test_sweep (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWindow       *dialog;
  GtkWidget       *add;
  PlanciaDevice   *added;
  g_autofree char *address = NULL;

  plancia_open_plant_hold_hubs (plant->plant);
  plancia_hub_consent_give ();
  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_OPEN, NULL);
  fake_backend_set_unit (plant->hybrid_backend, 1, FAKE_UNIT_SERIAL);
  fake_backend_set_unit (plant->hybrid_backend, 4, FAKE_UNIT_SERIAL);
  fake_backend_set_unit (plant->hybrid_backend, 6, FAKE_UNIT_DAMAGED);
  g_assert_true (plancia_sweep_dialog_is_possible (plant->hybrid));
  g_assert_false (plancia_sweep_dialog_is_possible (plant->inverter));

  dialog = plancia_sweep_dialog_new (NULL, plant->plant, plant->hybrid);
  show (dialog);
  g_assert_cmpuint (fake_backend_count_raw (plant->hybrid_backend), ==, 0);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "_Start"), "clicked");
  g_assert_true (ui_fixture_wait (is_done, dialog, 20000));
  g_assert_cmpuint (fake_backend_count_raw (plant->hybrid_backend), ==, 32);
  find (dialog, GTK_TYPE_LABEL, "In the plant already");
  find (dialog, GTK_TYPE_LABEL, "AB12");
  take_pictures (dialog, "sweep");

  add = find (dialog, GTK_TYPE_BUTTON, "Add");
  g_signal_emit_by_name (add, "clicked");
  g_assert_null (ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Add"));
  added = find_device (plant, "Inverter 4");
  g_assert_nonnull (added);
  address =
    plancia_address_to_string (plancia_entry_get_address (plancia_device_get_entry (added)));
  g_assert_cmpstr (address, ==, "hub://192.0.2.20/inverters/4");
  g_assert_true (plancia_device_get_parent (added) == plancia_device_get_parent (plant->hybrid));
  gtk_window_destroy (dialog);
}

/* Four meters at most are looked for on a line of which the plant has nothing. */
static void
test_sweep_new_line (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (PlanciaAddress) line = plancia_address_parse ("hub://192.0.2.20/meters", NULL);
  GtkWindow *dialog = plancia_sweep_dialog_new_for_address (NULL, plant->plant, line);

  show (dialog);
  g_assert_cmpint (
    gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (
      find (find (dialog, ADW_TYPE_ACTION_ROW, "Last unit"), GTK_TYPE_SPIN_BUTTON, NULL))),
    ==,
    4);
  gtk_window_destroy (dialog);
}

/* A line that another client took is not touched before a yes. */
static void
test_sweep_asks (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWindow  *dialog = plancia_sweep_dialog_new (NULL, plant->plant, plant->hybrid);
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow  *question = NULL;

  plancia_hub_consent_give ();
  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_TAKEN_OVER, NULL);
  plancia_device_update (plant->hybrid);
  show (dialog);
  g_signal_emit_by_name (find (dialog, GTK_TYPE_BUTTON, "_Start"), "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (fake_backend_count_raw (plant->hybrid_backend), ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      question = window;
  }
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  gtk_window_destroy (question);
  g_assert_cmpuint (fake_backend_count_raw (plant->hybrid_backend), ==, 0);
  gtk_window_destroy (dialog);
}

/* --- connection ------------------------------------------------------------------------------ */

static void
test_connection (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWindow       *dialog;
  GtkWidget       *apply;
  PlanciaEntry    *entry = plancia_device_get_entry (plant->hybrid);
  g_autofree char *address = NULL;

  plancia_open_plant_hold_hubs (plant->plant);
  g_assert_false (plancia_connection_dialog_is_possible (plant->portal));
  g_assert_false (plancia_connection_dialog_is_possible (plant->hub));
  g_assert_true (plancia_connection_dialog_is_possible (plant->hybrid));
  dialog = plancia_connection_dialog_new (NULL, plant->plant, plant->hybrid);
  show (dialog);
  apply = find (dialog, GTK_TYPE_BUTTON, "_Apply");
  g_assert_false (gtk_widget_get_sensitive (apply));
  g_assert_null (ui_fixture_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "Framing"));
  g_assert_null (ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "A shorter delay may harm"));

  gtk_spin_button_set_value (
    GTK_SPIN_BUTTON (find (find (dialog, ADW_TYPE_ACTION_ROW, "Pause between two requests"),
                           GTK_TYPE_SPIN_BUTTON,
                           NULL)),
    0.5);
  ui_fixture_settle ();
  find (dialog, GTK_TYPE_LABEL, "A shorter delay may harm");
  g_assert_true (gtk_widget_get_sensitive (apply));
  take_pictures (dialog, "connection");
  g_signal_emit_by_name (apply, "clicked");
  address = plancia_address_to_string (plancia_entry_get_address (entry));
  g_assert_cmpstr (address, ==, "hub://192.0.2.20/inverters/1?spacing=500");
}

/* The page of a stick says by which framing it answers. */
static void
test_framing (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (PlanciaAddress) eth = plancia_address_parse ("eth-stick://192.0.2.10", NULL);
  g_autoptr (PlanciaAddress)
    forced = plancia_address_parse ("eth-stick://192.0.2.10?framing=rtu", NULL);
  PlanciaLinkQuality quality = {.framing = "Modbus TCP",
                                .requests = 900,
                                .errors = 3,
                                .skipped = 4};
  GtkWindow         *window;
  GtkWidget         *page;

  quality.kinds[PLANCIA_LINK_ERROR_TIMEOUT] = 2;
  quality.kinds[PLANCIA_LINK_ERROR_DAMAGED] = 1;
  plancia_entry_set_address (plancia_device_get_entry (plant->stick), eth);
  plancia_device_set_backend (plant->stick, PLANCIA_BACKEND (plant->inverter_backend));
  page = plancia_stick_overview_new (plant->session, plant->stick);
  window = ui_fixture_present (page, 760, 640);
  find (window, GTK_TYPE_LABEL, "Found by itself when the stick answers");

  fake_backend_set_quality (plant->inverter_backend, &quality);
  ui_plant_apply_number (plant, plant->inverter, "pv_power", 3000);
  fake_backend_set_state (plant->inverter_backend, PLANCIA_STATE_OPENING, NULL);
  plancia_device_update (plant->inverter);
  fake_backend_set_state (plant->inverter_backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_update (plant->inverter);
  ui_fixture_settle ();
  find (window, GTK_TYPE_LABEL, "Modbus TCP, found by itself");
  find (window, GTK_TYPE_LABEL, "2 without answer \xc2\xb7 1 damaged");
  find (window, GTK_TYPE_LABEL, "Skipped cycles");
  take_pictures (window, "stick-framing");

  plancia_entry_set_address (plancia_device_get_entry (plant->stick), forced);
  g_signal_emit_by_name (plant->plant, "document-changed");
  ui_fixture_settle ();
  find (window, GTK_TYPE_LABEL, "RTU over TCP");
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/hub-dialogs/set-up", test_set_up);
  g_test_add_func ("/hub-dialogs/set-up-simulated", test_set_up_simulated);
  g_test_add_func ("/hub-dialogs/sweep", test_sweep);
  g_test_add_func ("/hub-dialogs/sweep-new-line", test_sweep_new_line);
  g_test_add_func ("/hub-dialogs/sweep-asks", test_sweep_asks);
  g_test_add_func ("/hub-dialogs/connection", test_connection);
  g_test_add_func ("/hub-dialogs/framing", test_framing);
  return g_test_run ();
}
