/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/cloud-profile.h"

#include "base/error.h"
#include "base/span.h"
#include "plant/cloud-settings.h"
#include <json-glib/json-glib.h>
#include <string.h>

static PlanciaCloudProfile *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_cloud_profile_parse (bytes, "mine.json", "system", error);
}

/* The shipped Portal says the same as what the codec was written to. */
static void
test_portal (void)
{
  g_autoptr (PlanciaCloudProfile) profile = plancia_cloud_profile_shipped (PLANCIA_CLOUD_PORTAL);
  const PlanciaCloudFormat *usual = plancia_cloud_format_portal ();

  g_assert_cmpstr (profile->base_url, ==, "https://third.zcsazzurroportal.com:19003/");
  g_assert_cmpint (profile->window, ==, PLANCIA_DAY);
  g_assert_cmpuint (profile->poll, ==, 300);
  g_assert_cmpuint (profile->limits[PLANCIA_CLOUD_REALTIME], ==, 30);
  g_assert_false (profile->unverified);
  g_assert_true (plancia_cloud_profile_has_url (profile));
  g_assert_true (plancia_cloud_profile_needs (profile, "client"));
  g_assert_true (plancia_cloud_profile_needs (profile, "key"));
  g_assert_false (plancia_cloud_profile_needs (profile, "token"));
  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++)
    g_assert_cmpstr (profile->format.commands[i], ==, usual->commands[i]);
  g_assert_cmpstr (profile->format.time_format, ==, usual->time_format);
  g_assert_cmpstr (profile->format.success, ==, usual->success);
  g_assert_cmpstr (profile->format.value, ==, usual->value);
  g_assert_cmpstr (profile->format.key_param, ==, usual->key_param);
}

static void
test_system (void)
{
  g_autoptr (PlanciaCloudProfile) profile = plancia_cloud_profile_shipped (PLANCIA_CLOUD_SYSTEM);

  g_assert_cmpint (profile->window, ==, 6 * PLANCIA_DAY);
  g_assert_cmpuint (profile->limits[PLANCIA_CLOUD_REALTIME], ==, 10);
  g_assert_cmpuint (profile->limits[PLANCIA_CLOUD_ALARM_HISTORIC], ==, 30);
  g_assert_true (profile->unverified);
  g_assert_false (plancia_cloud_profile_has_url (profile));
  g_assert_true (plancia_cloud_profile_needs (profile, "token"));
  g_assert_false (plancia_cloud_profile_needs (profile, "client"));
  g_assert_cmpstr (profile->format.commands[PLANCIA_CLOUD_WRITE], ==, "write");
  g_assert_cmpuint (g_hash_table_size (profile->format.aliases), ==, 0);
}

#define MINIMAL                                                                      \
  "\"name\":\"mine\",\"baseUrl\":\"https://example.org:1/api/\",\"headers\":{\"X\":" \
  "\"{token}\"},\"commands\":{\"realtime\":\"now\"}"

static void
test_minimal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaCloudProfile)
    profile = parse ("{" MINIMAL ",\"future\":{\"a\":[1]},\"paths\":{\"realtime\":\"/v1/now\"},"
                     "\"aliases\":{\"P\":\"powerGenerating\",\"Q\":null,"
                     "\"G\":{\"to\":\"powerExporting\",\"negativeTo\":\"powerImporting\","
                     "\"factor\":1000}}}",
                     &error);
  const PlanciaCloudAlias *grid;
  g_autofree char         *url = NULL;
  g_autofree char         *other = NULL;
  g_autofree char         *filled = NULL;

  g_assert_no_error (error);
  grid = g_hash_table_lookup (profile->format.aliases, "G");
  g_assert_cmpstr (grid->negative_to, ==, "powerImporting");
  g_assert_cmpfloat (grid->factor, ==, 1000);
  g_assert_cmpuint (g_hash_table_size (profile->format.aliases), ==, 2);
  g_assert_nonnull (strstr (profile->text, "\"future\":{\"a\":[1]}"));
  url = plancia_cloud_profile_make_url (profile, PLANCIA_CLOUD_REALTIME, NULL);
  other = plancia_cloud_profile_make_url (profile, PLANCIA_CLOUD_HISTORIC, "http://127.0.0.1:8/");
  g_assert_cmpstr (url, ==, "https://example.org:1/api/v1/now");
  g_assert_cmpstr (other, ==, "http://127.0.0.1:8/");
  /* A secret that looks like a placeholder stays what it is. */
  filled = plancia_cloud_profile_fill ("Zcs {client}/{authKey}", "{token}", "k", "t");
  g_assert_cmpstr (filled, ==, "Zcs {token}/k");
}

