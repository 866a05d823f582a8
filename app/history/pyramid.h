/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Minimum, maximum and sum of every 16, 256, 4096, ... neighbouring values of an array, so that the range
 * of any stretch costs some dozens of steps whatever its length. Borrows the values. */
typedef struct _PlanciaPyramid PlanciaPyramid;

PlanciaPyramid *plancia_pyramid_new (void);
void            plancia_pyramid_free (PlanciaPyramid *self);
/* The values from index first on are new; those before are as at the last call. */
void plancia_pyramid_update (PlanciaPyramid *self, const float *values, gsize length, gsize first);
/* Of values [begin, end), which is not empty. values: those of the last update. */
void plancia_pyramid_range (PlanciaPyramid *self,
                            const float    *values,
                            gsize           begin,
                            gsize           end,
                            float          *minimum,
                            float          *maximum);

/* The sum of values [begin, end), which is not empty. */
double plancia_pyramid_sum (PlanciaPyramid *self, const float *values, gsize begin, gsize end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPyramid, plancia_pyramid_free)

G_END_DECLS
