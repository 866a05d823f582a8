/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a hand's push runs out; arithmetic. Pixels and ms. */

/* How far something has gone that was let go of with this velocity. */
double plancia_glide_distance (double velocity, double elapsed);
/* Is it still to be seen moving? */
gboolean plancia_glide_moves (double velocity, double elapsed);
/* Is this a push at all, and not a hand that had come to rest? */
gboolean plancia_glide_starts (double velocity);

G_END_DECLS
