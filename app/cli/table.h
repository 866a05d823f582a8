/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns of text for people: as wide as their longest cell, two blanks between them. */
typedef struct _PlanciaTable PlanciaTable;

/* titles: NULL-terminated; one that starts with ">" makes its column right-aligned. */
PlanciaTable *plancia_table_new (const char *const *titles);
void          plancia_table_free (PlanciaTable *self);
/* One text a column, NULL is empty. */
void plancia_table_add (PlanciaTable *self, ...);
/* A line of its own above the rows that follow, such as the name of a group. */
void  plancia_table_add_heading (PlanciaTable *self, const char *text);
guint plancia_table_get_n_rows (PlanciaTable *self);
/* (transfer full), ends in a line break. */
char *plancia_table_to_string (PlanciaTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTable, plancia_table_free)

G_END_DECLS
