/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "simulator/simulator.h"
#include "ui-fixture.h"
#include "ui/account-trial.h"
#include "ui/portal-dialog.h"
#include "ui/profile-dialog.h"

#define LIMIT   20000
#define ACCOUNT "Azzurro Portal"
#define THING   "ZP1ES106K00003"

static PlanciaSimulator *simulator;

static const PlanciaSimulatorCloud *
get_cloud (void)
{
  return g_ptr_array_index (plancia_simulator_get_clouds (simulator), 0);
}

static void
set_fault (const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (simulator, ACCOUNT, fault, &error);
  g_assert_no_error (error);
}

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
press (GtkWindow *dialog, const char *label)
{
  GtkWidget *button = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The shipped profile with the simulator's address. */
static char *
make_profile (void)
{
  g_autoptr (PlanciaCloudProfile) profile = plancia_cloud_profile_shipped (PLANCIA_CLOUD_PORTAL);
  g_autoptr (GString) text = g_string_new (profile->text);

  g_string_replace (text, profile->base_url, get_cloud ()->url, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

typedef struct
{
  GtkWidget  *trial;
  const char *words;
} Wanted;

/* A sentence that has these words is on the screen. */
static gboolean
says (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget    *box = gtk_widget_get_first_child (wanted->trial);
  GtkWidget    *label = ui_fixture_find (box, GTK_TYPE_LABEL, NULL);

  return label && strstr (gtk_label_get_text (GTK_LABEL (label)), wanted->words);
}

static void
expect (GtkWindow *dialog, const char *words)
{
  GtkWidget *trial = ui_fixture_find (GTK_WIDGET (dialog), PLANCIA_TYPE_ACCOUNT_TRIAL, NULL);
  Wanted     wanted = {trial, words};

  g_test_message ("%s", words);
  if (!ui_fixture_wait (says, &wanted, LIMIT))
    g_error ("it says: %s",
             gtk_label_get_text (GTK_LABEL (
               ui_fixture_find (gtk_widget_get_first_child (trial), GTK_TYPE_LABEL, NULL))));
}

/* Through the editor, as a person would. test: also there. */
static void
use_simulator (GtkWindow *dialog, gboolean test)
{
  g_autofree char *text = make_profile ();
  GtkWindow       *editor;
  GtkWidget       *view;

  press (dialog, "_Edit…");
  ui_fixture_settle ();
  editor = find_window (PLANCIA_TYPE_PROFILE_DIALOG);
  g_assert_nonnull (editor);
  view = ui_fixture_find (GTK_WIDGET (editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "{\"name\":1}", -1);
  g_assert_false (gtk_widget_get_sensitive (
    ui_fixture_find (GTK_WIDGET (editor), GTK_TYPE_BUTTON, "_Use this profile")));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (editor), "account-profile-wrong"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (editor), "account-profile"));
  if (test) {
    press (editor, "_Test connection");
    expect (editor, "Accepted");
  }
  press (editor, "_Use this profile");
  ui_fixture_settle ();
}

static GtkWindow *
open_dialog (GtkWindow *parent)
{
  const PlanciaSimulatorCloud *cloud = get_cloud ();
  GtkWindow                   *dialog = plancia_portal_dialog_new (parent);

  gtk_window_present (dialog);
  ui_fixture_settle ();
  write_row (dialog, "Client code", cloud->client);
  write_row (dialog, "Authorization key", cloud->key);
  write_row (dialog, "Serial numbers", THING);
  use_simulator (dialog, FALSE);
  return dialog;
}

static void
test_verdicts (void)
{
  static const struct
  {
    const char *fault;
    const char *words;
  } cases[] = {
    {"none",            "Accepted. " THING                },
    {"invalid-client",  "refused the credentials"         },
    {"502",             "overloaded"                      },
    {"503",             "overloaded"                      },
    {"429",             "asks to wait"                    },
    {"empty",           "empty answer"                    },
    {"html",            "web page"                        },
    {"cut",             "cannot be read"                  },
    {"refused-command", "refused the request"             },
    {"empty-value",     "does not know this serial number"},
    {"401",             "refused the credentials"         },
    {"huge",            "too long"                        },
    {"close",           "closed the connection"           },
  };
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 900, 760);
  GtkWindow *dialog = open_dialog (parent);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    set_fault (cases[i].fault);
    press (dialog, i == 0 ? "_Test connection" : "_Try again");
    expect (dialog, cases[i].words);
    if (i < 2)
      cairo_surface_destroy (
        ui_fixture_screenshot (GTK_WIDGET (dialog),
                               i == 0 ? "account-accepted" : "account-refused"));
  }
  set_fault ("none");
  gtk_window_destroy (parent);
}

