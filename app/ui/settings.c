/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

#include "base/installation.h"

/* The schema compiled in the build, so that the program runs before it is installed. */
static GSettingsSchemaSource *
schema_source (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autofree char       *folder = plancia_installation_dup_build_folder ("data");
  GSettingsSchemaSource *source = NULL;

  if (folder)
    source = g_settings_schema_source_new_from_directory (folder, installed, TRUE, NULL);
  if (source)
    return source;
  return installed ? g_settings_schema_source_ref (installed) : NULL;
}

static GSettings *
make_settings (void)
{
  GSettingsSchemaSource *source = schema_source ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source) {
    schema = g_settings_schema_source_lookup (source, PLANCIA_APPLICATION_ID, TRUE);
    g_settings_schema_source_unref (source);
  }
  if (!schema)
    g_error ("The settings schema " PLANCIA_APPLICATION_ID " is neither installed nor built");
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * plancia_settings_get:
 *
 * A program without its schema cannot run: it says so and aborts.
 *
 * Returns: (transfer none): the settings, the same object each time
 */
GSettings *
plancia_settings_get (void)
{
  static GSettings *settings = NULL;

  if (!settings)
    settings = make_settings ();
  return settings;
}
