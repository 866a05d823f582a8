/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/words.h"

#include <glib/gi18n.h>

/* The translation takes the same arguments. */
static const char *say (PlanciaReportLanguage *language, const char *text) G_GNUC_FORMAT (2);

static const char *
say (PlanciaReportLanguage *language, const char *text)
{
  return plancia_report_say_in (language, "commissioning", text);
}

static char *
say_found (PlanciaReportLanguage       *language,
           guint                        phase,
           const PlanciaDirectionPhase *found,
           guint                        n)
{
  if (found->sensor != phase)
    return g_strdup_printf (
      say (language, NC_ ("commissioning", "The load on L%u shows on the sensor of L%u")),
      phase + 1,
      found->sensor + 1);
  if (n == 1)
    return g_strdup (say (
      language,
      found->reversed ? NC_ ("commissioning",
                             "The sensor sits the wrong way round, or its two wires are exchanged")
                      : NC_ ("commissioning", "The sensor sits the right way round")));
  if (found->reversed)
    return g_strdup_printf (
      say (language,
           NC_ ("commissioning",
                "The sensor on L%u sits the wrong way round, or its two wires are exchanged")),
      phase + 1);
  return g_strdup_printf (
    say (language, NC_ ("commissioning", "The sensor on L%u follows its phase")),
    phase + 1);
}

/* One phase as if it were all of it, for the sentences that are the same. */
static PlanciaDirectionResult
alone (const PlanciaDirectionPhase *phase)
{
  PlanciaDirectionResult result = {.verdict = phase->state, .n = 1};

  return result;
}

char *
plancia_words_phase_cause (PlanciaReportLanguage        *language,
                           guint                         phase,
                           const PlanciaDirectionResult *result)
{
  const PlanciaDirectionPhase *found = &result->phases[phase];
  PlanciaDirectionResult       one = alone (found);

  if (found->state == PLANCIA_DIRECTION_RIGHT)
    return say_found (language, phase, found, result->n);
  return plancia_words_direction_cause (language, &one);
}

const char *
plancia_words_phase_advice (PlanciaReportLanguage        *language,
                            guint                         phase,
                            const PlanciaDirectionResult *result)
{
  const PlanciaDirectionPhase *found = &result->phases[phase];
  PlanciaDirectionResult       one = alone (found);

  if (found->state == PLANCIA_DIRECTION_RIGHT && found->reversed)
    one.verdict = PLANCIA_DIRECTION_REVERSED;
  else if (found->state == PLANCIA_DIRECTION_RIGHT && found->sensor != phase)
    one.verdict = PLANCIA_DIRECTION_SWAPPED;
  else if (found->state == PLANCIA_DIRECTION_RIGHT)
    return say (language, NC_ ("commissioning", "Switch the load off before the next phase."));
  return plancia_words_direction_advice (language, &one);
}

char *
plancia_words_phase_sensor (PlanciaReportLanguage        *language,
                            guint                         phase,
                            guint                         sensor,
                            const PlanciaDirectionResult *result)
{
  const PlanciaDirectionPhase *found = &result->phases[phase];

  if (found->state != PLANCIA_DIRECTION_RIGHT)
    return NULL;
  if (sensor == found->sensor && sensor != phase)
    /* TRANSLATORS: this sensor shows the load of another phase */
    return g_strdup_printf (say (language, NC_ ("commissioning", "Shows L%u")), phase + 1);
  if (sensor == found->sensor)
    return g_strdup (say (language,
                          found->reversed ? NC_ ("commissioning", "Turned round")
                                          : NC_ ("commissioning", "Rises as expected")));
  if (sensor == phase)
    return g_strdup (say (language, NC_ ("commissioning", "Did not move")));
  return g_strdup (say (language, NC_ ("commissioning", "Unchanged")));
}
