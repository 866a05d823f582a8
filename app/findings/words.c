/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/words.h"

#include "findings/words-data.h"

#include <glib/gi18n.h>
#include <math.h>

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

static char *
string_numbers (const PlanciaFinding *finding)
{
  if (g_strcmp0 (finding->flow, "morning") == 0)
    /* Translators: PV2 in the mornings; a part of what it was. */
    return g_strdup_printf (
      _ ("PV%u gives in the morning %.0f %% of what it gave beside the other strings."),
         finding->string,
         finding->after);
  if (g_strcmp0 (finding->flow, "afternoon") == 0)
    return g_strdup_printf (
      _ ("PV%u gives in the afternoon %.0f %% of what it gave beside the other strings."),
         finding->string,
         finding->after);
  return g_strdup_printf (_ ("PV%u gives %.0f %% of what it gave beside the other strings."),
                             finding->string,
                             finding->after);
}

static char *
clock_numbers (const PlanciaFinding *finding, gboolean midnight)
{
  double off = fabs (finding->after);
  /* A middle that lies later than the sun's is a clock that is ahead, too. */
  gboolean ahead = finding->after > 0;

  if (midnight)
    return ahead ? g_strdup_printf (_ ("The device's day begins %.0f min early."), off)
                 : g_strdup_printf (_ ("The device's day begins %.0f min late."), off);
  return ahead ? g_strdup_printf (_ ("The readings are %.0f min later than the sun says."), off)
               : g_strdup_printf (_ ("The readings are %.0f min earlier than the sun says."), off);
}

typedef char *(*Numbers) (const PlanciaFinding *finding);

static char *
inverter_numbers (const PlanciaFinding *finding)
{
  return g_strdup_printf (_ ("It gives %.0f %% of what it gave beside the other inverters."),
                             finding->after);
}

static char *
plant_numbers (const PlanciaFinding *finding)
{
  return g_strdup_printf (
    _ ("Good days give %.0f %% of what the same season gave in its best year."), finding->after);
}

static char *
battery_numbers (const PlanciaFinding *finding)
{
  return g_strdup_printf (_ ("It fills to %.0f %% on days with surplus, and filled to %.0f %%."),
                             finding->after,
                             finding->before);
}

static char *
reset_numbers (const PlanciaFinding *finding)
{
  return clock_numbers (finding, TRUE);
}

static char *
sun_numbers (const PlanciaFinding *finding)
{
  return clock_numbers (finding, FALSE);
}

static char *
day_numbers (const PlanciaFinding *finding)
{
  return g_strdup_printf (_ ("%.0f %% of the sunlit time is known."), finding->after);
}

static char *
night_numbers (const PlanciaFinding *finding)
{
  return g_strdup_printf (_ ("%.0f %% of the night is known."), finding->after);
}

static char *
counter_numbers (const PlanciaFinding *finding)
{
  /* Translators: "Production: the counter has 74 % of what the power comes to." */
  return g_strdup_printf (_ ("%s: the counter has %.0f %% of what the power comes to."),
                             flow_name (finding->flow),
                             finding->after);
}

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

char *
plancia_finding_words_energy (const PlanciaFinding *finding)
{
  const char *format = NULL;

  switch (finding->rule->meaning) {
  case PLANCIA_FINDING_UNSEEN:
    format = _ ("About %.0f kWh not seen, %.1f kWh a day");
    break;
  case PLANCIA_FINDING_MISPLACED:
    format = _ ("About %.0f kWh booked to another hour, %.1f kWh a day");
    break;
  case PLANCIA_FINDING_MISCOUNTED:
    format = _ ("About %.0f kWh miscounted, %.1f kWh a day");
    break;
  case PLANCIA_FINDING_LOST:
  default:
    format = _ ("About %.0f kWh lost, %.1f kWh a day");
  }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, finding->energy, finding->energy_day);
#pragma GCC diagnostic pop
}

gboolean
plancia_finding_words_has (const char *text)
{
  return g_strv_contains (plancia_finding_words_texts, text);
}
