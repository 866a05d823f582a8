/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

#include "base/installation.h"

static GSettings *
make_settings (void)
{
  GSettings *settings = plancia_installation_open_settings ();

  if (!settings)
    g_error ("The settings schema " PLANCIA_APPLICATION_ID " is neither installed nor built");
  return settings;
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
