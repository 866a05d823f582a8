/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/judge.h"
#include "made-plant.h"

G_BEGIN_DECLS

/* How well the judges do over many made plants of one fault each. */
typedef struct
{
  guint   plants;
  guint   found;
  guint   others; /* findings about something else, or told twice */
  GArray *days;   /* double: how far "since when" is off, absolute */
  GArray *energy; /* double: how far the kWh are off, part of what they are */
} Score;

void score_init (Score *self);
void score_clear (Score *self);
/* Makes a plant, judges it, adds to the score. */
void score_plant (Score *self, guint32 seed, guint years, MadeFaultKind kind, gboolean talk);
/* One line. */
void score_print (Score *self, const char *name, guint years);

G_END_DECLS
