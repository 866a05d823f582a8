/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field-value.h"
#include "map/map.h"

G_BEGIN_DECLS

/* What a person staged: one field and its new value. */
typedef struct
{
  const PlanciaField *field;
  PlanciaValue        value;
  PlanciaField       *own; /* of a raw edit: field, which belongs to no map; else NULL */
} PlanciaEdit;

PlanciaEdit *plancia_edit_new (const PlanciaField *field, const PlanciaValue *value);
/* (transfer full) */
PlanciaEdit *plancia_edit_copy (const PlanciaEdit *self);
/* Registers of no map: see map/raw-edit.h. */
gboolean plancia_edit_is_raw (const PlanciaEdit *self);
void     plancia_edit_free (PlanciaEdit *self);

/* One request that will be sent: a block or a single field. Words that no edit gives are constants
 * or come from a fresh read (fill). */
typedef struct
{
  guint8     function; /* 16 or 6 */
  guint16    address;
  guint16    count;
  guint16   *words; /* count of them; where fill is TRUE to be replaced by what was read */
  gboolean  *fill;
  GPtrArray *edits;                /* PlanciaEdit*, borrowed from the caller's array */
  const PlanciaWriteBlock *block;  /* or NULL */
  PlanciaDanger            danger; /* the worst of its parts */
} PlanciaWriteStep;

/* edits: GPtrArray of PlanciaEdit*, which must outlive the steps. Refuses before anything is sent:
 * read-only (PLANCIA_DEVICE_ERROR_READ_ONLY), out of range or step
 * (PLANCIA_DEVICE_ERROR_OUT_OF_RANGE), grid code and firmware. map may be NULL for raw edits alone. (transfer full) GPtrArray of PlanciaWriteStep*. */
GPtrArray *plancia_write_plan_new (PlanciaMap *map, GPtrArray *edits, GError **error);
/* The block writes always the same where this field lies: nobody chooses its value. */
gboolean
plancia_write_block_is_constant (const PlanciaWriteBlock *block, const PlanciaField *field);
/* Puts what was read (count words from the step's address) where fill says. Then re-applies masked
 * and bit edits. */
gboolean plancia_write_step_fill (PlanciaWriteStep *self, const guint16 *present, GError **error);
/* The block's checks ("a <= b") and requires, over the words; PLANCIA_DEVICE_ERROR_OUT_OF_RANGE. */
gboolean plancia_write_step_check (const PlanciaWriteStep *self, GError **error);
/* When block->requires_field lies outside of the block: the words of that register as just read.
 * TRUE if the block requires nothing. */
gboolean plancia_write_step_check_required (const PlanciaWriteStep *self,
                                            const guint16          *words,
                                            GError                **error);
void     plancia_write_step_free (PlanciaWriteStep *self);

G_END_DECLS
