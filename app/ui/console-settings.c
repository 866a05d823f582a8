/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-settings.h"

#include "ui/settings.h"
#include <glib/gi18n.h>

/**
 * plancia_console_settings_load_macros:
 *
 * Returns: (transfer full) (element-type PlanciaConsoleMacro)
 */
GPtrArray *
plancia_console_settings_load_macros (void)
{
  g_autofree char *text = g_settings_get_string (plancia_settings_get (), "console-macros");
  GPtrArray       *macros = text[0] ? plancia_console_macros_parse (text, -1, NULL) : NULL;

  return macros ? macros
                : g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);
}

/**
 * plancia_console_settings_save_macros:
 */
void
plancia_console_settings_save_macros (GPtrArray *macros)
{
  g_autofree char *text = plancia_console_macros_to_json (macros);

  g_settings_set_string (plancia_settings_get (), "console-macros", text);
}

/**
 * plancia_console_settings_get_ending:
 *
 * Returns: (transfer none): such as "\r\n"
 */
const char *
plancia_console_settings_get_ending (void)
{
  g_autofree char *name = g_settings_get_string (plancia_settings_get (), "console-line-ending");

  if (g_str_equal (name, "crlf"))
    return "\r\n";
  if (g_str_equal (name, "lf"))
    return "\n";
  return g_str_equal (name, "cr") ? "\r" : "";
}

/* --- settings of a port --------------------------------------------------------------------------- */

/**
 * plancia_console_settings_to_text:
 *
 * Returns: (transfer full): such as "9600 8N1 none"
 */
char *
plancia_console_settings_to_text (const PlanciaSerialSettings *settings)
{
  g_autofree char *format = plancia_serial_settings_dup_format (settings);

  return g_strdup_printf ("%u %s %s",
                          settings->baud,
                          format,
                          plancia_flow_control_name (settings->flow));
}

/**
 * plancia_console_settings_from_text:
 *
 * Returns: %FALSE if it is none; @settings as it was then
 */
gboolean
plancia_console_settings_from_text (PlanciaSerialSettings *settings, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  PlanciaSerialSettings read = *settings;
  guint64               baud = 0;

  if (g_strv_length (words) != 3 ||
      !g_ascii_string_to_unsigned (words[0], 10, 50, 4000000, &baud, NULL) ||
      !plancia_serial_settings_set_format (&read, words[1], NULL) ||
      !plancia_flow_control_parse (words[2], &read.flow))
    return FALSE;
  read.baud = (guint) baud;
  *settings = read;
  return TRUE;
}

/* --- presets -------------------------------------------------------------------------------------- */

static void
preset_free (gpointer data)
{
  g_free (((PlanciaConsolePreset *) data)->name);
  g_free (data);
}

static PlanciaConsolePreset *
add (GPtrArray *presets, const char *name, const char *text, gboolean own)
{
  PlanciaConsolePreset *preset = g_new0 (PlanciaConsolePreset, 1);

  plancia_serial_settings_init (&preset->settings);
  preset->name = g_strdup (name);
  preset->own = own;
  plancia_console_settings_from_text (&preset->settings, text);
  g_ptr_array_add (presets, preset);
  return preset;
}

/**
 * plancia_console_settings_load_presets:
 *
 * Returns: (transfer full) (element-type PlanciaConsolePreset)
 */
GPtrArray *
plancia_console_settings_load_presets (void)
{
  GPtrArray *presets = g_ptr_array_new_with_free_func (preset_free);
  g_autoptr (GVariant) own = g_settings_get_value (plancia_settings_get (), "console-presets");
  GVariantIter iter;
  const char  *name, *text;

  /* The vendor publishes none: these are the defaults of NI-VISA, with which its documents work. */
  add (presets, "CONNEXT", "9600 8N1 none", FALSE)->use = PLANCIA_CONSOLE_USE_VISA;
  add (presets, "Modbus RTU", "9600 8N1 none", FALSE)->use = PLANCIA_CONSOLE_USE_MODBUS;
  g_variant_iter_init (&iter, own);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &text))
    add (presets, name, text, TRUE);
  return presets;
}

/* All of the user's but this one, and this one if settings are given. */
static void
save_presets (const char *name, const PlanciaSerialSettings *settings)
{
  g_autoptr (GPtrArray) presets = plancia_console_settings_load_presets ();
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; i < presets->len; i++) {
    const PlanciaConsolePreset *preset = g_ptr_array_index (presets, i);
    g_autofree char            *text = plancia_console_settings_to_text (&preset->settings);

    if (preset->own && !g_str_equal (preset->name, name))
      g_variant_builder_add (&builder, "(ss)", preset->name, text);
  }
  if (settings) {
    g_autofree char *text = plancia_console_settings_to_text (settings);

    g_variant_builder_add (&builder, "(ss)", name, text);
  }
  g_settings_set_value (plancia_settings_get (),
                        "console-presets",
                        g_variant_builder_end (&builder));
}

/**
 * plancia_console_settings_use:
 * @use: what a port is for
 */
void
plancia_console_settings_use (PlanciaConsoleUse use)
{
  GSettings *settings = plancia_settings_get ();

  if (use == PLANCIA_CONSOLE_USE_ANY)
    return;
  g_settings_set_boolean (settings, "console-binary", use == PLANCIA_CONSOLE_USE_MODBUS);
  g_settings_set_string (settings,
                         "console-view",
                         use == PLANCIA_CONSOLE_USE_MODBUS ? "hex" : "text");
  if (use == PLANCIA_CONSOLE_USE_VISA) {
    g_settings_set_string (settings, "console-line-ending", "lf");
    g_settings_reset (settings, "console-query-limit");
  }
}

/**
 * plancia_console_settings_add_preset:
 * @name: replaces a preset of the user of this name
 */
void
plancia_console_settings_add_preset (const char *name, const PlanciaSerialSettings *settings)
{
  save_presets (name, settings);
}

/**
 * plancia_console_settings_remove_preset:
 */
void
plancia_console_settings_remove_preset (const char *name)
{
  save_presets (name, NULL);
}
