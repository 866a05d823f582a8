/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/glide.h"

#include <math.h>

/* After so many ms a third of the velocity is left. */
#define DECAY 325.0
/* px a ms */
#define LEAST_PUSH  0.15
#define LEAST_SPEED 0.01

/**
 * plancia_glide_distance:
 * @velocity: px a ms when it was let go
 * @elapsed: ms since then
 *
 * Returns: px
 */
double
plancia_glide_distance (double velocity, double elapsed)
{
  return velocity * DECAY * (1 - exp (-elapsed / DECAY));
}

gboolean
plancia_glide_moves (double velocity, double elapsed)
{
  return fabs (velocity) * exp (-elapsed / DECAY) > LEAST_SPEED;
}

gboolean
plancia_glide_starts (double velocity)
{
  return fabs (velocity) > LEAST_PUSH;
}
