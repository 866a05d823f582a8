/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-words.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/span.h"
#include "base/text.h"
#include "ui/error-text.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define EM_DASH  "\xe2\x80\x94"
#define NO_BREAK "\xc2\xa0"

static gboolean
is_kind (PlanciaDevice *device, const char *kind)
{
  return g_str_equal (plancia_device_get_kind (device), kind);
}

/**
 * plancia_device_words_icon:
 * @device: a device
 *
 * Returns: (transfer none): name of the symbolic icon of its kind
 */
const char *
plancia_device_words_icon (PlanciaDevice *device)
{
  static const struct
  {
    const char *kind, *icon;
  } icons[] = {
    {"plant",       "plancia-plant-symbolic"      },
    {"stick",       "plancia-stick-symbolic"      },
    {"hub",         "plancia-hub-symbolic"        },
    {"line",        "plancia-line-symbolic"       },
    {"battery",     "plancia-battery-symbolic"    },
    {"meter",       "plancia-meter-symbolic"      },
    {"ev-charger",  "plancia-ev-charger-symbolic" },
    {"heat-pump",   "plancia-heat-pump-symbolic"  },
    {"power-magic", "plancia-power-magic-symbolic"},
    {"psc",         "plancia-psc-symbolic"        },
    {"console",     "plancia-console-symbolic"    },
    {"portal",      "plancia-portal-symbolic"     },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++) {
    if (is_kind (device, icons[i].kind))
      return icons[i].icon;
  }
  return "plancia-inverter-symbolic";
}

/**
 * plancia_device_words_name:
 * @device: a device
 *
 * Returns: (transfer none): its name; words for the whole plant, which has none
 */
const char *
plancia_device_words_name (PlanciaDevice *device)
{
  return is_kind (device, "plant") ? _("Whole plant") : plancia_device_get_name (device);
}

gboolean
plancia_device_words_is_current (PlanciaDevice *device)
{
  PlanciaMark mark = plancia_device_get_mark (device);

  return mark == PLANCIA_MARK_LIVE || mark == PLANCIA_MARK_STALE;
}

/**
 * plancia_device_words_zone:
 * @session: the session
 *
 * Returns: (transfer full): the zone of its plant; without a plant that of this computer
 */
GTimeZone *
plancia_device_words_zone (PlanciaSession *session)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  GTimeZone *zone = plant ? plancia_plant_get_zone (plancia_open_plant_get_plant (plant)) : NULL;

  return zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
}

/**
 * plancia_device_words_time:
 * @time: ms UTC, 0 for none
 * @zone: of the plant
 *
 * Returns: (transfer full): the time of day; on another day than today with the date
 */
char *
plancia_device_words_time (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  if (time == 0 || !local)
    return g_strdup ("");
  if (plancia_span_contains (plancia_span_day (zone, plancia_clock_now ()), time))
    return g_date_time_format (local, "%H:%M");
  /* Translators: a day and a time, as "11 June, 14:02"; see g_date_time_format() */
  return g_date_time_format (local, _("%-d %B, %H:%M"));
}

/**
 * plancia_device_words_energy:
 * @kilowatt_hours: an energy; NAN if it is not known
 *
 * Returns: (transfer full): number and unit, from 1000 kWh on without decimals
 */
char *
plancia_device_words_energy (double kilowatt_hours)
{
  const char      *unit = NULL;
  g_autofree char *number = NULL;

  /* Up to a thousand with a decimal: it stands alone in its line. */
  if (fabs (kilowatt_hours) < 999.5) {
    number = plancia_text_number (kilowatt_hours, 1);
    return g_strconcat (number, NO_BREAK "kWh", NULL);
  }
  number = plancia_text_energy (kilowatt_hours, &unit);
  return g_strconcat (number, NO_BREAK, unit, NULL);
}

/* --- state ----------------------------------------------------------------------------------- */

static char *
portal_words (PlanciaDevice *device, GTimeZone *zone)
{
  g_autofree char *time = plancia_device_words_time (plancia_device_get_time (device), zone);

  /* Translators: %s is a time of day: when the portal got the value */
  return g_strdup_printf (_("From the portal, %s"), time);
}

