/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this computer keeps of an account goes with the account, unless another plant has it. */
#include "ui/account-removal.h"

#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "ui-fixture.h"
#include "ui/callback-service.h"
#include "ui/settings.h"

#include <glib/gstdio.h>
#include <string.h>

#define LIMIT   20000
#define ACCOUNT "5e1b3c1e-account"

typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaEntry     *account;
  char             *own;
  char             *other; /* file of another plant */
} Fixture;

static void
write_plant (const char *path, const char *account)
{
  g_autofree char *text = g_strdup_printf ("{\"entries\": [{\"address\": \"system://%s\"}]}",
                                           account);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const char *folder = g_getenv ("XDG_DATA_HOME");
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Own");
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("system://" ACCOUNT, NULL);
  g_autofree char *store = g_build_filename (folder, "history.sqlite", NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, "portal", "Office", address);

  self->own = g_build_filename (folder, "own.json", NULL);
  self->other = g_build_filename (folder, "other.json", NULL);
  plancia_plant_add (plant, NULL, entry);
  self->account = entry;
  self->plant = plancia_open_plant_new (plant, store);
  write_plant (self->own, ACCOUNT);
  g_settings_set_string (plancia_settings_get (), "plant", self->own);
  g_settings_set_boolean (plancia_settings_get (), "receiver-on", TRUE);
  plancia_secrets_remember (ACCOUNT, "token", "a secret");
  plancia_account_removal_note (plant, self->own);
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

  plancia_open_plant_close_async (self->plant, closed_cb, &closed);
  g_assert_true (ui_fixture_wait (is_true, &closed, LIMIT));
  g_object_unref (self->plant);
  plancia_callback_service_close ();
  plancia_secrets_clear (ACCOUNT, NULL, NULL);
  plancia_cloud_settings_forget (ACCOUNT);
  g_remove (self->own);
  g_remove (self->other);
  g_free (self->own);
  g_free (self->other);
}

static gboolean
has_secret (void)
{
  g_autofree char *secret = plancia_secrets_lookup (ACCOUNT, "token", NULL, NULL);

  return secret != NULL;
}

static gboolean
is_gone (gpointer data)
{
  g_auto (GStrv) plants = plancia_cloud_settings_list_plants (ACCOUNT);

  return !has_secret () && plants[0] == NULL &&
         !g_settings_get_boolean (plancia_settings_get (), "receiver-on");
}

/* Its secrets, what was kept beside the plant, and the receiver that nobody needs any more. */
static void
test_goes (Fixture *self, gconstpointer data)
{
  /* One that has another account, and one that is not there any more, do not count. */
  write_plant (self->other, ACCOUNT "s");
  plancia_cloud_settings_note_plant (ACCOUNT, self->other);
  plancia_cloud_settings_note_plant (ACCOUNT, "/nonexistent/plant.json");
  plancia_account_removal_forget (self->plant, self->account);
  g_assert_true (ui_fixture_wait (is_gone, NULL, LIMIT));
}

static gboolean
has_been_looked_for (gpointer data)
{
  return g_atomic_int_get ((int *) data) > 0;
}

static void
listen_for_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (strstr (message, "another plant has the account"))
    g_atomic_int_inc ((int *) data);
}

/* The file of another plant names it: that one would not open any more. */
static void
test_stays (Fixture *self, gconstpointer data)
{
  int   heard = 0;
  guint handler = g_log_set_handler ("plancia-ui", G_LOG_LEVEL_INFO, listen_for_message, &heard);

  write_plant (self->other, ACCOUNT);
  if (data)
    plancia_cloud_settings_note_plant (ACCOUNT, self->other);
  else
    g_settings_set_strv (plancia_settings_get (),
                         "recent-plants",
                         (const char *const[]){self->own, self->other, NULL});
  plancia_account_removal_forget (self->plant, self->account);
  g_assert_true (ui_fixture_wait (has_been_looked_for, &heard, LIMIT));
  ui_fixture_settle ();
  g_assert_true (has_secret ());
  g_assert_true (g_settings_get_boolean (plancia_settings_get (), "receiver-on"));
  g_log_remove_handler ("plancia-ui", handler);
  g_settings_reset (plancia_settings_get (), "recent-plants");
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-removal-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add ("/ui/account-removal/goes", Fixture, NULL, set_up, test_goes, tear_down);
  g_test_add ("/ui/account-removal/stays-noted",
              Fixture,
              GINT_TO_POINTER (TRUE),
              set_up,
              test_stays,
              tear_down);
  g_test_add ("/ui/account-removal/stays-recent", Fixture, NULL, set_up, test_stays, tear_down);
  return g_test_run ();
}
