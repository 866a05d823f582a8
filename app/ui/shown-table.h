/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-writer.h"

G_BEGIN_DECLS

/* What the history page shows, as lines and columns: the one source of the table on the screen and of the tables that are saved.
 * Counted references; once it is filled it may go to a worker. */
typedef struct _PlanciaShownTable PlanciaShownTable;

PlanciaShownTable *plancia_shown_table_new (void);
PlanciaShownTable *plancia_shown_table_ref (PlanciaShownTable *self);
void               plancia_shown_table_unref (PlanciaShownTable *self);
/* Before the first row. name: of the device; title: for people. */
void plancia_shown_table_add_column (PlanciaShownTable *self,
                                     const char        *name,
                                     const char        *key,
                                     const char        *title,
                                     const char        *unit);
/* label: what people read in place of time; then its cells, one a column. */
void plancia_shown_table_begin_row (PlanciaShownTable *self, gint64 time, const char *label);
/* value: NAN for none. text: (transfer full): what people read. */
void  plancia_shown_table_add_cell (PlanciaShownTable *self, double value, char *text);
guint plancia_shown_table_get_n_columns (PlanciaShownTable *self);
guint plancia_shown_table_get_n_rows (PlanciaShownTable *self);
/* (transfer none) */
const PlanciaExportColumn *plancia_shown_table_get_column (PlanciaShownTable *self, guint column);
const char                *plancia_shown_table_get_label (PlanciaShownTable *self, guint row);
const char *plancia_shown_table_get_text (PlanciaShownTable *self, guint row, guint column);
/* Into a file, all of it or nothing. zone: of the times. On a worker. */
gboolean plancia_shown_table_save (PlanciaShownTable          *self,
                                   const PlanciaExportOptions *options,
                                   const char                 *path,
                                   GTimeZone                  *zone,
                                   GCancellable               *cancellable,
                                   GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaShownTable, plancia_shown_table_unref)

G_END_DECLS
