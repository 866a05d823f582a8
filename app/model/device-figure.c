/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-figure.h"

#include "base/text.h"
#include <string.h>

static char *
format_watts (double watts)
{
  const char      *unit;
  g_autofree char *number = plancia_text_power (watts, &unit);

  return plancia_text_with_unit (number, unit);
}

/**
 * plancia_device_place:
 * @self: a device
 *
 * Returns: (transfer full) (nullable): its host, or its port without the folders that say nothing: "ttyACM0", "pts/3"
 */
char *
plancia_device_place (PlanciaDevice *self)
{
  PlanciaEntry   *entry = plancia_device_get_entry (self);
  PlanciaAddress *address = entry ? plancia_entry_get_address (entry) : NULL;
  const char     *path = address ? plancia_address_get_device (address) : NULL;

  if (!path)
    return g_strdup (address ? plancia_address_get_host (address) : NULL);
  if (g_str_has_prefix (path, "/dev/pts/"))
    return g_strdup (path + strlen ("/dev/"));
  return g_path_get_basename (path);
}

static char *
console_text (PlanciaDevice *self)
{
  char *place = plancia_device_place (self);

  return place ? place : g_strdup ("");
}

/**
 * plancia_device_figure:
 * @self: a device
 *
 * Returns: (transfer full): what stands beside its name: "3.42 kW", "ttyACM0", "—"; empty for what only
 *   leads to devices
 */
char *
plancia_device_figure (PlanciaDevice *self)
{
  const char   *kind = plancia_device_get_kind (self);
  PlanciaEntry *entry = plancia_device_get_entry (self);
  double        watts = 0;

  if (g_str_equal (kind, "console"))
    return console_text (self);
  if (entry && !plancia_entry_is_device (entry) && !g_str_equal (kind, "psc"))
    return g_strdup ("");
  if (g_str_equal (kind, "meter")) {
    /* A meter is read as its own display shows it: import positive. */
    if (plancia_device_get_quantity (self, PLANCIA_QUANTITY_GRID_POWER, &watts))
      return format_watts (-watts);
  } else if (plancia_device_get_quantity (self, PLANCIA_QUANTITY_AC_POWER, &watts)) {
    return format_watts (watts);
  }
  return g_strdup ("\xe2\x80\x94");
}
