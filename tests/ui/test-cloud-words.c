/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every fault of the simulated clouds is seen in the window, with its words, in both languages. */
#include "base/clock.h"
#include "cloud-words.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "simulator/faults.h"
#include "simulator/simulator.h"
#include "ui/account-trial.h"
#include "ui/banner.h"
#include "ui/download-row.h"
#include "ui/portal-dialog.h"
#include "ui/profile-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define LIMIT 30000
#define THING "ZP1ES106K00003"

/* Invented. */
#define KEYS  ",\"client\":\"WordsClient\",\"key\":\"Zcs WORDS0000001\""
#define TOKEN ",\"token\":\"WordsToken0001\""

static const char account[] =
  "{\"kind\":\"portal\",\"name\":\"%s\",\"route\":\"%s\",\"account\":\"%s\"%s},"
  "{\"kind\":\"thing\",\"name\":\"%s thing\",\"parent\":\"%s\",\"of\":\"Hybrid\"}";

static const char scenario[] =
  "{\"format\":\"plancia-scenario\",\"version\":1,\"place\":{\"latitude\":43.46,\"longitude\":11.88,"
  "\"zone\":\"Europe/Rome\"},\"start\":\"2026-06-12T11:05:30+02:00\",\"commissioned\":\"2026-06-02\","
  "\"seed\":7,\"speed\":%d,\"devices\":["
  "{\"kind\":\"stick\",\"name\":\"Wifi\",\"route\":\"wifi-stick\",\"serial\":\"2712345678\"},"
  "{\"kind\":\"inverter\",\"name\":\"Hybrid\",\"parent\":\"Wifi\",\"map\":\"zcs-3ph-hyd-g3\","
  "\"serial\":\"" THING "\",\"ratings\":{\"peak\":6600,\"limit\":6000,\"load\":\"home\","
  "\"capacity\":10240,\"battery_power\":3600}},%s]}";

/* Several accounts at once, one for each fault that takes time. */
static const char *const names[] = {"A", "B", "C", "D"};

/* --- simulators ------------------------------------------------------------------------------ */

static char *
describe_account (const char *name, const char *route, const char *more)
{
  return g_strdup_printf (account, name, route, name, more, name, name);
}

static PlanciaSimulator *
simulate (int speed)
{
  g_autoptr (GString) accounts = g_string_new (NULL);
  g_autofree char *system = describe_account ("New", "system", TOKEN);
  g_autofree char *locked = describe_account ("Locked", "portal", KEYS ",\"tls\":\"self-signed\"");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaScenario) made = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaSimulator *simulator;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *one = describe_account (names[i], "portal", KEYS);

    g_string_append_printf (accounts, "%s,", one);
  }
  g_string_append_printf (accounts, "%s,%s", system, locked);
  text = g_strdup_printf (scenario, speed, accounts->str);
  bytes = g_bytes_new (text, strlen (text));
  made = plancia_scenario_new_from_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  simulator = plancia_simulator_new (made);
  g_assert_true (plancia_simulator_start (simulator, &error));
  plancia_clock_simulate (plancia_simulator_now (simulator), speed);
  return simulator;
}

static void
stop (PlanciaSimulator *simulator)
{
  plancia_simulator_stop (simulator);
  g_object_unref (simulator);
  plancia_clock_reset ();
}

static const PlanciaSimulatorCloud *
find_cloud (PlanciaSimulator *simulator, const char *name)
{
  GPtrArray *clouds = plancia_simulator_get_clouds (simulator);

  for (guint i = 0; i < clouds->len; i++)
    if (g_str_equal (((PlanciaSimulatorCloud *) g_ptr_array_index (clouds, i))->account, name))
      return g_ptr_array_index (clouds, i);
  g_assert_not_reached ();
}

static void
set_fault (PlanciaSimulator *simulator, const char *name, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (simulator, name, fault, &error);
  g_assert_no_error (error);
}

