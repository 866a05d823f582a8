/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/target.h"

G_BEGIN_DECLS

/* read --range: registers as they are, without a map. */
typedef struct
{
  guint first;
  guint count;
  guint function;
} PlanciaRange;

/* "0x0404+40"; FALSE after a sentence on standard error. */
gboolean plancia_range_parse (const char *text, PlanciaRange *out);
/* Reads and prints, each watch seconds if that is above 0. Returns the exit code. */
int
plancia_range_read (PlanciaTarget *target, const PlanciaRange *range, double watch, gboolean json);

G_END_DECLS
