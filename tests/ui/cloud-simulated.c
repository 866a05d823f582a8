/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cloud-simulated.h"

#include "base/clock.h"
#include "plant/cloud-profile.h"

#include <string.h>

#define THING CLOUD_SIMULATED_THING

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

const char *const cloud_simulated_names[CLOUD_SIMULATED_NAMES] = {"A", "B", "C", "D"};

/* --- simulators ------------------------------------------------------------------------------ */

static char *
describe_account (const char *name, const char *route, const char *more)
{
  return g_strdup_printf (account, name, route, name, more, name, name);
}

PlanciaSimulator *
cloud_simulated_new (int speed)
{
  g_autoptr (GString) accounts = g_string_new (NULL);
  g_autofree char *system = describe_account ("New", "system", TOKEN);
  g_autofree char *locked = describe_account ("Locked", "portal", KEYS ",\"tls\":\"self-signed\"");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaScenario) made = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaSimulator *simulator;

  for (guint i = 0; i < CLOUD_SIMULATED_NAMES; i++) {
    g_autofree char *one = describe_account (cloud_simulated_names[i], "portal", KEYS);

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

void
cloud_simulated_stop (PlanciaSimulator *simulator)
{
  plancia_simulator_stop (simulator);
  g_object_unref (simulator);
  plancia_clock_reset ();
}

const PlanciaSimulatorCloud *
cloud_simulated_find (PlanciaSimulator *simulator, const char *name)
{
  GPtrArray *clouds = plancia_simulator_get_clouds (simulator);

  for (guint i = 0; i < clouds->len; i++)
    if (g_str_equal (((PlanciaSimulatorCloud *) g_ptr_array_index (clouds, i))->account, name))
      return g_ptr_array_index (clouds, i);
  g_assert_not_reached ();
}

void
cloud_simulated_fault (PlanciaSimulator *simulator, const char *name, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (simulator, name, fault, &error);
  g_assert_no_error (error);
}

/* Whoever does not wait for a limit to pass has half a minute: computers are busy at times. */
char *
cloud_simulated_profile (gboolean system, const char *url, gboolean hurry)
{
  g_autoptr (PlanciaCloudProfile)
    profile = plancia_cloud_profile_shipped (system ? PLANCIA_CLOUD_SYSTEM : PLANCIA_CLOUD_PORTAL);
  g_autoptr (GString) text = g_string_new (profile->text);

  g_string_replace (text, profile->base_url, url, 0);
  g_string_replace (text, "\"minimum\": 10", "\"minimum\": 3", 0);
  g_string_replace (text, "\"realtime\": 10", "\"realtime\": 30", 0);
  if (hurry)
    g_string_replace (text, "\"realtime\": 30", "\"realtime\": 3", 0);
  g_string_replace (text, "[2, 6, 18]", "[]", 0);
  /* Longer than the old cloud answers at once. */
  g_string_replace (text, "\"maxRangeHours\": 24", "\"maxRangeHours\": 48", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
cloud_simulated_press (gpointer root, const char *label)
{
  GtkWidget *button = ui_fixture_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

GtkWindow *
cloud_simulated_window (GType type, const char *button)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_visible (l->data) &&
        (!button || ui_fixture_find (l->data, GTK_TYPE_BUTTON, button)))
      return l->data;
  g_assert_not_reached ();
}
