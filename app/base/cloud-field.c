/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cloud-field.h"

/**
 * plancia_cloud_field_unit:
 * @key: name of a field
 *
 * From the vendor's list of fields (specification 1.8, chapter on quantities). Any thread.
 *
 * Returns: (transfer none) (nullable): its unit, "" for a count, or %NULL
 */
const char *
plancia_cloud_field_unit (const char *key)
{
  static const struct
  {
    const char *prefix;
    const char *unit;
  } units[] = {
    {"power",            "W"  },
    {"energy",           "kWh"},
    {"batterySoC",       "%"  },
    {"batteryCycletime", ""   },
    {"current",          "A"  },
    {"voltage",          "V"  },
    {"frequency",        "Hz" },
    {"temperature",      "°C"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (key, units[i].prefix))
      return units[i].unit;
  return NULL;
}
