/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/comparison.h"

G_BEGIN_DECLS

/* One of the two sides of a row; borrowed. */
typedef struct
{
  const PlanciaSnapshotItem *item;  /* NULL: not in this snapshot */
  const PlanciaField        *field; /* NULL: its map is not known or does not have it */
} PlanciaComparisonSide;

PlanciaComparisonRow *plancia_comparison_row_new_heading (PlanciaSection section);
PlanciaComparisonRow *plancia_comparison_row_new (PlanciaMap                  *map,
                                                  const PlanciaComparisonSide *a,
                                                  const PlanciaComparisonSide *b);
/* by: (transfer full), or NULL */
void     plancia_comparison_row_set_by (PlanciaComparisonRow *self, char *by);
void     plancia_comparison_row_set_count (PlanciaComparisonRow *self, guint count);
gboolean plancia_comparison_row_is_stageable (PlanciaComparisonRow *self);
/* All rows, shown or not. */
guint                 plancia_comparison_count_rows (PlanciaComparison *self);
PlanciaComparisonRow *plancia_comparison_get_row (PlanciaComparison *self, guint index);
/* The values for programs, C locale, or NULL. */
const char *plancia_comparison_row_get_plain_a (PlanciaComparisonRow *self);
const char *plancia_comparison_row_get_plain_b (PlanciaComparisonRow *self);

G_END_DECLS
