/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every fault of the simulated clouds is seen in the window, with its words, in both languages. */
#include "cloud-simulated.h"
#include "cloud-words.h"
#include "simulator/faults.h"
#include "ui/account-trial.h"
#include "ui/portal-dialog.h"
#include "ui/profile-dialog.h"

#include <glib/gi18n.h>

#define LIMIT 30000
#define THING "ZP1ES106K00003"

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
use_profile (GtkWindow *dialog, gboolean system, const char *url, gboolean hurry)
{
  g_autofree char *text = cloud_simulated_profile (system, url, hurry);
  GtkWindow       *editor;
  GtkWidget       *view;

  cloud_simulated_press (dialog, _ ("_Edit…"));
  editor = cloud_simulated_window (PLANCIA_TYPE_PROFILE_DIALOG, NULL);
  view = ui_fixture_find (GTK_WIDGET (editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  cloud_simulated_press (editor, _ ("_Use this profile"));
  ui_fixture_settle ();
}

static GtkWindow *
open_dialog (const PlanciaSimulatorCloud *cloud, const char *url, gboolean hurry)
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
  use_profile (dialog, system, url, hurry);
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

/* What the test is asked again for. */
static const CloudWords *sought;

/* As often as it takes: a limit of requests has to be reached, and a server needs a moment to change its certificate. */
static const char *
verdict_again (gpointer dialog)
{
  GtkWidget  *button = ui_fixture_find (find_trial (dialog), GTK_TYPE_BUTTON, _ ("_Try again"));
  const char *said = verdict_of (dialog);

  if (button && gtk_widget_get_sensitive (button) && !cloud_words_are_in (said, sought->words))
    g_signal_emit_by_name (button, "clicked");
  return said;
}

static void
expect_test (const CloudWords *row, GtkWindow *dialog)
{
  static const char *const later[] = {"rate-limit", "other-certificate", NULL};

  sought = row;
  plancia_account_trial_run (PLANCIA_ACCOUNT_TRIAL (find_trial (dialog)));
  cloud_words_expect (row,
                      row->fault && g_strv_contains (later, row->fault) ? verdict_again
                                                                        : verdict_of,
                      dialog);
}

static void
test_at (CloudWordsPlace place, const char *name)
{
  PlanciaSimulator            *simulator = cloud_simulated_new (1);
  const PlanciaSimulatorCloud *cloud = cloud_simulated_find (simulator, name);
  GtkWindow                   *dialog = open_dialog (cloud, cloud->url, FALSE);

  for (const CloudWords *row = cloud_words; row->words; row++) {
    if (row->place != place || !row->fault)
      continue;
    cloud_simulated_fault (simulator, name, row->fault);
    expect_test (row, dialog);
  }
  gtk_window_destroy (dialog);
  cloud_simulated_stop (simulator);
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

static gboolean
is_marked (gpointer dialog)
{
  GtkWidget *label = ui_fixture_find (dialog, GTK_TYPE_LABEL, _ ("unverified"));

  return label && gtk_widget_get_visible (label);
}

/* Without a serial number only the token has been tried: that says nothing of the assumed profile. */
static void
test_unverified (gconstpointer language)
{
  const CloudWords             asks = {CLOUD_WORDS_SYSTEM,
                                       NULL,
                                       "no serial number",
                                       "Accepted. Write a serial number to see whether its values come.",
                                       NULL};
  const CloudWords             works = {CLOUD_WORDS_SYSTEM,
                                        NULL,
                                        "with one",
                                        "Accepted. %s sent its values %s ago.",
                                        NULL};
  PlanciaSimulator            *simulator = cloud_simulated_new (1);
  const PlanciaSimulatorCloud *cloud = cloud_simulated_find (simulator, "New");
  GtkWindow                   *dialog;

  cloud_words_speak (language);
  dialog = open_dialog (cloud, cloud->url, FALSE);
  write_row (dialog, _ ("Serial numbers"), "");
  g_assert_true (is_marked (dialog));
  expect_test (&asks, dialog);
  g_assert_true (is_marked (dialog));
  write_row (dialog, _ ("Serial numbers"), THING);
  expect_test (&works, dialog);
  g_assert_false (is_marked (dialog));
  gtk_window_destroy (dialog);
  cloud_simulated_stop (simulator);
}

/* Rows without a fault say with which address. */
static void
test_way (gconstpointer language)
{
  PlanciaSimulator            *simulator = cloud_simulated_new (1);
  const PlanciaSimulatorCloud *cloud = cloud_simulated_find (simulator, "A");

  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    GtkWindow *dialog;

    if (row->fault)
      continue;
    dialog = open_dialog (cloud, row->about, FALSE);
    expect_test (row, dialog);
    gtk_window_destroy (dialog);
  }
  cloud_simulated_stop (simulator);
}

/* All at once. */
static void
test_slow (gconstpointer language)
{
  PlanciaSimulator *simulator = cloud_simulated_new (1);
  const CloudWords *rows[CLOUD_SIMULATED_NAMES];
  GtkWindow        *dialogs[CLOUD_SIMULATED_NAMES];
  guint             n = 0;

  cloud_words_speak (language);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    const PlanciaSimulatorCloud *cloud;

    if (row->place != CLOUD_WORDS_SLOW)
      continue;
    g_assert_cmpuint (n, <, CLOUD_SIMULATED_NAMES);
    cloud = cloud_simulated_find (simulator, cloud_simulated_names[n]);
    cloud_simulated_fault (simulator, cloud_simulated_names[n], row->fault);
    rows[n] = row;
    dialogs[n++] = open_dialog (cloud, cloud->url, !g_str_equal (row->fault, "slow"));
  }
  for (guint i = 0; i < n; i++)
    plancia_account_trial_run (PLANCIA_ACCOUNT_TRIAL (find_trial (dialogs[i])));
  for (guint i = 0; i < n; i++) {
    cloud_words_expect (rows[i], verdict_of, dialogs[i]);
    gtk_window_destroy (dialogs[i]);
  }
  cloud_simulated_stop (simulator);
}

/* The first certificate is trusted by a person, as they would; then there is another. */
static void
test_locked (gconstpointer language)
{
  PlanciaSimulator            *simulator = cloud_simulated_new (1);
  const PlanciaSimulatorCloud *cloud = cloud_simulated_find (simulator, "Locked");
  const CloudWords             works = {CLOUD_WORDS_LOCKED,
                                        "none",
                                        "trusted",
                                        "Accepted. %s sent its values %s ago.",
                                        NULL};
  GtkWindow                   *dialog;

  cloud_words_speak (language);
  dialog = open_dialog (cloud, cloud->url, FALSE);
  for (const CloudWords *row = cloud_words; row->words; row++) {
    GtkWindow *question;

    if (row->place != CLOUD_WORDS_LOCKED)
      continue;
    cloud_simulated_fault (simulator, "Locked", row->fault);
    expect_test (row, dialog);
    cloud_simulated_press (dialog, _ ("Look at the _certificate…"));
    ui_fixture_settle ();
    question = cloud_simulated_window (ADW_TYPE_MESSAGE_DIALOG, NULL);
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "trust");
    gtk_window_destroy (question);
    cloud_words_expect (&works, verdict_of, dialog);
  }
  gtk_window_destroy (dialog);
  cloud_simulated_stop (simulator);
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
    {"server",     test_server    },
    {"system",     test_system    },
    {"unverified", test_unverified},
    {"way",        test_way       },
    {"slow",       test_slow      },
    {"locked",     test_locked    },
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