/* The shipped profile, with another address and the shortest limits. */
static char *
make_profile (gboolean system, const char *url)
{
  g_autoptr (PlanciaCloudProfile)
    profile = plancia_cloud_profile_shipped (system ? PLANCIA_CLOUD_SYSTEM : PLANCIA_CLOUD_PORTAL);
  g_autoptr (GString) text = g_string_new (profile->text);

  g_string_replace (text, profile->base_url, url, 0);
  g_string_replace (text, "\"minimum\": 10", "\"minimum\": 3", 0);
  g_string_replace (text, "\"realtime\": 30", "\"realtime\": 3", 0);
  g_string_replace (text, "\"realtime\": 10", "\"realtime\": 3", 0);
  g_string_replace (text, "[2, 6, 18]", "[]", 0);
  /* Longer than the old cloud answers at once. */
  g_string_replace (text, "\"maxRangeHours\": 24", "\"maxRangeHours\": 48", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- the dialog of an account ---------------------------------------------------------------- */

static GtkEditable *
find_entry (GtkWidget *root, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkEditable *found = NULL;

    if (ADW_IS_ENTRY_ROW (child) && gtk_widget_get_visible (child) &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
      return GTK_EDITABLE (child);
    found = find_entry (child, title);
    if (found)
      return found;
  }
  return NULL;
}

static void
write_row (GtkWindow *dialog, const char *title, const char *text)
{
  GtkEditable *row = find_entry (GTK_WIDGET (dialog), title);

  g_assert_nonnull (row);
  gtk_editable_set_text (row, text);
}

static void
press (gpointer root, const char *label)
{
  GtkWidget *button = ui_fixture_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GtkWindow *
find_window (GType type, const char *button)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_visible (l->data) &&
        (!button || ui_fixture_find (l->data, GTK_TYPE_BUTTON, button)))
      return l->data;
  g_assert_not_reached ();
}

static void
use_profile (GtkWindow *dialog, gboolean system, const char *url)
{
  g_autofree char *text = make_profile (system, url);
  GtkWindow       *editor;
  GtkWidget       *view;

  press (dialog, _ ("_Edit…"));
  editor = find_window (PLANCIA_TYPE_PROFILE_DIALOG, NULL);
  view = ui_fixture_find (GTK_WIDGET (editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  press (editor, _ ("_Use this profile"));
  ui_fixture_settle ();
}

static GtkWindow *
open_dialog (const PlanciaSimulatorCloud *cloud, const char *url)
{
  gboolean   system = cloud->token != NULL;
  GtkWindow *dialog = plancia_portal_dialog_new (NULL);

  gtk_window_present (dialog);
  ui_fixture_settle ();
  if (system)
    gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (
        ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_TOGGLE_BUTTON, "Azzurro System")),
      TRUE);
  if (system) {
    write_row (dialog, _ ("Token"), cloud->token);
    write_row (dialog, _ ("Address of the service"), url);
  } else {
    write_row (dialog, _ ("Client code"), cloud->client);
    write_row (dialog, _ ("Authorization key"), cloud->key);
  }
  write_row (dialog, _ ("Serial numbers"), THING);
  use_profile (dialog, system, url);
  return dialog;
}

static GtkWidget *
find_trial (gpointer dialog)
{
  return ui_fixture_find (dialog, PLANCIA_TYPE_ACCOUNT_TRIAL, NULL);
}

static const char *
verdict_of (gpointer dialog)
{
  GtkWidget *box = gtk_widget_get_first_child (find_trial (dialog));

  return gtk_label_get_text (GTK_LABEL (ui_fixture_find (box, GTK_TYPE_LABEL, NULL)));
}

/* As often as it takes: a limit of requests has to be reached. */
static const char *
verdict_again (gpointer dialog)
{
  static char said[400];
  GtkWidget  *button = ui_fixture_find (find_trial (dialog), GTK_TYPE_BUTTON, _ ("_Try again"));

  if (!button || !gtk_widget_get_sensitive (button))
    return "";
  g_strlcpy (said, verdict_of (dialog), sizeof said);
  g_signal_emit_by_name (button, "clicked");
  return said;
}

static void
expect_test (const CloudWords *row, GtkWindow *dialog)
{
  plancia_account_trial_run (PLANCIA_ACCOUNT_TRIAL (find_trial (dialog)));
  cloud_words_expect (row,
                      row->fault && g_str_equal (row->fault, "rate-limit") ? verdict_again
                                                                           : verdict_of,
                      dialog);
}

static void
test_at (CloudWordsPlace place, const char *name)
{
  PlanciaSimulator            *simulator = simulate (1);
  const PlanciaSimulatorCloud *cloud = find_cloud (simulator, name);
  GtkWindow                   *dialog = open_dialog (cloud, cloud->url);

  for (const CloudWords *row = cloud_words; row->words; row++) {
    if (row->place != place || !row->fault)
      continue;
    set_fault (simulator, name, row->fault);
    expect_test (row, dialog);
  }
  gtk_window_destroy (dialog);
  stop (simulator);
}

static void
test_server (gconstpointer language)
{
  cloud_words_speak (language);
  test_at (CLOUD_WORDS_TEST, "A");
}

static void
test_system (gconstpointer language)
{
  cloud_words_speak (language);
  test_at (CLOUD_WORDS_SYSTEM, "New");
}

/* Rows without a fault say with which address. */
static void
test_way (gconstpointer language)
{
  PlanciaSimulator            *simulator = simulate (1);
  const PlanciaSimulatorCloud *cloud = find_cloud (simulator, "A");

  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    GtkWindow *dialog;

    if (row->fault)
      continue;
    dialog = open_dialog (cloud, row->about);
    expect_test (row, dialog);
    gtk_window_destroy (dialog);
  }
  stop (simulator);
}

