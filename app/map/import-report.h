/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of each row of a foreign register list: taken, taken with a doubt (something was assumed or changed), or left
 * out, and why. Rows that were taken as they stand are only counted. Not shared between threads while it is filled. */

typedef enum {
  PLANCIA_IMPORT_TAKEN,
  PLANCIA_IMPORT_CHANGED,
  PLANCIA_IMPORT_SKIPPED,
} PlanciaImportVerdict;

/* The sentence for each is in plancia_import_item_reason; detail fills its place. */
typedef enum {
  PLANCIA_IMPORT_FINE,
  /* Of the whole file; line is 0 and no register is named. */
  PLANCIA_IMPORT_ASSUMED_HEXADECIMAL,
  PLANCIA_IMPORT_ASSUMED_DECIMAL,
  PLANCIA_IMPORT_ASSUMED_MODICON,
  PLANCIA_IMPORT_ASSUMED_HIGH_FIRST,
  PLANCIA_IMPORT_ASSUMED_LOW_FIRST,
  PLANCIA_IMPORT_ASSUMED_CODE_PAGE,
  PLANCIA_IMPORT_CHOSE_VARIANT,
  PLANCIA_IMPORT_FILTER_DROPPED,
  /* Taken with a doubt. */
  PLANCIA_IMPORT_TYPE_ASSUMED,
  PLANCIA_IMPORT_SCALE_ASSUMED,
  PLANCIA_IMPORT_LIMITS_DROPPED,
  PLANCIA_IMPORT_FORMULA_DROPPED,
  PLANCIA_IMPORT_RANGE_SPLIT,
  PLANCIA_IMPORT_RENAMED,
  PLANCIA_IMPORT_NAMED_BY_ADDRESS,
  PLANCIA_IMPORT_SIGN_DROPPED,
  PLANCIA_IMPORT_LABELS_DROPPED,
  PLANCIA_IMPORT_AS_HEXADECIMAL,
  PLANCIA_IMPORT_TIME_AS_NUMBER,
  PLANCIA_IMPORT_BLOCK_ONLY,
  PLANCIA_IMPORT_GRID_CODE,
  /* Left out. */
  PLANCIA_IMPORT_NO_NAME,
  PLANCIA_IMPORT_NO_ADDRESS,
  PLANCIA_IMPORT_BAD_ADDRESS,
  PLANCIA_IMPORT_BAD_RANGE,
  PLANCIA_IMPORT_UNKNOWN_TYPE,
  PLANCIA_IMPORT_BAD_NUMBER,
  PLANCIA_IMPORT_COUNT_MISMATCH,
  PLANCIA_IMPORT_TOO_LONG,
  PLANCIA_IMPORT_OVERLAPS,
  PLANCIA_IMPORT_NOT_CONTIGUOUS,
  PLANCIA_IMPORT_NOT_ON_VARIANT,
  PLANCIA_IMPORT_DERIVED,
  PLANCIA_IMPORT_NO_VALUE,
  PLANCIA_IMPORT_UNKNOWN_RULE,
  PLANCIA_IMPORT_SIGN_AND_MAGNITUDE,
  PLANCIA_IMPORT_PART_OF_WORDS,
  PLANCIA_IMPORT_BYTE_ORDER,
  PLANCIA_IMPORT_EXPRESSION,
  PLANCIA_IMPORT_OTHER_DEVICE,
  PLANCIA_IMPORT_NOT_AN_ITEM,
  PLANCIA_IMPORT_N_REASONS,
} PlanciaImportReason;

typedef struct
{
  PlanciaImportVerdict verdict;
  PlanciaImportReason  reason;
  guint                line;    /* 1-based; 0 if the format has none or the whole file is meant */
  char                *name;    /* as in the file; "" for the whole file */
  int                  address; /* -1 if it has none */
  guint                count;
  char                *detail; /* what stands in the file, or the other register; may be NULL */
} PlanciaImportItem;

typedef struct
{
  GPtrArray *items;     /* PlanciaImportItem, in file order; none of verdict TAKEN */
  guint      n_taken;   /* registers of the map, those with a doubt among them */
  guint      n_changed; /* registers taken with a doubt */
  guint      n_skipped;
} PlanciaImportReport;

PlanciaImportReport *plancia_import_report_new (void);
void                 plancia_import_report_free (PlanciaImportReport *self);
/* Counts belong to the caller (map/map-draft.h). name and detail may be NULL. */
void plancia_import_report_add (PlanciaImportReport *self,
                                PlanciaImportVerdict verdict,
                                PlanciaImportReason  reason,
                                guint                line,
                                const char          *name,
                                int                  address,
                                guint                count,
                                const char          *detail);
/* Items in the order of the file: by line, those of the whole file first. */
void plancia_import_report_sort (PlanciaImportReport *self);
/* The sentence, in the program's language, without a full stop. (transfer full) */
char *plancia_import_item_reason (const PlanciaImportItem *self);
/* "battery_soc, line 212"; the name alone without a line; "Line 212" without a name. (transfer full) */
char *plancia_import_item_title (const PlanciaImportItem *self);
/* A short word for programs: "unknown-type". */
const char *plancia_import_reason_nick (PlanciaImportReason reason);
const char *plancia_import_verdict_nick (PlanciaImportVerdict verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaImportReport, plancia_import_report_free)

G_END_DECLS
