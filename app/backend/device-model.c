/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/device-model.h"

#include <string.h>

/* Both ends of a range look alike but for the number: "3PH 3.3KTL-V3 to 3PH 12KTL-V3". */
static const char *const ranges[] = {
  "^(?<before>.*?)(?<low>[0-9.]+)(?<after>[^0-9 ]\\S*) to \\g{before}(?<high>[0-9.]+)\\g{after}$",
  "^(?<first>\\S+ )?(?<before>[A-Z]+)(?<low>[0-9.]+)-\\g{before}(?<high>[0-9.]+)(?<after> .*)?$",
};

static double
get_number (GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static char *
get_text (GMatchInfo *match, const char *name)
{
  char *text = g_match_info_fetch_named (match, name);

  return text != NULL ? text : g_strdup ("");
}

/* In watts, or in kilowatts with a K behind it, with one decimal below ten. */
static char *
format_power (double watts, gboolean kilo)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (number,
                                    sizeof number,
                                    kilo && watts < 10000 ? "%.1f" : "%.0f",
                                    kilo ? watts / 1000 : watts));
}

static char *
fill_in (GMatchInfo *match, guint watts)
{
  g_autofree char *first = get_text (match, "first");
  g_autofree char *before = get_text (match, "before");
  g_autofree char *after = get_text (match, "after");
  gboolean         kilo = after[0] == 'K';
  double           unit = kilo ? 1000 : 1;
  g_autofree char *power = format_power (watts, kilo);

  if (watts < get_number (match, "low") * unit || watts > get_number (match, "high") * unit)
    return NULL;
  return g_strconcat (first, before, power, after, NULL);
}

/**
 * plancia_device_model:
 * @family: as a map calls the devices that it is for
 * @watts: rated power; 0 if it is not known
 *
 * Any thread. Returns: (transfer full): a name for people
 */
char *
plancia_device_model (const char *family, guint watts)
{
  for (guint i = 0; watts > 0 && i < G_N_ELEMENTS (ranges); i++) {
    g_autoptr (GRegex) regex = g_regex_new (ranges[i], 0, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;
    char *name = NULL;

    if (g_regex_match (regex, family, 0, &match))
      name = fill_in (match, watts);
    if (name != NULL)
      return name;
  }
  return g_strdup (family);
}
