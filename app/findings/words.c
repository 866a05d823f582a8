/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/words.h"

#include "base/clock.h"
#include "base/text.h"
#include "findings/words-data.h"

#include <glib/gi18n.h>
#include <math.h>

/* What nobody has looked at for so long may be over. */
#define LONG_AGO (14 * PLANCIA_DAY)

/* What about a flow: the names are those of its power. */
static const char *
flow_name (const char *flow)
{
  static const struct
  {
    const char *flow;
    const char *name;
  } names[] = {
    {"powerGenerating",  NC_ ("finding", "Production")      },
    {"powerConsuming",   NC_ ("finding", "Consumption")     },
    {"powerExporting",   NC_ ("finding", "To the grid")     },
    {"powerImporting",   NC_ ("finding", "From the grid")   },
    {"powerCharging",    NC_ ("finding", "To the battery")  },
    {"powerDischarging", NC_ ("finding", "From the battery")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].flow, flow) == 0)
      return g_dpgettext2 (NULL, "finding", names[i].name);
  return "";
}

const char *
plancia_finding_words_text (const char *text)
{
  return g_dpgettext2 (NULL, "finding", text);
}

const char *
plancia_finding_words_title (const PlanciaFindingRule *rule)
{
  return plancia_finding_words_text (rule->title);
}

const char *
plancia_finding_words_source (const PlanciaFindingRule *rule)
{
  return plancia_finding_words_text (rule->source);
}

const char *
plancia_finding_words_severity (PlanciaFindingSeverity severity)
{
  switch (severity) {
  case PLANCIA_FINDING_FAULT:
    return C_ ("finding", "Fault");
  case PLANCIA_FINDING_WARNING:
    return C_ ("finding", "Warning");
  case PLANCIA_FINDING_NOTE:
  case PLANCIA_N_FINDING_SEVERITIES:
  default:
    return C_ ("finding", "Note");
  }
}

/* --- numbers --------------------------------------------------------------------------------- */

/* A number of the rule's unit: "61 %", "23 min". (transfer full) */
static char *
dup_number (const PlanciaFinding *finding, double number)
{
  g_autofree char *text = plancia_text_number (number, 0);

  return plancia_text_with_unit (text, finding->rule->unit);
}

/* format: with one %s, and before it a %u if string is a number of one; translated. */
static char *
dup_sentence (const PlanciaFinding *finding, const char *format)
{
  g_autofree char *after = dup_number (finding, fabs (finding->after));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return finding->string > 0 ? g_strdup_printf (format, finding->string, after)
                             : g_strdup_printf (format, after);
#pragma GCC diagnostic pop
}

static char *
string_numbers (const PlanciaFinding *finding)
{
  if (g_strcmp0 (finding->flow, "morning") == 0)
    /* Translators: PV2; a part of what it was, as 61 % */
    return dup_sentence (
      finding,
      _ ("PV%u gives in the morning %s of what it gave beside the other strings."));
  if (g_strcmp0 (finding->flow, "afternoon") == 0)
    return dup_sentence (
      finding,
      _ ("PV%u gives in the afternoon %s of what it gave beside the other strings."));
  return dup_sentence (finding, _ ("PV%u gives %s of what it gave beside the other strings."));
}

static char *
inverter_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding, _ ("It gives %s of what it gave beside the other inverters."));
}

static char *
plant_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding,
                       _ ("Good days give %s of what the same season gave in its best year."));
}

static char *
battery_numbers (const PlanciaFinding *finding)
{
  g_autofree char *before = dup_number (finding, finding->before);
  g_autofree char *after = dup_number (finding, finding->after);

  return g_strdup_printf (
    _ ("On days with surplus it fills to %s; before it was %s."), after, before);
}

static char *
reset_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding,
                       finding->after > 0
                       ? _ ("The device's day begins %s early.")
                       : _ ("The device's day begins %s late."));
}

static char *
sun_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding,
                       finding->after > 0
                       ? _ ("The readings are %s later than the sun says.")
                       : _ ("The readings are %s earlier than the sun says."));
}

static char *
day_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding, _ ("%s of the sunlit time is known."));
}

static char *
night_numbers (const PlanciaFinding *finding)
{
  return dup_sentence (finding, _ ("%s of the night is known."));
}

static char *
counter_numbers (const PlanciaFinding *finding)
{
  g_autofree char *after = dup_number (finding, finding->after);

  /* Translators: "Production: the counter has 74 % of what the power comes to." */
  return g_strdup_printf (
    _ ("%s: the counter has %s of what the power comes to."), flow_name (finding->flow), after);
}

typedef char *(*Numbers) (const PlanciaFinding *finding);

char *
plancia_finding_words_numbers (const PlanciaFinding *finding)
{
  static const struct
  {
    const char *judge;
    Numbers     numbers;
  } all[] = {
    {"strings",     string_numbers  },
    {"shading",     string_numbers  },
    {"inverters",   inverter_numbers},
    {"plant",       plant_numbers   },
    {"battery",     battery_numbers },
    {"clock-reset", reset_numbers   },
    {"clock-sun",   sun_numbers     },
    {"gaps-day",    day_numbers     },
    {"gaps-night",  night_numbers   },
    {"counters",    counter_numbers },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].judge, finding->rule->judge))
      return all[i].numbers (finding);
  return g_strdup ("");
}

static char *
dup_energy (double energy)
{
  const char      *unit;
  g_autofree char *number = plancia_text_energy (energy, &unit);

  return plancia_text_with_unit (number, unit);
}

char *
plancia_finding_words_energy (const PlanciaFinding *finding)
{
  g_autofree char *energy = dup_energy (finding->energy);
  g_autofree char *day = dup_energy (finding->energy_day);

  switch (finding->rule->meaning) {
  case PLANCIA_FINDING_UNSEEN:
    return g_strdup_printf (_ ("About %s not seen, %s a day"), energy, day);
  case PLANCIA_FINDING_MISPLACED:
    return g_strdup_printf (_ ("About %s booked to another hour, %s a day"), energy, day);
  case PLANCIA_FINDING_MISCOUNTED:
    return g_strdup_printf (_ ("About %s miscounted, %s a day"), energy, day);
  case PLANCIA_FINDING_LOST:
  default:
    return g_strdup_printf (_ ("About %s lost, %s a day"), energy, day);
  }
}

char *
plancia_finding_words_short_energy (const PlanciaFinding *finding)
{
  return dup_energy (finding->energy);
}

/* "12 June 2026" */
static char *
dup_date (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a day, as of strftime */
  return g_date_time_format (local, _ ("%-d %B %Y"));
}

char *
plancia_finding_words_when (const PlanciaFinding *finding, GTimeZone *zone)
{
  g_autofree char *since = dup_date (finding->since, zone);
  /* The last day is over at its end. */
  g_autofree char *last = dup_date (finding->known - PLANCIA_HOUR, zone);

  if (finding->until != 0)
    return g_strdup_printf (_ ("from %s to %s"), since, last);
  if (plancia_clock_now () - finding->known > LONG_AGO)
    /* Translators: two days; what came later nobody knows */
    return g_strdup_printf (_ ("since %s, known until %s"), since, last);
  return g_strdup_printf (_ ("since %s"), since);
}

gboolean
plancia_finding_words_has (const char *text)
{
  return g_strv_contains (plancia_finding_words_texts, text);
}
