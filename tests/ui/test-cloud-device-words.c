/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device of a simulated account shows of the faults of its cloud, and what a download says of them. */
#include "base/clock.h"
#include "cloud-simulated.h"
#include "cloud-words.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "ui/banner.h"
#include "ui/download-row.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define LIMIT 30000
#define THING CLOUD_SIMULATED_THING

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
  g_autofree char *profile = cloud_simulated_profile (FALSE, cloud->url, FALSE);
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

  self->simulator = cloud_simulated_new (speed);
  self->folder = g_dir_make_tmp ("plancia-words-XXXXXX", NULL);
  store = g_build_filename (self->folder, "history.sqlite", NULL);
  keep_account (cloud_simulated_find (self->simulator, "A"));
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
  cloud_simulated_stop (self->simulator);
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
    gboolean stuck = g_strcmp0 (row->fault, "stuck-power") == 0 ||
                     g_strcmp0 (row->fault, "replaced") == 0;
    Watched *self;

    if (row->place != CLOUD_WORDS_BANNER)
      continue;
    /* What stands still has to stand still for a while. */
    self = watched_new (stuck ? 600 : 1);
    if (!g_str_equal (row->fault, "frozen"))
      g_assert_true (ui_fixture_wait (is_live, self, LIMIT));
    cloud_simulated_fault (self->simulator, "A", row->fault);
    if (g_str_equal (row->fault, "frozen"))
      plancia_open_plant_connect (self->plant, self->account);
    cloud_words_expect (row, banner_of, self);
    watched_free (self);
  }
}

static gboolean
has_energies (gpointer data)
{
  Watched *self = data;

  return is_live (self) && plancia_device_lookup (self->thing, "energyGeneratingTotal") != NULL &&
         plancia_device_lookup (self->thing, "energyGeneratingTotal")->value.number < 100;
}

/* The person says that it was replaced: its counters are taken, and the plant keeps the answer. */
static void
test_replaced (gconstpointer language)
{
  const CloudWords asks = {CLOUD_WORDS_BANNER,
                           "replaced",
                           "asks",
                           "A lifetime counter stays lower than it was.",
                           NULL};
  Watched         *self;
  GtkWindow       *question;
  PlanciaEntry    *entry;

  cloud_words_speak (language);
  self = watched_new (600);
  entry = plancia_device_get_entry (self->thing);
  g_assert_true (ui_fixture_wait (is_live, self, LIMIT));
  cloud_simulated_fault (self->simulator, "A", "replaced");
  cloud_words_expect (&asks, banner_of, self);
  g_assert_true (g_str_has_prefix (plancia_entry_get_learnt (entry)->counters,
                                   "open energyAutoconsumingTotal="));
  cloud_simulated_press (self->banner, _ ("Replaced?"));
  ui_fixture_settle ();
  question = cloud_simulated_window (ADW_TYPE_MESSAGE_DIALOG, NULL);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (question), "cloud-replaced"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "replaced");
  gtk_window_destroy (question);
  g_assert_true (ui_fixture_wait (has_energies, self, LIMIT));
  g_assert_cmpstr (plancia_entry_get_learnt (entry)->counters, ==, "replaced");
  watched_free (self);
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
    cloud_simulated_fault (self->simulator, "A", row->fault);
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

int
main (int argc, char *argv[])
{
  static const char *const languages[] = {"it", "en"};
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    {"banner",   test_banner  },
    {"replaced", test_replaced},
    {"download", test_download},
  };
  g_autofree char *folder = g_dir_make_tmp ("plancia-cloud-words-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  cloud_words_init ();
  ui_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++) {
      g_autofree char *path =
        g_strdup_printf ("/ui/cloud-words/%s/%s", languages[i], tests[j].name);

      g_test_add_data_func (path, languages[i], tests[j].func);
    }
  return g_test_run ();
}
