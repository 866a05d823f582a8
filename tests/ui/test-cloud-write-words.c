/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A write through the simulated System account, reviewed and sent in the window: how each of its troubles is told. */
#include "backend/backend-cloud.h"
#include "backend/cloud-writes.h"
#include "base/clock.h"
#include "cloud-words.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "simulator/simulator.h"
#include "ui/callback-service.h"
#include "ui/cloud-read-back.h"
#include "ui/cloud-write-row.h"
#include "ui/review-dialog.h"
#include "ui/settings.h"
#include "ui/system-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#define LIMIT   30000
#define SYSTEM  "System"
#define THING   "ZP1ES106K00003"
#define TOKEN   "WordsToken0001"
#define SETTING "storage_mode"
/* ms: long enough for an answer that comes, also on a busy computer; those that do not come are waited for as long. */
#define PATIENCE 500

static const char scenario[] =
  "{\"format\":\"plancia-scenario\",\"version\":1,\"place\":{\"latitude\":43.46,\"longitude\":11.88,"
  "\"zone\":\"Europe/Rome\"},\"start\":\"2026-06-12T14:05:30+02:00\",\"commissioned\":\"2026-06-02\","
  "\"seed\":7,\"devices\":["
  "{\"kind\":\"stick\",\"name\":\"Wifi\",\"route\":\"wifi-stick\",\"serial\":\"2712345678\"},"
  "{\"kind\":\"inverter\",\"name\":\"Hybrid\",\"parent\":\"Wifi\",\"map\":\"zcs-3ph-hyd-g3\","
  "\"serial\":\"" THING "\",\"ratings\":{\"peak\":6600,\"limit\":6000,\"load\":\"home\","
  "\"capacity\":10240,\"battery_power\":3600}},"
  "{\"kind\":\"portal\",\"name\":\"" SYSTEM "\",\"route\":\"system\",\"account\":\"office\","
  "\"token\":\"" TOKEN "\",\"callback_delay\":0.05,\"callback_late\":1.0},"
  "{\"kind\":\"thing\",\"name\":\"Thing\",\"parent\":\"" SYSTEM "\",\"of\":\"Hybrid\"}]}";

typedef struct
{
  PlanciaSimulator     *simulator;
  PlanciaSession       *session;
  PlanciaOpenPlant     *plant;
  PlanciaDevice        *inverter;
  PlanciaDevice        *thing;
  PlanciaRegisterModel *model;
  GtkWidget            *panel;
  GtkWindow            *window;
  guint                 mode;   /* that the device has */
  guint                 bodies; /* that were there before */
} Fixture;

/* --- the plant ------------------------------------------------------------------------------- */

static const char *
find_address (Fixture *self, const char *name)
{
  GPtrArray *devices = plancia_simulator_get_devices (self->simulator);

  for (guint i = 0; i < devices->len; i++)
    if (g_str_equal (((PlanciaSimulatorDevice *) g_ptr_array_index (devices, i))->name, name))
      return ((PlanciaSimulatorDevice *) g_ptr_array_index (devices, i))->address;
  g_assert_not_reached ();
}

static PlanciaEntry *
add_entry (PlanciaPlant *plant, PlanciaEntry *parent, const char *kind, const char *address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_nonnull (parsed);
  entry = plancia_entry_new (kind, kind, kind, parsed);
  plancia_plant_add (plant, parent, entry);
  return entry; /* the plant's */
}

static void
keep_account (Fixture *self)
{
  const PlanciaSimulatorCloud *cloud =
    g_ptr_array_index (plancia_simulator_get_clouds (self->simulator), 0);
  g_autoptr (PlanciaCloudProfile) profile = plancia_cloud_profile_shipped (PLANCIA_CLOUD_SYSTEM);
  g_autoptr (GString) text = g_string_new (profile->text);
  g_autoptr (GError) error = NULL;

  g_string_replace (text, profile->base_url, cloud->url, 0);
  plancia_secrets_remember ("office", "token", TOKEN);
  plancia_cloud_settings_save_profile ("office", text->str, &error);
  plancia_cloud_settings_set_verified ("office", plancia_clock_now (), &error);
  g_assert_no_error (error);
}

