/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many planted faults are found, how many findings are about nothing, how far "since when" and kWh are off: over many made
 * plants of five years. PLANCIA_FINDINGS_EACH: plants a fault (20). PLANCIA_FINDINGS_TALK: each finding. */
#include "../findings/judged-plant.h"

#define YEARS 5

int
main (int argc, char **argv)
{
  const char *wanted = g_getenv ("PLANCIA_FINDINGS_EACH");
  guint       each = wanted ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 20;
  gboolean    talk = g_getenv ("PLANCIA_FINDINGS_TALK") != NULL;
  guint       found = 0, faults = 0, others = 0, plants = 0;

  for (guint kind = 0; kind < MADE_N_FAULTS; kind++) {
    Score score;

    score_init (&score);
    for (guint i = 0; i < each; i++)
      score_plant (&score, 1000 * kind + i, YEARS, (MadeFaultKind) kind, talk);
    score_print (&score, made_fault_name ((MadeFaultKind) kind), YEARS);
    found += score.found;
    faults += kind != MADE_SOUND ? score.plants : 0;
    others += score.others;
    plants += score.plants;
    score_clear (&score);
  }
  g_print ("all: found %u of %u (%.1f %%; aim: 95), false %.3f a plant and year (aim: at most 1)\n",
           found,
           faults,
           100.0 * found / faults,
           (double) others / (plants * YEARS));
  return 0;
}