static const struct
{
  const char *text;
  const char *words; /* in the message */
} bad[] = {
  {"{",                                                                          "line 1"                 },
  {"[]",                                                                         "object"                 },
  {"{}",                                                                         "name"                   },
  {"{\"name\":7}",                                                               "name"                   },
  {"{" MINIMAL ",\"maxRangeHours\":0}",                                          "maxRangeHours"          },
  {"{" MINIMAL ",\"pollSeconds\":5}",                                            "pollSeconds"            },
  {"{" MINIMAL ",\"timeZone\":\"Moon/Base\"}",                                   "timeZone"               },
  {"{" MINIMAL ",\"timeFormat\":\"\"}",                                          "timeFormat"             },
  {"{" MINIMAL ",\"retrySeconds\":[\"x\"]}",                                     "retrySeconds[0]"        },
  {"{" MINIMAL ",\"timeoutSeconds\":{\"minimum\":1}}",                           "timeoutSeconds.minimum" },
  {"{" MINIMAL ",\"paths\":{\"alarm\":\"x\"}}",                                  "paths.alarm"            },
  {"{" MINIMAL ",\"paths\":{\"alarm\":\"/{token}\"}}",                           "secrets go into headers"},
  {"{" MINIMAL ",\"answer\":{\"value\":\"x\"}}",                                 "answer.value"           },
  {"{" MINIMAL ",\"aliases\":{\"P\":{}}}",                                       "aliases.P.to"           },
  {"{\"name\":\"m\",\"baseUrl\":\"http://example.org/\",\"headers\":{},"
   "\"commands\":{\"realtime\":\"n\"}}",                                      "in clear"               },
  {"{\"name\":\"m\",\"baseUrl\":\"https://me:secret@example.org/\",\"headers\":{},"
   "\"commands\":{\"realtime\":\"n\"}}",                                      "secret does not belong" },
  {"{\"name\":\"m\",\"baseUrl\":\"nowhere\",\"headers\":{},"
   "\"commands\":{\"realtime\":\"n\"}}",                                      "baseUrl"                },
  {"{\"name\":\"m\",\"baseUrl\":\"https://e/\",\"headers\":{\"Authorization\":\"Zcs abc\"},"
   "\"commands\":{\"realtime\":\"n\"}}",                                      "headers.Authorization"  },
  {"{\"name\":\"m\",\"baseUrl\":\"https://e/\",\"headers\":{\"X\":\"a\\r\\nY: b\"},"
   "\"commands\":{\"realtime\":\"n\"}}",                                      "one line"               },
  {"{\"name\":\"m\",\"baseUrl\":\"https://e/\",\"headers\":{},\"commands\":{}}",
   "commands.realtime"                                                                                    },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaCloudProfile) profile = parse (bad[i].text, &error);

    g_test_message ("%s", bad[i].text);
    g_assert_null (profile);
    g_assert_true (error != NULL && error->domain == PLANCIA_DOCUMENT_ERROR);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, "mine.json"));
    g_assert_nonnull (strstr (error->message, bad[i].words));
  }
}

static void
test_local (void)
{
  g_assert_true (plancia_cloud_url_is_local ("http://127.0.0.1:8080/"));
  g_assert_true (plancia_cloud_url_is_local ("http://localhost/"));
  g_assert_true (plancia_cloud_url_is_local ("https://[::1]:9/"));
  g_assert_false (plancia_cloud_url_is_local ("http://127.0.0.1.example.org/"));
  g_assert_false (plancia_cloud_url_is_local ("http://192.168.1.2/"));
}

