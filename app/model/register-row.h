/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* One register as a row: field, newest reading, staged edit, verdict. Main thread. Property "serial" (guint) counts
 * changes and is the only one that notifies. */
#define PLANCIA_TYPE_REGISTER_ROW (plancia_register_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterRow, plancia_register_row, PLANCIA, REGISTER_ROW, GObject)

const PlanciaField *plancia_register_row_get_field (PlanciaRegisterRow *self);
const char         *plancia_register_row_get_name (PlanciaRegisterRow *self); /* translated */
const char *
plancia_register_row_get_text (PlanciaRegisterRow *self); /* value for people, without unit */
const char *
plancia_register_row_get_raw (PlanciaRegisterRow *self); /* "0001 003C", "6 words", "" */
const PlanciaValue *
plancia_register_row_get_value (PlanciaRegisterRow *self); /* kind NONE before the first reading */
const guint16 *plancia_register_row_get_words (PlanciaRegisterRow *self); /* or NULL */
PlanciaQuality plancia_register_row_get_quality (PlanciaRegisterRow *self);
const char    *plancia_register_row_get_message (PlanciaRegisterRow *self); /* or NULL */
gint64         plancia_register_row_get_time (PlanciaRegisterRow *self);    /* 0 never */
gint64         plancia_register_row_get_changed (
          PlanciaRegisterRow *self); /* when the value last moved, 0 never */
gboolean plancia_register_row_get_starred (PlanciaRegisterRow *self);
void     plancia_register_row_set_starred (PlanciaRegisterRow *self, gboolean starred);
gboolean plancia_register_row_is_staged (PlanciaRegisterRow *self);
/* FALSE for what no person may write: read-only, grid code, and what a write block writes as a constant, such as its result
 * register. */
gboolean plancia_register_row_is_writable (PlanciaRegisterRow *self);
/* The block in which the field is written, or NULL if alone. */
const PlanciaWriteBlock *plancia_register_row_get_block (PlanciaRegisterRow *self);
/* The staged value; only while staged. */
const PlanciaValue *plancia_register_row_get_staged (PlanciaRegisterRow *self);
const char         *plancia_register_row_get_staged_text (PlanciaRegisterRow *self); /* or NULL */
/* field->count words as they would be sent, or NULL if the present ones are needed and not known. */
const guint16 *plancia_register_row_get_staged_words (PlanciaRegisterRow *self);
/* Outcome of the last write, or NULL. */
const PlanciaWriteOutcome *plancia_register_row_get_outcome (PlanciaRegisterRow *self);

G_END_DECLS