static char *
meter_words (PlanciaDevice *device)
{
  double watts;

  if (!plancia_device_get_quantity (device, PLANCIA_QUANTITY_GRID_POWER, &watts))
    return g_strdup (_("Answers"));
  if (fabs (watts) < 10)
    return g_strdup (_("No exchange"));
  return g_strdup (watts > 0 ? _("Exporting") : _("Importing"));
}

/* What the device's own state register says, in the words of its map. */
static char *
register_words (PlanciaDevice *device)
{
  PlanciaMap           *map = plancia_device_get_map (device);
  const PlanciaField   *field = map ? plancia_map_find_field (map, "state") : NULL;
  const PlanciaReading *reading = plancia_device_lookup (device, "state");

  if (!field || !reading || reading->value.kind == PLANCIA_VALUE_NONE ||
      reading->quality == PLANCIA_QUALITY_MISSING || reading->quality == PLANCIA_QUALITY_REFUSED)
    return NULL;
  return plancia_field_format (field, &reading->value, reading->words);
}

static char *
live_words (PlanciaDevice *device, GTimeZone *zone)
{
  char *words;

  if (is_kind (device, "thing"))
    return portal_words (device, zone);
  if (is_kind (device, "meter"))
    return meter_words (device);
  if (is_kind (device, "console"))
    return g_strdup (_("Port open"));

  words = register_words (device);
  return words ? words : g_strdup (_("Answers"));
}

static char *
stale_words (PlanciaDevice *device, GTimeZone *zone)
{
  g_autofree char *time = NULL;

  if (is_kind (device, "thing"))
    return portal_words (device, zone);
  time = plancia_device_words_time (plancia_device_get_time (device), zone);
  /* Translators: %s is a time of day */
  return g_strdup_printf (_("Old reading, %s"), time);
}

static char *
with_last_reading (PlanciaDevice *device, const char *words, GTimeZone *zone)
{
  g_autofree char *time = plancia_device_words_time (plancia_device_get_time (device), zone);
  g_autofree char *bare = g_strdup (words);
  gsize            length = strlen (bare);

  if (length > 0 && bare[length - 1] == '.')
    bare[length - 1] = '\0';
  if (plancia_device_get_time (device) == 0)
    return g_steal_pointer (&bare);
  /* Translators: first %s says why a device gives no values, second %s is a time of day */
  return g_strdup_printf (_("%s · last reading %s"), bare, time);
}

/**
 * plancia_device_words_state:
 * @device: a device
 * @zone: of the plant
 *
 * Returns: (transfer full): what it does, as its own register or the portal says it; else why that is
 *   not known, and when it last was
 */
char *
plancia_device_words_state (PlanciaDevice *device, GTimeZone *zone)
{
  const GError *error = plancia_device_get_error (device);

  if (g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE))
    return g_strdup (_("Not polled: model not listed"));

  switch (plancia_device_get_mark (device)) {
  case PLANCIA_MARK_LIVE:
    return live_words (device, zone);
  case PLANCIA_MARK_STALE:
    return error ? with_last_reading (device, plancia_error_text (error), zone)
                 : stale_words (device, zone);
  case PLANCIA_MARK_CONNECTING:
    return g_strdup (_("Connecting, no reading yet"));
  case PLANCIA_MARK_FAILING:
    return with_last_reading (device, error ? plancia_error_text (error) : _("No answer"), zone);
  case PLANCIA_MARK_TAKEN_OVER:
    return with_last_reading (device, _("Line held by another client"), zone);
  case PLANCIA_MARK_CLOSED:
  default:
    return with_last_reading (device,
                              is_kind (device, "console")
                              ? _("Not opened")
                              : _("Closed"), zone);
  }
}

/* --- figures --------------------------------------------------------------------------------- */

static char *
percent_words (double percent)
{
  g_autofree char *number = plancia_text_number (percent, 0);

  /* Translators: state of charge of a battery, with its number */
  return g_strdup_printf (_("%s\xc2\xa0%% charged"), number);
}

/**
 * plancia_device_words_self_sufficiency:
 * @part: 0 to 1, clamped
 *
 * Returns: (transfer full): "98 % self-sufficient"
 */
