/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/direction.h"

G_BEGIN_DECLS

/* Houses made up at random, with their sensors wired in any of the 48 ways (2 with one phase): what the judge says of them. */
typedef struct
{
  guint runs;
  guint wrong;     /* a verdict that is not true */
  guint untold;    /* could not tell, though there was a load */
  guint idle;      /* runs in which nobody switched anything on */
  guint idle_told; /* and a verdict came nevertheless */
  guint kinds[PLANCIA_N_DIRECTIONS];
  guint last_wrong; /* run number */
} WiringTally;

/* first: number of the first run: each number is one house. */
void wiring_runs (guint first, guint count, WiringTally *tally);

G_END_DECLS