/* All at once. */
static void
test_slow (gconstpointer language)
{
  PlanciaSimulator *simulator = simulate (1);
  const CloudWords *rows[G_N_ELEMENTS (names)];
  GtkWindow        *dialogs[G_N_ELEMENTS (names)];
  guint             n = 0;

  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    const PlanciaSimulatorCloud *cloud;

    if (row->place != CLOUD_WORDS_SLOW)
      continue;
    g_assert_cmpuint (n, <, G_N_ELEMENTS (names));
    cloud = find_cloud (simulator, names[n]);
    set_fault (simulator, names[n], row->fault);
    rows[n] = row;
    dialogs[n++] = open_dialog (cloud, cloud->url);
  }
  for (guint i = 0; i < n; i++)
    plancia_account_trial_run (PLANCIA_ACCOUNT_TRIAL (find_trial (dialogs[i])));
  for (guint i = 0; i < n; i++) {
    cloud_words_expect (rows[i], verdict_of, dialogs[i]);
    gtk_window_destroy (dialogs[i]);
  }
  stop (simulator);
}

/* The first certificate is trusted by a person, as they would; then there is another. */
static void
test_locked (gconstpointer language)
{
  PlanciaSimulator            *simulator = simulate (1);
  const PlanciaSimulatorCloud *cloud = find_cloud (simulator, "Locked");
  const CloudWords             works = {CLOUD_WORDS_LOCKED,
                                        "none",
                                        "trusted",
                                        "Accepted. %s sent its values %s ago.",
                                        NULL};
  GtkWindow                   *dialog;

  cloud_words_speak (language);
  dialog = open_dialog (cloud, cloud->url);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    GtkWindow *question;

    if (row->place != CLOUD_WORDS_LOCKED)
      continue;
    set_fault (simulator, "Locked", row->fault);
    expect_test (row, dialog);
    press (dialog, _ ("Look at the _certificate…"));
    ui_fixture_settle ();
    question = find_window (ADW_TYPE_MESSAGE_DIALOG, NULL);
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "trust");
    gtk_window_destroy (question);
    cloud_words_expect (&works, verdict_of, dialog);
  }
  gtk_window_destroy (dialog);
  stop (simulator);
}

