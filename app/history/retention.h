/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long what was recorded here is kept as it was read, in days; 0: for ever. What a cloud keeps is left alone. Thinning never
 * makes a value up: of each minute, or quarter of an hour, the first, the smallest, the largest and the last sample stay, so that
 * spikes, states and what counters have counted stay true. */
typedef struct
{
  guint raw_days;    /* then one minute's worth */
  guint minute_days; /* then a quarter of an hour's worth */
  guint keep_days;   /* then nothing */
} PlanciaRetention;

G_END_DECLS
