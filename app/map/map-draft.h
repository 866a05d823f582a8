/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"
#include "map/import-report.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A map that an importer puts together row by row. The rows are checked against each other when it is finished: what the
 * loader would refuse is left out and said in the report, so what comes out always loads. Nothing in it can be written; what
 * the file calls writable is only remembered ("imported") for plancia_map_unlock. Not shared between threads. */
typedef struct _PlanciaMapDraft PlanciaMapDraft;

/* Registers of one map at most; also rows of one file. */
#define PLANCIA_MAP_DRAFT_MAXIMUM 20000

typedef struct
{
  guint            line; /* 0 if the format has none */
  char            *name;
  char            *group; /* in words; NULL: one group for all */
  char            *key;   /* as the file names it, or NULL: made from the name */
  char            *unit;
  char            *note;
  int              address;
  guint            count;
  PlanciaFieldType type;
  guint8           function; /* 1 to 4 */
  gboolean         little_words;
  double           scale;
  double           offset;
  gboolean         has_minimum;
  gboolean         has_maximum;
  double           minimum; /* after scaling, for writing */
  double           maximum;
  double           step;
  guint16          mask; /* 0: none */
  int              shift;
  PlanciaPoll      poll;
  gboolean         monotonic;
  gboolean         hexadecimal;
  GPtrArray       *values; /* PlanciaLabel, or NULL; see plancia_map_draft_label */
  GPtrArray       *bits;
  gboolean         wants_write; /* the file calls it writable */
  guint8           write_function;
  gboolean         block_only; /* cannot be written alone */
  gboolean         doubtful;   /* something was assumed or changed */
} PlanciaDraftRow;

typedef struct
{
  const char *name;        /* of the map */
  const char *id;          /* NULL: made from the name */
  const char *device_kind; /* NULL: "inverter" */
  const char *source;      /* the file, for "sources" */
  const char *source_kind; /* "table", "Solarman definition", ... */
  guint8      unit;        /* 0: 1 */
} PlanciaDraftIdentity;

/* The report is borrowed: it must live longer. */
PlanciaMapDraft *plancia_map_draft_new (PlanciaImportReport *report);
void             plancia_map_draft_free (PlanciaMapDraft *self);
/* A new row with the defaults of the format (u16, function 3, scale 1); fill it. NULL when there are too many. */
PlanciaDraftRow *plancia_map_draft_add (PlanciaMapDraft *self);
/* Takes the last row back. */
void             plancia_map_draft_drop (PlanciaMapDraft *self);
guint            plancia_map_draft_get_n_rows (PlanciaMapDraft *self);
PlanciaDraftRow *plancia_map_draft_get_row (PlanciaMapDraft *self, guint index);
/* The row is taken with a doubt. */
void plancia_map_draft_doubt (PlanciaMapDraft    *self,
                              PlanciaDraftRow    *row,
                              PlanciaImportReason reason,
                              const char         *detail);
/* A row of the file that gives no register. */
void plancia_map_draft_skip (PlanciaMapDraft    *self,
                             PlanciaImportReason reason,
                             guint               line,
                             const char         *name,
                             int                 address,
                             guint               count,
                             const char         *detail);
/* Something about the whole file. */
void
plancia_map_draft_remark (PlanciaMapDraft *self, PlanciaImportReason reason, const char *detail);
/* Adds a row to a value or bit table of the row (*table is made when NULL). A number that is there already is passed over. */
void plancia_map_draft_label (GPtrArray **table, gint64 number, const char *label);
/* Checks the rows, fills the counts of the report and sorts it. The map as a document, or NULL if no register is left.
 * Call it once. (transfer full) */
JsonNode *plancia_map_draft_finish (PlanciaMapDraft *self, const PlanciaDraftIdentity *identity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMapDraft, plancia_map_draft_free)

G_END_DECLS