static gboolean
is_ready (gpointer data)
{
  Fixture *self = data;

  return plancia_device_get_mark (self->inverter) == PLANCIA_MARK_LIVE &&
         plancia_device_get_mark (self->thing) == PLANCIA_MARK_LIVE &&
         plancia_cloud_read_back_find (self->plant, THING) != NULL;
}

static gboolean
is_listening (gpointer data)
{
  return plancia_callback_receiver_get_state (plancia_callback_service_get ()) ==
         PLANCIA_RECEIVER_LISTENING;
}

/* On a port that is free now. */
static void
listen_for_answers (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16          port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);

  g_socket_listener_close (listener);
  g_settings_set_uint (plancia_settings_get (), "receiver-port", port);
  g_settings_set_string (plancia_settings_get (), "receiver-url", url);
  g_settings_set_boolean (plancia_settings_get (), "receiver-on", TRUE);
  g_assert_true (ui_fixture_wait (is_listening, NULL, LIMIT));
  plancia_callback_service_apply ();
}

static void
open_plant (Fixture *self)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Words");
  g_autofree char   *store = g_build_filename (g_getenv ("XDG_DATA_HOME"), "history.sqlite", NULL);
  PlanciaEntry      *entry;
  PlanciaDeviceTree *tree;

  plancia_plant_set_place (plant, "Europe/Rome", 43.46, 11.88);
  entry = add_entry (plant, NULL, "inverter", find_address (self, "Hybrid"));
  plancia_entry_set_map (entry, "zcs-3ph-hyd-g3");
  entry = add_entry (plant, NULL, "portal", "system://office");
  add_entry (plant, entry, "thing", "system://office/" THING);
  self->plant = plancia_open_plant_new (plant, store);
  tree = plancia_open_plant_get_tree (self->plant);
  self->inverter = plancia_device_tree_find (tree, "inverter");
  self->thing = plancia_device_tree_find (tree, "thing");
  self->session = plancia_session_new ();
  plancia_session_set_plant (self->session, self->plant);
  plancia_session_set_device (self->session, plancia_device_tree_find (tree, "portal"));
  plancia_session_set_installer (self->session, TRUE);
  plancia_open_plant_start (self->plant);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (scenario, strlen (scenario));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) made = plancia_scenario_new_from_bytes (bytes, "test", &error);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_assert_no_error (error);
  self->simulator = plancia_simulator_new (made);
  g_assert_true (plancia_simulator_start (self->simulator, &error));
  plancia_clock_simulate (plancia_simulator_now (self->simulator), 1);
  keep_account (self);
  open_plant (self);
  listen_for_answers ();
  plancia_cloud_writes_set_patience (plancia_cloud_writes_get_default (), PATIENCE);
  self->panel = plancia_system_panel_new (self->session,
                                          plancia_session_get_device (self->session));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->panel);
  self->window = ui_fixture_present (scrolled, 700, 900);
  if (!ui_fixture_wait (is_ready, self, LIMIT))
    g_error ("marks %d and %d",
             plancia_device_get_mark (self->inverter),
             plancia_device_get_mark (self->thing));
  self->model = plancia_register_model_new (plancia_device_get_map (self->inverter));
  plancia_backend_cloud_set_map (PLANCIA_BACKEND_CLOUD (plancia_device_get_backend (self->thing)),
                                 plancia_device_get_id (self->thing),
                                 plancia_device_get_map (self->inverter));
  self->bodies = g_list_model_get_n_items (G_LIST_MODEL (plancia_callback_service_get ()));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  plancia_open_plant_close_finish (PLANCIA_OPEN_PLANT (source), result, NULL);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gboolean closed = FALSE;

  plancia_session_set_plant (self->session, NULL);
  gtk_window_destroy (self->window);
  plancia_open_plant_close_async (self->plant, closed_cb, &closed);
  g_assert_true (ui_fixture_wait (is_true, &closed, LIMIT));
  plancia_callback_service_close ();
  g_object_unref (self->model);
  g_object_unref (self->plant);
  g_object_unref (self->session);
  plancia_simulator_stop (self->simulator);
  g_object_unref (self->simulator);
  plancia_cloud_settings_forget ("office");
  plancia_clock_reset ();
}

/* --- a write --------------------------------------------------------------------------------- */

