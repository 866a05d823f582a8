/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"

G_BEGIN_DECLS

/* The words for the values or the bits of a register, as lines that are edited: a copy, until the map takes it. Main thread. */
typedef struct _PlanciaMapTable PlanciaMapTable;

/* member: "values" or "bits". The table that the register uses; an empty one if it has none. (transfer full) */
PlanciaMapTable          *
plancia_map_table_new (PlanciaMapEdit *edit, PlanciaMapEditRow *row, const char *member);
void     plancia_map_table_free (PlanciaMapTable *self);
gboolean plancia_map_table_is_bits (PlanciaMapTable *self);
guint    plancia_map_table_get_length (PlanciaMapTable *self);
const char *plancia_map_table_get_number (PlanciaMapTable *self, guint index);
const char *plancia_map_table_get_words (PlanciaMapTable *self, guint index);
/* As typed: decimal, or 0x and hexadecimal. */
void plancia_map_table_set_number (PlanciaMapTable *self, guint index, const char *text);
void plancia_map_table_set_words (PlanciaMapTable *self, guint index, const char *text);
/* At the end, with the next number and no words. Its index. */
guint plancia_map_table_add (PlanciaMapTable *self);
void  plancia_map_table_remove (PlanciaMapTable *self, guint index);
/* What is wrong with a line, in the program's language, or NULL. (transfer none) */
const char *plancia_map_table_get_complaint (PlanciaMapTable *self, guint index);
gboolean    plancia_map_table_is_right (PlanciaMapTable *self);

/* Registers of the map that use this table, the one it was opened for among them; 0 for a new one. */
guint plancia_map_table_count_users (PlanciaMapTable *self, PlanciaMapEdit *edit);
/* Puts it into the map; it has to be right. alone: other registers keep the table as it was. */
void plancia_map_table_apply (PlanciaMapTable   *self,
                              PlanciaMapEdit    *edit,
                              PlanciaMapEditRow *row,
                              gboolean           alone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMapTable, plancia_map_table_free)

G_END_DECLS
