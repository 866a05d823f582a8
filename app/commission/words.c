/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/words.h"

#include "commission/words-data.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define CONTEXT "commissioning"
#define EM_DASH "\xe2\x80\x94"
#define DOT     " \xc2\xb7 "

static const char *const check_words[PLANCIA_N_CHECKS] = {
  NC_ ("commissioning", "to do"),
  NC_ ("commissioning", "as expected"),
  NC_ ("commissioning", "with reservation"),
  NC_ ("commissioning", "failed"),
  NC_ ("commissioning", "not applicable"),
  NC_ ("commissioning", "skipped"),
};

static const struct
{
  const char *certainty;
  const char *words;
} certainties[] = {
  {"general knowledge",
   NC_ ("commissioning",                      "general knowledge: compare with the edition in force")},
  {"field",             NC_ ("commissioning", "seen in the field")                                   },
  {"map",               NC_ ("commissioning", "from the register map")                               },
  {"device",            NC_ ("commissioning", "from the device itself")                              },
  {"physics",           NC_ ("commissioning", "physics")                                             },
  {"program",           NC_ ("commissioning", "chosen by Plancia")                                   },
  {"practice",          NC_ ("commissioning", "practice of installers")                              },
  {"vendor",            NC_ ("commissioning", "from the vendor")                                     },
};

/* The translation takes the same arguments. */
static const char *say (PlanciaReportLanguage *language, const char *text) G_GNUC_FORMAT (2);

static const char *
say (PlanciaReportLanguage *language, const char *text)
{
  return plancia_report_say_in (language, CONTEXT, text);
}

const char *
plancia_words_data (PlanciaReportLanguage *language, const char *text)
{
  return say (language, text);
}

gboolean
plancia_words_has_data (const char *text)
{
  return g_strv_contains (plancia_words_texts, text);
}

const char *
plancia_words_check (PlanciaReportLanguage *language, PlanciaCheck check)
{
  return say (language, check_words[check]);
}

const char *
plancia_words_certainty (PlanciaReportLanguage *language, const char *certainty)
{
  for (guint i = 0; i < G_N_ELEMENTS (certainties); i++)
    if (g_str_equal (certainties[i].certainty, certainty))
      return say (language, certainties[i].words);
  return certainty;
}

/* --- evidence -------------------------------------------------------------------------------- */

static gboolean
is_alarm (const PlanciaEvidence *evidence)
{
  return g_str_has_prefix (evidence->key, "alarm_");
}

char *
plancia_words_evidence_name (PlanciaReportLanguage *language, const PlanciaEvidence *evidence)
{
  const char *context = is_alarm (evidence) ? "map bit" : evidence->address >= 0 ? "map" : CONTEXT;

  return g_strdup (plancia_report_say_in (language, context, evidence->name));
}

char *
plancia_words_evidence_value (PlanciaReportLanguage *language, const PlanciaEvidence *evidence)
{
  if (is_alarm (evidence))
    return isnan (evidence->number) || evidence->number == 0
             ? g_strdup (EM_DASH)
             : g_strdup_printf (say (language, NC_ ("commissioning", "ID %.0f")), evidence->number);
  if (evidence->text != NULL)
    return g_strdup (evidence->numbered ? plancia_report_say_in (language, "map", evidence->text)
                                        : evidence->text);
  if (isnan (evidence->number))
    return g_strdup (say (language, NC_ ("commissioning", "no answer")));
  return plancia_report_quantity (language, evidence->number, evidence->decimals, evidence->unit);
}

char *
plancia_words_evidence_raw (const PlanciaEvidence *evidence)
{
  g_autofree char *words = plancia_evidence_dup_words (evidence);

  if (evidence->address < 0)
    return NULL;
  return g_strdup_printf ("0x%04X%s%s",
                          (guint) evidence->address,
                          words != NULL ? DOT : "",
                          words != NULL ? words : "");
}

/* --- findings -------------------------------------------------------------------------------- */

char *
plancia_words_limits (PlanciaReportLanguage *language, const PlanciaRuleFinding *finding)
{
  g_autofree char *low = plancia_report_number (language, finding->minimum, finding->decimals);
  g_autofree char *high =
    plancia_report_quantity (language, finding->maximum, finding->decimals, finding->unit);
  g_autofree char *least =
    plancia_report_quantity (language, finding->minimum, finding->decimals, finding->unit);

  if (isnan (finding->minimum) && isnan (finding->maximum))
    return NULL;
  if (isnan (finding->minimum))
    /* TRANSLATORS: a limit with its unit: "at most 253.0 V" */
    return g_strdup_printf (say (language, NC_ ("commissioning", "at most %s")), high);
  if (isnan (finding->maximum))
    return g_strdup_printf (say (language, NC_ ("commissioning", "at least %s")), least);
  /* TRANSLATORS: a range, the unit at the end: "195.5 to 264.5 V" */
  return g_strdup_printf (say (language, NC_ ("commissioning", "%s to %s")), low, high);
}

const char *
plancia_words_wrong (PlanciaReportLanguage *language, const PlanciaRuleFinding *finding)
{
  if (finding->check != PLANCIA_CHECK_RESERVATION && finding->check != PLANCIA_CHECK_FAILED)
    return NULL;
  if (isnan (finding->minimum) && isnan (finding->maximum))
    return say (language,
                isnan (finding->measured) ? NC_ ("commissioning", "missing")
                                          : NC_ ("commissioning", "not as expected"));
  return say (language,
              finding->measured > finding->maximum ? NC_ ("commissioning", "too high")
                                                   : NC_ ("commissioning", "too low"));
}