static void
set_fault (Fixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (self->simulator, SYSTEM, fault, &error);
  g_assert_no_error (error);
}

static void
stage (Fixture *self, guint mode)
{
  PlanciaRegisterRow *row = plancia_register_model_find (self->model, SETTING);
  g_autofree char    *text = g_strdup_printf ("%u", mode);
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  plancia_field_parse (plancia_register_row_get_field (row), text, &value, &error);
  g_assert_no_error (error);
  plancia_register_model_stage (self->model, row, &value, &error);
  g_assert_no_error (error);
}

static guint
count_writes (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (plancia_cloud_writes_get_default ()));
}

static gboolean
is_over (gpointer data)
{
  GtkWidget *button = ui_fixture_find (data, GTK_TYPE_BUTTON, _ ("Close"));

  return button && gtk_widget_get_sensitive (button);
}

static void
write_reviewed (Fixture *self, guint mode)
{
  GtkWidget       *review, *button;
  g_autofree char *label = g_strdup_printf (ngettext ("Write %u setting", "Write %u settings", 1),
                                            1);

  stage (self, mode);
  review = plancia_review_dialog_new (self->session, self->thing, self->model);
  gtk_window_present (GTK_WINDOW (review));
  ui_fixture_settle ();
  button = ui_fixture_find (review, GTK_TYPE_BUTTON, label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  if (!ui_fixture_wait (is_over, review, LIMIT))
    g_error ("the review does not end");
  gtk_window_destroy (GTK_WINDOW (review));
}

/* --- what it says ---------------------------------------------------------------------------- */

static void
collect (GtkWidget *root, GString *text)
{
  if (!gtk_widget_get_visible (root))
    return;
  if (GTK_IS_LABEL (root))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static void
list_bodies (GtkWidget *root, GPtrArray *rows)
{
  if (ADW_IS_ACTION_ROW (root))
    g_ptr_array_add (rows, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    list_bodies (child, rows);
}

/* The newest write, and what came since it was sent. */
static const char *
panel_of (gpointer data)
{
  static char said[2000];
  Fixture    *self = data;
  GtkWidget  *write = ui_fixture_find (self->panel, PLANCIA_TYPE_CLOUD_WRITE_ROW, NULL);
  GtkWidget  *received = ui_fixture_find (self->panel, ADW_TYPE_EXPANDER_ROW, NULL);
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (plancia_callback_service_get ()));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  if (write)
    collect (write, text);
  list_bodies (received, rows);
  /* The first one is the expander's own. */
  for (guint i = 1; i < rows->len && i <= n - self->bodies; i++)
    g_string_append_printf (text,
                            "%s\n",
                            adw_preferences_row_get_title (g_ptr_array_index (rows, i)));
  g_strlcpy (said, text->str, sizeof said);
  return said;
}

static gboolean
reaches_device (const char *fault)
{
  static const char *const kept[] = {"write-refused",
                                     "write-offline",
                                     "callback-failed",
                                     "callback-lost",
                                     NULL};

  return !g_strv_contains (kept, fault);
}

static void
test_writes (Fixture *self, gconstpointer language)
{
  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    guint mode = self->mode == 0 ? 3 : 0;
    guint n = count_writes ();

    if (row->place != CLOUD_WORDS_WRITE)
      continue;
    set_fault (self, row->fault);
    self->bodies = g_list_model_get_n_items (G_LIST_MODEL (plancia_callback_service_get ()));
    write_reviewed (self, mode);
    g_assert_cmpuint (count_writes (), ==, n + 1);
    cloud_words_expect (row, panel_of, self);
    if (reaches_device (row->fault))
      self->mode = mode;
  }
  cairo_surface_destroy (
    ui_fixture_screenshot (GTK_WIDGET (self->window),
                           g_str_equal (language, "it") ? "cloud-writes-it" : "cloud-writes"));
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-write-words-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  cloud_words_init ();
  ui_fixture_init (&argc, &argv);
  g_test_add ("/ui/cloud-words/it/writes", Fixture, "it", set_up, test_writes, tear_down);
  g_test_add ("/ui/cloud-words/en/writes", Fixture, "en", set_up, test_writes, tear_down);
  return g_test_run ();
}
