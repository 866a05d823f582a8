/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/cloud-settings.h"

#include "base/document.h"
#include "base/error.h"
#include <glib/gstdio.h>
#include <string.h>

#define GROUP    "Account"
#define PIN      "certificate"
#define VERIFIED "verified"
/* What the profile was when it was verified: whoever edits the file has another one. */
#define VERIFIED_PROFILE "verified-profile"
#define PLANTS           "plants"
#define QUIET_FROM       "quiet-from"
#define QUIET_TO         "quiet-to"
#define MINUTES_DAY      (24 * 60)

/* An account's name is free text in an address: what no file name may have becomes its number. */
static char *
dup_folder (const char *account)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  for (const char *c = account; *c != '\0'; c++) {
    if (g_ascii_isalnum (*c) || *c == '-')
      g_string_append_c (safe, *c);
    else
      g_string_append_printf (safe, "_%02x", (guint) (guchar) *c);
  }
  return g_build_filename (g_get_user_data_dir (), "plancia", "cloud-accounts", safe->str, NULL);
}

static char *
dup_path (const char *account, const char *name)
{
  g_autofree char *folder = dup_folder (account);

  return g_build_filename (folder, name, NULL);
}

/* --- the profile ----------------------------------------------------------------------------- */

/**
 * plancia_cloud_settings_load_profile:
 * @account: name of the account
 * @source: "portal" or "system"
 * @error: PLANCIA_DOCUMENT_ERROR: a person's own profile cannot be read
 *
 * Returns: (transfer full) (nullable): the profile that counts
 */
PlanciaCloudProfile *
plancia_cloud_settings_load_profile (const char *account, const char *source, GError **error)
{
  g_autofree char *path = dup_path (account, "profile.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return plancia_cloud_profile_shipped (g_str_equal (source, "system") ? PLANCIA_CLOUD_SYSTEM
                                                                         : PLANCIA_CLOUD_PORTAL);
  bytes = plancia_document_load (file, NULL, error);
  return bytes != NULL ? plancia_cloud_profile_parse (bytes, "profile", source, error) : NULL;
}

static gboolean
make_folder (const char *account, GError **error)
{
  g_autofree char *folder = dup_folder (account);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the folder %s cannot be made", folder);
  return FALSE;
}

/**
 * plancia_cloud_settings_save_profile:
 * @account: name of the account
 * @text: (nullable): a whole profile that was parsed; %NULL for the shipped one
 * @error: G_IO_ERROR, G_FILE_ERROR
 *
 * What a test has shown of another profile says nothing of this one.
 *
 * Returns: whether it is kept
 */
gboolean
plancia_cloud_settings_save_profile (const char *account, const char *text, GError **error)
{
  g_autofree char *path = dup_path (account, "profile.json");

  if (!make_folder (account, error))
    return FALSE;
  if (text == NULL)
    g_unlink (path);
  else if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  return plancia_cloud_settings_set_verified (account, 0, error);
}

gboolean
plancia_cloud_settings_has_own_profile (const char *account)
{
  g_autofree char *path = dup_path (account, "profile.json");

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* --- the rest -------------------------------------------------------------------------------- */

static GKeyFile *
load (const char *account)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = dup_path (account, "account.ini");

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return g_steal_pointer (&file);
}

static gboolean
save (const char *account, GKeyFile *file, GError **error)
{
  g_autofree char *path = dup_path (account, "account.ini");

  return make_folder (account, error) && g_key_file_save_to_file (file, path, error);
}

