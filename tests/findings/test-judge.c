/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/words.h"
#include "judged-plant.h"

#define YEARS 3

/* A plant of each fault; the many are in tests/bench/findings-found. */
static void
test_planted (void)
{
  guint found = 0, faults = 0, others = 0, plants = 0;

  for (guint kind = 0; kind < MADE_N_FAULTS; kind++) {
    Score score;

    score_init (&score);
    for (guint32 i = 0; i < 1; i++)
      score_plant (&score, 77000 + 100 * kind + i, YEARS, (MadeFaultKind) kind, TRUE);
    score_print (&score, made_fault_name ((MadeFaultKind) kind), YEARS);
    found += score.found;
    faults += kind != MADE_SOUND ? score.plants : 0;
    others += score.others;
    plants += score.plants;
    score_clear (&score);
  }
  g_test_message ("found %u of %u, false %u in %u plant years",
                  found,
                  faults,
                  others,
                  plants * YEARS);
  g_assert_cmpuint (found * 100, >=, faults * 95);
  g_assert_cmpuint (others, <=, plants * YEARS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/judge/planted", test_planted);
  return g_test_run ();
}
