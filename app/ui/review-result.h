/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "ui/review-row.h"

G_BEGIN_DECLS

/* What the rows of a review say together after a write. rows: (element-type PlanciaReviewRow). */
guint plancia_review_result_count (GPtrArray *rows, PlanciaVerdict verdict);
/* Sentences, one a line: what is not as it was wanted, or that all is. (transfer full) */
char *plancia_review_result_summary (GPtrArray *rows);
/* Asks the journal how often the registers of device were written, and shows it in the rows. */
void plancia_review_result_count_writes (GPtrArray        *rows,
                                         PlanciaOpenPlant *plant,
                                         PlanciaDevice    *device);

G_END_DECLS