/* What is kept of an account, and that nothing of it is left. */
static void
test_settings (void)
{
  const char *account = "Rossi/../Arezzo @home";
  const char *pin = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  g_autoptr (PlanciaCloudProfile) shipped = NULL;
  g_autoptr (PlanciaCloudProfile) own = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  guint from, to;

  shipped = plancia_cloud_settings_load_profile (account, "system", &error);
  g_assert_cmpstr (shipped->name, ==, PLANCIA_CLOUD_SYSTEM);
  g_assert_null (plancia_cloud_settings_dup_pin (account));
  g_assert_true (plancia_cloud_settings_set_pin (account, pin, NULL));
  g_assert_true (plancia_cloud_settings_set_verified (account, 77, NULL));
  g_assert_true (plancia_cloud_settings_set_quiet (account, TRUE, 22 * 60, 5 * 60 + 30, NULL));
  kept = plancia_cloud_settings_dup_pin (account);
  g_assert_cmpstr (kept, ==, pin);
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 77);
  g_assert_true (plancia_cloud_settings_get_quiet (account, &from, &to));
  g_assert_cmpuint (from, ==, 1320);
  g_assert_cmpuint (to, ==, 330);

  g_assert_true (plancia_cloud_settings_save_profile (account, "{" MINIMAL "}", &error));
  g_assert_no_error (error);
  own = plancia_cloud_settings_load_profile (account, "system", &error);
  g_assert_cmpstr (own->name, ==, "mine");
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 0);
  g_assert_true (plancia_cloud_settings_has_own_profile (account));
  plancia_cloud_settings_forget (account);
  g_assert_false (plancia_cloud_settings_has_own_profile (account));
  g_assert_null (plancia_cloud_settings_dup_pin (account));
}

/* Whoever edits the file of a profile by hand has another one, which nobody has tested. */
static void
test_edited_file (void)
{
  const char      *account = "edited";
  g_autofree char *path = g_build_filename (g_get_user_data_dir (),
                                            "plancia",
                                            "cloud-accounts",
                                            account,
                                            "profile.json",
                                            NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_cloud_settings_set_verified (account, 77, &error));
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 77);
  g_assert_true (plancia_cloud_settings_save_profile (account, "{" MINIMAL "}", &error));
  g_assert_true (plancia_cloud_settings_set_verified (account, 78, &error));
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 78);
  g_assert_true (g_file_set_contents (path, "{ " MINIMAL "}", -1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (plancia_cloud_settings_get_verified (account), ==, 0);
  plancia_cloud_settings_forget (account);
}

static void
test_plants (void)
{
  g_auto (GStrv) none = plancia_cloud_settings_list_plants ("used");
  g_auto (GStrv) two = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  plancia_cloud_settings_note_plant ("used", "/home/a;b.json");
  plancia_cloud_settings_note_plant ("used", "/home/c.json");
  plancia_cloud_settings_note_plant ("used", "/home/a;b.json");
  two = plancia_cloud_settings_list_plants ("used");
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, "/home/a;b.json");
  g_assert_cmpstr (two[1], ==, "/home/c.json");
  plancia_cloud_settings_forget ("used");
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-cloud-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plant/cloud-profile/portal", test_portal);
  g_test_add_func ("/plant/cloud-profile/system", test_system);
  g_test_add_func ("/plant/cloud-profile/minimal", test_minimal);
  g_test_add_func ("/plant/cloud-profile/bad", test_bad);
  g_test_add_func ("/plant/cloud-profile/local", test_local);
  g_test_add_func ("/plant/cloud-profile/settings", test_settings);
  g_test_add_func ("/plant/cloud-profile/edited-file", test_edited_file);
  g_test_add_func ("/plant/cloud-profile/plants", test_plants);
  return g_test_run ();
}
