/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/retention-setting.h"

#include "ui/settings.h"

PlanciaRetention
plancia_retention_setting_get (void)
{
  GSettings *settings = plancia_settings_get ();

  return (PlanciaRetention){g_settings_get_uint (settings, "history-raw-days"),
                            g_settings_get_uint (settings, "history-minute-days"),
                            g_settings_get_uint (settings, "history-keep-days")};
}