static void
accepted_cb (PlanciaPortalDialog *dialog, PlanciaEntry **entry)
{
  PlanciaPlant *plant = g_object_get_data (G_OBJECT (dialog), "plant");

  *entry = plancia_portal_dialog_apply (dialog, plant);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
is_unset (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* A test that succeeded is remembered with the profile; the plant has neither. */
static void
test_keeps (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  GtkWindow       *parent = ui_fixture_present (gtk_label_new (""), 900, 760);
  GtkWindow       *dialog = open_dialog (parent);
  PlanciaEntry    *entry = NULL;
  PlanciaEntry    *applied = NULL;
  const char      *account;
  g_autofree char *secret = NULL;

  g_object_set_data (G_OBJECT (dialog), "plant", plant);
  g_signal_connect (dialog, "accepted", G_CALLBACK (accepted_cb), &entry);
  press (dialog, "_Test connection");
  expect (dialog, "Accepted");
  press (dialog, "_Add account");
  g_assert_true (ui_fixture_wait (is_set, &entry, LIMIT));
  account = plancia_address_get_account (plancia_entry_get_address (entry));
  g_assert_true (plancia_cloud_settings_has_own_profile (account));
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), >, 0);
  g_assert_null (plancia_entry_get_url (entry));
  secret = plancia_secrets_lookup (account, "client", NULL, NULL);
  g_assert_cmpstr (secret, ==, get_cloud ()->client);

  /* Opened again nothing of it is shown, and nothing has to be written. */
  dialog = plancia_portal_dialog_new_for (parent, entry);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  g_assert_cmpstr (gtk_editable_get_text (find_entry (GTK_WIDGET (dialog), "Client code")), ==, "");
  press (dialog, "_Test connection");
  expect (dialog, "Accepted");
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "account-change"));

  /* A profile that was edited after the test has not been tested. */
  use_simulator (dialog, FALSE);
  g_object_set_data (G_OBJECT (dialog), "plant", plant);
  g_signal_connect (dialog, "accepted", G_CALLBACK (accepted_cb), &applied);
  press (dialog, "_Apply");
  g_assert_true (ui_fixture_wait (is_set, &applied, LIMIT));
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 0);

  /* One that was tested where it was edited has. */
  dialog = plancia_portal_dialog_new_for (parent, entry);
  gtk_window_present (dialog);
  ui_fixture_settle ();
  use_simulator (dialog, TRUE);
  applied = NULL;
  g_object_set_data (G_OBJECT (dialog), "plant", plant);
  g_signal_connect (dialog, "accepted", G_CALLBACK (accepted_cb), &applied);
  press (dialog, "_Apply");
  g_assert_true (ui_fixture_wait (is_set, &applied, LIMIT));
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), >, 0);

  plancia_cloud_settings_forget (account);
  g_assert_false (plancia_cloud_settings_has_own_profile (account));
  gtk_window_destroy (parent);
}

/* A dialog that is closed while its test runs: the answer finds nobody. */
static void
test_closed_meanwhile (void)
{
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 900, 760);
  GtkWindow *dialog = open_dialog (parent);
  GObject   *trial =
    G_OBJECT (ui_fixture_find (GTK_WIDGET (dialog), PLANCIA_TYPE_ACCOUNT_TRIAL, NULL));
  gpointer there = trial;

  set_fault ("silent");
  press (dialog, "_Test connection");
  g_object_add_weak_pointer (trial, &there);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  ui_fixture_settle ();
  gtk_window_destroy (dialog);
  g_assert_null (dialog);
  g_assert_true (ui_fixture_wait (is_unset, &there, LIMIT));
  set_fault ("none");
  gtk_window_destroy (parent);
}

/* Credentials never go to a place that is not encrypted. */
static void
test_system (void)
{
  GtkWindow *parent = ui_fixture_present (gtk_label_new (""), 900, 760);
  GtkWindow *dialog = plancia_portal_dialog_new (parent);
  GtkWidget *add, *toggle;

  gtk_window_present (dialog);
  ui_fixture_settle ();
  toggle = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_TOGGLE_BUTTON, "Azzurro System");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  add = ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "_Add account");
  g_assert_null (find_entry (GTK_WIDGET (dialog), "Client code"));
  write_row (dialog, "Token", "  \"Abc123456\"\n");
  g_assert_false (gtk_widget_get_sensitive (add));
  write_row (dialog, "Address of the service", "http://example.org/");
  g_assert_false (gtk_widget_get_sensitive (add));
  write_row (dialog, "Address of the service", "https://example.org/");
  g_assert_true (gtk_widget_get_sensitive (add));
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "unverified"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "account-system"));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "account-system-dark"));
  ui_fixture_set_dark (FALSE);
  gtk_window_destroy (parent);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-account-XXXXXX", NULL);
  g_autoptr (PlanciaScenario) scenario = NULL;
  int result;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  ui_fixture_init (&argc, &argv);
  scenario = plancia_scenario_new_demo ();
  simulator = plancia_simulator_new (scenario);
  g_assert_true (plancia_simulator_start (simulator, NULL));
  g_test_add_func ("/ui/account-dialog/verdicts", test_verdicts);
  g_test_add_func ("/ui/account-dialog/keeps", test_keeps);
  g_test_add_func ("/ui/account-dialog/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/ui/account-dialog/system", test_system);
  result = g_test_run ();
  plancia_simulator_stop (simulator);
  g_object_unref (simulator);
  return result;
}