static gboolean
is_pin (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

char *
plancia_cloud_settings_dup_pin (const char *account)
{
  g_autoptr (GKeyFile) file = load (account);
  g_autofree char *pin = g_key_file_get_string (file, GROUP, PIN, NULL);

  return is_pin (pin) ? g_steal_pointer (&pin) : NULL;
}

/**
 * plancia_cloud_settings_set_pin:
 * @account: name of the account
 * @pin: (nullable): SHA-256 in 64 small hexadecimal digits; %NULL trusts the authorities again
 * @error: G_IO_ERROR, G_FILE_ERROR
 *
 * Returns: whether it is kept
 */
gboolean
plancia_cloud_settings_set_pin (const char *account, const char *pin, GError **error)
{
  g_autoptr (GKeyFile) file = load (account);

  g_return_val_if_fail (pin == NULL || is_pin (pin), FALSE);

  if (pin != NULL)
    g_key_file_set_string (file, GROUP, PIN, pin);
  else
    g_key_file_remove_key (file, GROUP, PIN, NULL);
  return save (account, file, error);
}

/* Of a person's own profile; "shipped" where there is none. */
static char *
dup_profile_sum (const char *account)
{
  g_autofree char *path = dup_path (account, "profile.json");
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return g_strdup ("shipped");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
}

gint64
plancia_cloud_settings_get_verified (const char *account)
{
  g_autoptr (GKeyFile) file = load (account);
  g_autofree char *then = g_key_file_get_string (file, GROUP, VERIFIED_PROFILE, NULL);
  g_autofree char *now = dup_profile_sum (account);

  return g_strcmp0 (then, now) == 0 ? g_key_file_get_int64 (file, GROUP, VERIFIED, NULL) : 0;
}

gboolean
plancia_cloud_settings_set_verified (const char *account, gint64 time, GError **error)
{
  g_autoptr (GKeyFile) file = load (account);

  g_autofree char *now = dup_profile_sum (account);

  g_key_file_set_int64 (file, GROUP, VERIFIED, time);
  g_key_file_set_string (file, GROUP, VERIFIED_PROFILE, now);
  return save (account, file, error);
}

gboolean
plancia_cloud_settings_get_quiet (const char *account, guint *from, guint *to)
{
  g_autoptr (GKeyFile) file = load (account);
  int first = g_key_file_get_integer (file, GROUP, QUIET_FROM, NULL);
  int last = g_key_file_get_integer (file, GROUP, QUIET_TO, NULL);

  if (!g_key_file_has_key (file, GROUP, QUIET_FROM, NULL) || first < 0 || first >= MINUTES_DAY ||
      last < 0 || last >= MINUTES_DAY)
    return FALSE;
  *from = (guint) first;
  *to = (guint) last;
  return TRUE;
}

/**
 * plancia_cloud_settings_set_quiet:
 * @account: name of the account
 * @quiet: %FALSE: the sun decides
 * @from: minute of the local day at which silence becomes usual
 * @to: minute at which it ends
 * @error: G_IO_ERROR, G_FILE_ERROR
 *
 * Returns: whether it is kept
 */
gboolean
plancia_cloud_settings_set_quiet (const char *account,
                                  gboolean    quiet,
                                  guint       from,
                                  guint       to,
                                  GError    **error)
{
  g_autoptr (GKeyFile) file = load (account);

  if (quiet) {
    g_key_file_set_integer (file, GROUP, QUIET_FROM, (int) from);
    g_key_file_set_integer (file, GROUP, QUIET_TO, (int) to);
  } else {
    g_key_file_remove_key (file, GROUP, QUIET_FROM, NULL);
    g_key_file_remove_key (file, GROUP, QUIET_TO, NULL);
  }
  return save (account, file, error);
}

void
plancia_cloud_settings_note_plant (const char *account, const char *path)
{
  g_autoptr (GKeyFile) file = load (account);
  g_auto (GStrv) known = plancia_cloud_settings_list_plants (account);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  if (g_strv_contains ((const char *const *) known, path))
    return;
  for (guint i = 0; known[i] != NULL; i++)
    g_ptr_array_add (paths, known[i]);
  g_ptr_array_add (paths, (gpointer) path);
  g_key_file_set_string_list (file, GROUP, PLANTS, (const char *const *) paths->pdata, paths->len);
  save (account, file, NULL);
}

GStrv
plancia_cloud_settings_list_plants (const char *account)
{
  g_autoptr (GKeyFile) file = load (account);
  GStrv paths = g_key_file_get_string_list (file, GROUP, PLANTS, NULL, NULL);

  return paths != NULL ? paths : g_new0 (char *, 1);
}

void
plancia_cloud_settings_forget (const char *account)
{
  g_autofree char *folder = dup_folder (account);
  g_autofree char *profile = g_build_filename (folder, "profile.json", NULL);
  g_autofree char *settings = g_build_filename (folder, "account.ini", NULL);

  g_unlink (profile);
  g_unlink (settings);
  g_rmdir (folder);
}
