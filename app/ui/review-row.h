/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"
#include "model/register-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One setting in the review: name and reason, old value, new value, and then the raw words, the step of the write or
 * its verdict. A setting is one edit, or all parts of a clock. Main thread. */
#define PLANCIA_TYPE_REVIEW_ROW (plancia_review_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaReviewRow, plancia_review_row, PLANCIA, REVIEW_ROW, GtkListBoxRow)

/* edits: (element-type PlanciaEdit), kept by reference. step is read only here; number counts the requests from 0. */
PlanciaReviewRow *plancia_review_row_new (PlanciaRegisterModel   *model,
                                          GPtrArray              *edits,
                                          const PlanciaWriteStep *step,
                                          guint                   number);
const char       *plancia_review_row_get_name (PlanciaReviewRow *self);
/* Narrow: the columns stand below each other. */
void plancia_review_row_set_narrow (PlanciaReviewRow *self, gboolean narrow);
/* The request in hand and what is done with it, as in PlanciaWriteProgress; from 0. */
void plancia_review_row_set_progress (PlanciaReviewRow *self, guint number, const char *phase);
/* Ends the write: shows the worst verdict of the row's edits. */
void plancia_review_row_set_outcomes (PlanciaReviewRow *self, GPtrArray *outcomes);
/* A later reading of the registers decides what was unknown or differed. */
void           plancia_review_row_set_readings (PlanciaReviewRow *self, PlanciaReadings *readings);
PlanciaVerdict plancia_review_row_get_verdict (PlanciaReviewRow *self);
/* How often the registers of the device were written so far; counts: of PlanciaJournalCount. */
void plancia_review_row_set_counts (PlanciaReviewRow *self, const GArray *counts);
/* A sentence about what is not as it was wanted, or NULL. (transfer full) */
char *plancia_review_row_create_sentence (PlanciaReviewRow *self);
/* Adds the keys of a row that is not verified to a GPtrArray of borrowed const char*. */
void plancia_review_row_collect_open_keys (PlanciaReviewRow *self, GPtrArray *keys);

G_END_DECLS
