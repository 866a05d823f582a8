/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-identity.h"

#include "base/text.h"
#include "map/identity-keys.h"
#include "model/device-clock.h"
#include "plant/plant.h"
#include <glib/gi18n.h>
#include <string.h>

#define EXACT (2 * PLANCIA_SECOND) /* a clock of whole seconds, read over a slow line */

/* The text of a register, NULL if it has none. */
static const char *
look_up_text (PlanciaDevice *device, const char *key)
{
  const PlanciaReading *reading = plancia_device_lookup (device, key);

  if (!reading || reading->value.kind != PLANCIA_VALUE_TEXT || !reading->value.text ||
      !*reading->value.text)
    return NULL;
  return reading->value.text;
}

static const char *
first_text (PlanciaDevice *device, const char *const *keys)
{
  for (guint i = 0; keys[i]; i++) {
    const char *text = look_up_text (device, keys[i]);

    if (text)
      return text;
  }
  return NULL;
}

/**
 * plancia_device_identity_serial:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): its serial number; of a thing on a cloud, the cloud's name for it
 */
char *
plancia_device_identity_serial (PlanciaDevice *device)
{
  static const char *const keys[] = PLANCIA_SERIAL_KEYS;
  const char              *text = first_text (device, keys);
  const char              *tail = look_up_text (device, PLANCIA_SERIAL_TAIL_KEY);
  PlanciaEntry            *entry = plancia_device_get_entry (device);

  if (text)
    return g_strconcat (text, tail ? tail : "", NULL);
  if (entry && g_str_equal (plancia_device_get_kind (device), "thing"))
    return g_strdup (plancia_address_get_thing (plancia_entry_get_address (entry)));
  return NULL;
}

/* A version that is a number, such as a meter's. */
static char *
number_text (PlanciaDevice *device, const char *key)
{
  const PlanciaReading *reading = plancia_device_lookup (device, key);
  PlanciaMap           *map = plancia_device_get_map (device);
  const PlanciaField   *field = map ? plancia_map_find_field (map, key) : NULL;

  if (!reading || !field || reading->value.kind != PLANCIA_VALUE_NUMBER ||
      reading->value.integer == 0)
    return NULL;
  return plancia_field_format (field, &reading->value, reading->words);
}

/**
 * plancia_device_identity_firmware:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): versions of the main and the second controller
 */
char *
plancia_device_identity_firmware (PlanciaDevice *device)
{
  static const char *const keys[] = PLANCIA_FIRMWARE_KEYS;
  const char              *first = first_text (device, keys);
  const char              *second = look_up_text (device, PLANCIA_FIRMWARE_SLAVE_KEY);

  if (first && second)
    return g_strdup_printf ("%s / %s", first, second);
  if (first)
    return g_strdup (first);
  for (guint i = 0; keys[i]; i++) {
    char *text = number_text (device, keys[i]);

    if (text)
      return text;
  }
  return NULL;
}

char *
plancia_device_identity_rated (PlanciaDevice *device)
{
  const char      *unit;
  g_autofree char *number = NULL;
  double           watts = 0;

  if (!plancia_device_get_quantity (device, PLANCIA_QUANTITY_RATED_POWER, &watts) || watts <= 0)
    return NULL;
  number = plancia_text_power (watts, &unit);
  return g_strdup_printf ("%s\xc2\xa0%s", number, unit);
}

/* TRUE if the device's own identity text is one that the map's rule names. */
static gboolean
is_confirmed (PlanciaDevice *device, PlanciaMap *map)
{
  const PlanciaMapDetect *detect = plancia_map_get_detect (map);
  g_autofree char        *serial = plancia_device_identity_serial (device);

  for (guint i = 0; detect && serial && i < detect->prefixes->len; i++) {
    if (g_str_has_prefix (serial, g_ptr_array_index (detect->prefixes, i)))
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_device_identity_map:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): generation or name of its map, and: invented for the simulator,
 *   guessed, confirmed by the serial number, or chosen by somebody
 */
char *
plancia_device_identity_map (PlanciaDevice *device)
{
  PlanciaMap *map = plancia_device_get_map (device);
  const char *generation, *name;

  if (!map)
    return NULL;
  generation = plancia_map_get_generation (map);
  name = generation && *generation ? generation : plancia_map_label (plancia_map_get_name (map));
  if (plancia_map_is_invented (map))
    /* Translators: said of a register map that exists only for the simulator. */
    return g_strdup (_ ("made up"));
  if (plancia_entry_get_map_evidence (plancia_device_get_entry (device)))
    /* Translators: a register map, told from the serial number and confirmed by nobody. */
    return g_strdup_printf (_ ("%s, guessed"), name);
  if (is_confirmed (device, map))
    /* Translators: a register map, and that the device's serial number fits it. */
    return g_strdup_printf (_ ("%s, confirmed"), name);
  /* Translators: a register map, and that it was chosen without a proof that it fits. */
  return g_strdup_printf (_ ("%s, chosen"), name);
}

/**
 * plancia_device_identity_evidence:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): what its map was guessed from, in the user's language
 */
char *
plancia_device_identity_evidence (PlanciaDevice *device)
{
  PlanciaEntry    *entry = plancia_device_get_entry (device);
  const char      *evidence = entry ? plancia_entry_get_map_evidence (entry) : NULL;
  const char      *at = evidence ? strstr (evidence, " at 0x") : NULL;
  g_autofree char *text = NULL;

  if (!at)
    return g_strdup (evidence);
  text = g_strndup (evidence, (gsize) (at - evidence));
  /* Translators: the start of a serial number, and the register where it was read: "ZP1ES110… at 0x0445" */
  return g_strdup_printf (_ ("%s at %s"), text, at + strlen (" at "));
}

/**
 * plancia_device_identity_clock:
 * @device: a device
 * @zone: of the plant: devices keep local time
 *
 * Returns: (transfer full) (nullable): the difference in words at the moment of the reading
 */
char *
plancia_device_identity_clock (PlanciaDevice *device, GTimeZone *zone)
{
  g_autofree char *age = NULL;
  gint64           difference;

  if (!plancia_device_clock_get_off (device, zone, &difference))
    return NULL;
  if (ABS (difference) < EXACT)
    return g_strdup (_ ("exact"));
  age = plancia_text_age (ABS (difference));
  return difference > 0 ? g_strdup_printf (_ ("%s ahead"), age)
                        : g_strdup_printf (_ ("%s behind"), age);
}

char *
plancia_device_identity_address (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry ? plancia_address_to_string (plancia_entry_get_address (entry)) : NULL;
}

char *
plancia_device_identity_account (PlanciaDevice *device)
{
  PlanciaDevice *parent = plancia_device_get_parent (device);

  if (!parent || !g_str_equal (plancia_device_get_kind (device), "thing"))
    return NULL;
  return g_strdup (plancia_device_get_name (parent));
}