/* --- a device of an account ------------------------------------------------------------------ */

typedef struct
{
  PlanciaSimulator *simulator;
  PlanciaSession   *session;
  PlanciaOpenPlant *plant;
  PlanciaDevice    *account;
  PlanciaDevice    *thing;
  GtkWindow        *window;
  GtkWidget        *banner;
  GtkWidget        *row;
  char             *folder;
} Watched;

static PlanciaEntry *
add_entry (PlanciaPlant *plant, PlanciaEntry *parent, const char *kind, const char *address)
{
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, NULL);
  PlanciaEntry *entry;

  g_assert_nonnull (parsed);
  entry = plancia_entry_new (kind, kind, kind, parsed);
  plancia_plant_add (plant, parent, entry);
  g_object_unref (entry);
  return entry;
}

static void
keep_account (const PlanciaSimulatorCloud *cloud)
{
  g_autofree char *profile = make_profile (FALSE, cloud->url);
  g_autoptr (GError) error = NULL;

  plancia_secrets_remember ("words", "client", cloud->client);
  plancia_secrets_remember ("words", "key", cloud->key);
  plancia_cloud_settings_save_profile ("words", profile, &error);
  g_assert_no_error (error);
}

static Watched *
watched_new (int speed)
{
  Watched *self = g_new0 (Watched, 1);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Words");
  g_autofree char   *store = NULL;
  PlanciaEntry      *entry;
  PlanciaDeviceTree *tree;

  self->simulator = simulate (speed);
  self->folder = g_dir_make_tmp ("plancia-words-XXXXXX", NULL);
  store = g_build_filename (self->folder, "history.sqlite", NULL);
  keep_account (find_cloud (self->simulator, "A"));
  plancia_plant_set_place (plant, "Europe/Rome", 43.46, 11.88);
  entry = add_entry (plant, NULL, "portal", "portal://words");
  add_entry (plant, entry, "thing", "portal://words/" THING);
  self->plant = plancia_open_plant_new (plant, store);
  plancia_open_plant_keep_downloads (self->plant, NULL);
  tree = plancia_open_plant_get_tree (self->plant);
  self->account = plancia_device_tree_find (tree, "portal");
  self->thing = plancia_device_tree_find (tree, "thing");
  self->session = plancia_session_new ();
  plancia_session_set_plant (self->session, self->plant);
  plancia_session_set_device (self->session, self->thing);
  self->banner = g_object_new (PLANCIA_TYPE_BANNER, "session", self->session, NULL);
  self->window = ui_fixture_present (self->banner, 900, 60);
  plancia_open_plant_start (self->plant);
  return self;
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
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir)) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder);
}

static void
watched_free (Watched *self)
{
  gboolean closed = FALSE;

  plancia_session_set_plant (self->session, NULL);
  gtk_window_destroy (self->window);
  plancia_open_plant_close_async (self->plant, closed_cb, &closed);
  g_assert_true (ui_fixture_wait (is_true, &closed, LIMIT));
  g_object_unref (self->plant);
  g_object_unref (self->session);
  stop (self->simulator);
  plancia_cloud_settings_forget ("words");
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

static gboolean
is_live (gpointer data)
{
  return plancia_device_get_mark (((Watched *) data)->thing) == PLANCIA_MARK_LIVE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PlanciaReadings *readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, NULL);

  g_clear_pointer (&readings, plancia_readings_unref);
  *(gboolean *) data = TRUE;
}

