/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/display-setting.h"

#include "base/text.h"
#include "report/language.h"
#include "ui/settings.h"

static const char *const keys[] = {"register-language", "unit-power", "unit-energy"};

/* What registers are called in; kept as long as the program runs, as their texts are. */
static PlanciaReportLanguage *languages[2];
static PlanciaReportLanguage *chosen;

static const char *
words_cb (const char *context, const char *english)
{
  PlanciaReportLanguage *language = g_atomic_pointer_get (&chosen);

  return language ? plancia_report_say_in (language, context, english) : english;
}

static PlanciaReportLanguage *
get_language (const char *code)
{
  guint i = g_str_equal (code, "it");

  if (!languages[i])
    languages[i] = plancia_report_language_new (code, NULL);
  return languages[i];
}

/* A language without a catalogue is English. */
static void
apply_language (GSettings *settings)
{
  g_autofree char *code = g_settings_get_string (settings, "register-language");

  if (g_str_equal (code, "program")) {
    plancia_map_set_words (NULL);
    return;
  }
  g_atomic_pointer_set (&chosen, get_language (code));
  plancia_map_set_words (words_cb);
}

static void
apply_units (GSettings *settings)
{
  g_autofree char *power = g_settings_get_string (settings, "unit-power");
  g_autofree char *energy = g_settings_get_string (settings, "unit-energy");

  plancia_text_set_power_unit (g_str_equal (power, "W")    ? PLANCIA_POWER_W
                               : g_str_equal (power, "kW") ? PLANCIA_POWER_KW
                                                           : PLANCIA_POWER_AUTO);
  plancia_text_set_kilowatt_hours_only (g_str_equal (energy, "kWh"));
}

void
plancia_display_setting_apply (void)
{
  apply_language (plancia_settings_get ());
  apply_units (plancia_settings_get ());
}

/* Of the tree: the pages are made anew anyway. */
static void
update_devices (PlanciaWindow *window)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));
  g_autoptr (GPtrArray)
    devices = open ? plancia_device_tree_list (plancia_open_plant_get_tree (open)) : NULL;

  for (guint i = 0; devices && i < devices->len; i++)
    plancia_device_update (g_ptr_array_index (devices, i));
}

static void
changed_cb (PlanciaWindow *window)
{
  plancia_display_setting_apply ();
  update_devices (window);
  plancia_pages_rebuild (plancia_window_get_pages (window));
}

/**
 * plancia_display_setting_follow:
 * @window: what shows names and units
 */
void
plancia_display_setting_follow (PlanciaWindow *window)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

    g_signal_connect_object (plancia_settings_get (),
                             signal,
                             G_CALLBACK (changed_cb),
                             window,
                             G_CONNECT_SWAPPED);
  }
}