char *
plancia_device_words_self_sufficiency (double part)
{
  g_autofree char *number = plancia_text_number (100 * CLAMP (part, 0, 1), 0);

  /* Translators: the part of what was used today that did not come from the grid */
  return g_strdup_printf (_("%s\xc2\xa0%% self-sufficient"), number);
}

/* An energy "today" that was read yesterday is not today's. */
static gboolean
is_of_today (PlanciaDevice *device, GTimeZone *zone)
{
  PlanciaSpan today = plancia_span_day (zone, plancia_clock_now ());

  return plancia_span_contains (today, plancia_device_get_time (device));
}

/**
 * plancia_device_words_today:
 * @device: a device
 * @zone: of the plant
 *
 * Returns: (transfer full): what it produced or used today, or how full it is; empty if it has no
 *   such figure
 */
char *
plancia_device_words_today (PlanciaDevice *device, GTimeZone *zone)
{
  static const PlanciaQuantity energies[] = {PLANCIA_QUANTITY_ENERGY_PV,
                                             PLANCIA_QUANTITY_ENERGY_LOAD};
  gboolean storage = is_kind (device, "power-magic") || is_kind (device, "battery");
  double   value;

  if (is_kind (device, "console"))
    return g_strdup (_("console only"));
  if (storage && plancia_device_get_quantity (device, PLANCIA_QUANTITY_BATTERY_CHARGE, &value))
    return percent_words (value);

  for (guint i = 0; i < G_N_ELEMENTS (energies) && is_of_today (device, zone); i++) {
    if (plancia_device_get_quantity (device, energies[i], &value)) {
      g_autofree char *energy = plancia_device_words_energy (value);

      /* Translators: %s is an energy with its unit */
      return g_strdup_printf (_("%s today"), energy);
    }
  }
  return g_strdup ("");
}

/**
 * plancia_device_words_value:
 * @device: a device
 * @unit: (out) (transfer full): its unit, or ""
 *
 * Returns: (transfer full): the number; an em dash when the device gives no value now
 */
char *
plancia_device_words_value (PlanciaDevice *device, char **unit)
{
  const char *text = plancia_device_get_value_text (device);
  const char *split = g_strrstr (text, NO_BREAK);

  if (!split || is_kind (device, "console")) {
    *unit = g_strdup ("");
    return g_strdup (EM_DASH);
  }
  *unit = g_strdup (split + strlen (NO_BREAK));
  if (!plancia_device_words_is_current (device))
    return g_strdup (EM_DASH);
  return g_strndup (text, (gsize) (split - text));
}

/**
 * plancia_device_words_curve:
 * @device: a device
 * @style: (out): what its day curve shows, and how
 *
 * Returns: FALSE if there is nothing to draw for its kind or map
 */
gboolean
plancia_device_words_curve (PlanciaDevice *device, PlanciaCurveStyle *style)
{
  static const struct
  {
    const char       *kind;
    PlanciaCurveStyle style;
  } curves[] = {
    {"inverter",    {PLANCIA_QUANTITY_PV_POWER, 1, 1, 0}        },
    {"inverter",    {PLANCIA_QUANTITY_BATTERY_CHARGE, 3, 1, 100}}, /* without panels */
    {"thing",       {PLANCIA_QUANTITY_PV_POWER, 1, 1, 0}        },
    {"power-magic", {PLANCIA_QUANTITY_BATTERY_CHARGE, 3, 1, 100}},
    {"battery",     {PLANCIA_QUANTITY_BATTERY_CHARGE, 3, 1, 100}},
    {"meter",       {PLANCIA_QUANTITY_GRID_POWER, 4, -1, 0}     }, /* import upwards, as it says */
    {"heat-pump",   {PLANCIA_QUANTITY_LOAD_POWER, 2, 1, 0}      },
    {"ev-charger",  {PLANCIA_QUANTITY_LOAD_POWER, 2, 1, 0}      },
  };

  *style = (PlanciaCurveStyle){PLANCIA_QUANTITY_AC_POWER, 6, 1, 0};
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++) {
    if (!is_kind (device, curves[i].kind) ||
        !plancia_device_has_quantity (device, curves[i].style.quantity))
      continue;
    *style = curves[i].style;
    return TRUE;
  }
  return FALSE;
}