/* What the banner says, after asking once more. */
static const char *
banner_of (gpointer data)
{
  Watched        *self = data;
  static gboolean idle = TRUE;
  GtkWidget      *label;

  if (idle) {
    idle = FALSE;
    plancia_backend_read_async (plancia_device_get_backend (self->thing),
                                plancia_device_get_id (self->thing),
                                NULL,
                                NULL,
                                asked_cb,
                                &idle);
  }
  ui_fixture_wait (is_true, &idle, LIMIT);
  label = ui_fixture_find (self->banner, GTK_TYPE_LABEL, NULL);
  return label && gtk_widget_get_visible (self->banner) ? gtk_label_get_text (GTK_LABEL (label))
                                                        : "";
}

static void
test_banner (gconstpointer language)
{
  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    gboolean stuck = g_strcmp0 (row->fault, "stuck-power") == 0;
    Watched *self;

    if (row->place != CLOUD_WORDS_BANNER)
      continue;
    /* What stands still has to stand still for a while. */
    self = watched_new (stuck ? 600 : 1);
    if (!g_str_equal (row->fault, "frozen"))
      g_assert_true (ui_fixture_wait (is_live, self, LIMIT));
    set_fault (self->simulator, "A", row->fault);
    if (g_str_equal (row->fault, "frozen"))
      plancia_open_plant_connect (self->plant, self->account);
    cloud_words_expect (row, banner_of, self);
    watched_free (self);
  }
}

static const char *
download_of (gpointer data)
{
  GtkWidget *progress = ui_fixture_find (gtk_widget_get_last_child (data), GTK_TYPE_LABEL, NULL);

  return gtk_label_get_text (GTK_LABEL (progress));
}

/* Two days before yesterday, in one piece. */
static void
test_download (gconstpointer language)
{
  Watched *self;

  cloud_words_speak (language);
  self = watched_new (1);
  g_assert_true (ui_fixture_wait (is_live, self, LIMIT));
  for (const CloudWords *row = cloud_words; row->words; row++) {
    PlanciaDownloads *downloads = plancia_open_plant_get_downloads (self->plant);
    gint64            end = plancia_clock_now () - PLANCIA_DAY;
    PlanciaSpan       span = {end - 48 * PLANCIA_HOUR, end};
    PlanciaDownload  *download;
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
    GtkWindow *window;
    GtkWidget *shown, *scrolled;

    if (row->place != CLOUD_WORDS_DOWNLOAD)
      continue;
    set_fault (self->simulator, "A", row->fault);
    download = plancia_downloads_add (downloads,
                                      plancia_device_get_backend (self->thing),
                                      plancia_device_get_id (self->thing),
                                      row->about,
                                      span);
    shown = plancia_download_row_new (download, row->fault, zone);
    scrolled = gtk_scrolled_window_new ();
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), shown);
    window = ui_fixture_present (scrolled, 420, 200);
    cloud_words_expect (row, download_of, shown);
    gtk_window_destroy (window);
    plancia_downloads_remove (downloads, download);
  }
  watched_free (self);
}

/* --- nothing is without words ---------------------------------------------------------------- */

static gboolean
has_words (const char *fault)
{
  for (const CloudWords *row = cloud_words; row->words; row++)
    if (g_strcmp0 (row->fault, fault) == 0)
      return TRUE;
  return FALSE;
}

static void
test_complete (void)
{
  static const char *const kinds[] = {"portal", "system", "thing"};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (const char *const *fault = plancia_faults_list (kinds[i]); *fault; fault++)
      if (!has_words (*fault))
        g_error ("%s: the fault %s is in no row of tests/ui/cloud-words.c", kinds[i], *fault);
}

static void
add_tests (const char *language)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    {"server",   test_server  },
    {"system",   test_system  },
    {"way",      test_way     },
    {"slow",     test_slow    },
    {"locked",   test_locked  },
    {"banner",   test_banner  },
    {"download", test_download},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/ui/cloud-words/%s/%s", language, tests[i].name);

    g_test_add_data_func (path, language, tests[i].func);
  }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-cloud-words-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  cloud_words_init ();
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/ui/cloud-words/complete", test_complete);
  add_tests ("it");
  add_tests ("en");
  return g_test_run ();
}