/* --- direction ------------------------------------------------------------------------------- */

/* "L2", "L1, L3" of those sensors that are so. */
static char *
list_reversed (const PlanciaDirectionResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->n; i++)
    if (result->reversed[i])
      g_string_append_printf (text, "%sL%u", text->len > 0 ? ", " : "", i + 1);
  return g_string_free (text, FALSE);
}

static char *
list_moved (const PlanciaDirectionResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->n; i++)
    if (result->phase_of[i] != i)
      g_string_append_printf (text, "%sL%u", text->len > 0 ? "/" : "", i + 1);
  return g_string_free (text, FALSE);
}

static char *
say_swapped (PlanciaReportLanguage *language, const PlanciaDirectionResult *result)
{
  g_autofree char *moved = list_moved (result);
  g_autofree char *reversed = list_reversed (result);

  if (reversed[0] == '\0')
    /* TRANSLATORS: which phases: "phases swapped L1/L3" */
    return g_strdup_printf (say (language, NC_ ("commissioning", "phases swapped %s")), moved);
  return g_strdup_printf (say (language, NC_ ("commissioning", "phases swapped %s, reversed %s")),
                          moved,
                          reversed);
}

char *
plancia_words_direction (PlanciaReportLanguage *language, const PlanciaDirectionResult *result)
{
  g_autofree char *reversed = list_reversed (result);

  switch (result->verdict) {
  case PLANCIA_DIRECTION_RIGHT:
    return g_strdup (say (language, NC_ ("commissioning", "right")));
  case PLANCIA_DIRECTION_REVERSED:
    if (result->n == 1)
      return g_strdup (say (language, NC_ ("commissioning", "reversed")));
    /* TRANSLATORS: which phases: "reversed on L2" */
    return g_strdup_printf (say (language, NC_ ("commissioning", "reversed on %s")), reversed);
  case PLANCIA_DIRECTION_SWAPPED:
    return say_swapped (language, result);
  case PLANCIA_DIRECTION_NOT_ENOUGH:
    return g_strdup (say (language, NC_ ("commissioning", "not enough power to tell")));
  case PLANCIA_DIRECTION_RESTLESS:
    return g_strdup (say (language, NC_ ("commissioning", "too restless to tell")));
  case PLANCIA_DIRECTION_OPEN:
  case PLANCIA_N_DIRECTIONS:
  default:
    return g_strdup (say (language, NC_ ("commissioning", "not measured")));
  }
}

char *
plancia_words_direction_cause (PlanciaReportLanguage        *language,
                               const PlanciaDirectionResult *result)
{
  g_autofree char *reversed = list_reversed (result);
  g_autofree char *moved = list_moved (result);

  switch (result->verdict) {
  case PLANCIA_DIRECTION_RIGHT:
    return g_strdup (
      say (language,
           NC_ ("commissioning", "Every sensor sits on its phase, and the right way round")));
  case PLANCIA_DIRECTION_REVERSED:
    if (result->n == 1)
      return g_strdup (
        say (language,
             NC_ ("commissioning",
                  "The sensor sits the wrong way round, or its two wires are exchanged")));
    /* TRANSLATORS: %s: one or several phases, "L2" */
    return g_strdup_printf (
      say (language,
           NC_ ("commissioning",
                "The sensor on %s sits the wrong way round, or its two wires are exchanged")),
      reversed);
  case PLANCIA_DIRECTION_SWAPPED:
    /* TRANSLATORS: %s: phases, "L1/L3" */
    return g_strdup_printf (
      say (language, NC_ ("commissioning", "The sensors of %s sit on one another's phase")),
      moved);
  case PLANCIA_DIRECTION_NOT_ENOUGH:
    return g_strdup (
      say (language, NC_ ("commissioning", "The readings did not move enough to tell")));
  case PLANCIA_DIRECTION_RESTLESS:
    return g_strdup (
      say (language, NC_ ("commissioning", "Too much else moved meanwhile to tell")));
  case PLANCIA_DIRECTION_OPEN:
  case PLANCIA_N_DIRECTIONS:
  default:
    return g_strdup (say (language, NC_ ("commissioning", "Not measured yet")));
  }
}

const char *
plancia_words_direction_advice (PlanciaReportLanguage        *language,
                                const PlanciaDirectionResult *result)
{
  switch (result->verdict) {
  case PLANCIA_DIRECTION_REVERSED:
    return say (language,
                NC_ ("commissioning",
                     "Switch the load off, open the clamp, turn it so that the arrow points to the "
                     "house, close it, then measure again."));
  case PLANCIA_DIRECTION_SWAPPED:
    return say (language,
                NC_ ("commissioning",
                     "Switch the load off, put each clamp on the phase of its number, then measure "
                     "again."));
  case PLANCIA_DIRECTION_NOT_ENOUGH:
    return say (language,
                NC_ ("commissioning",
                     "Take a load of at least 1 kW on the phase that is asked for. If the battery "
                     "takes it over, set it to rest for the test."));
  case PLANCIA_DIRECTION_RESTLESS:
    return say (
      language,
      NC_ ("commissioning", "Switch off what starts and stops by itself, then measure again."));
  case PLANCIA_DIRECTION_RIGHT:
  case PLANCIA_DIRECTION_OPEN:
  case PLANCIA_N_DIRECTIONS:
  default:
    return "";
  }
}
