/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/import-table.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* How a table is read: separator, addresses, numbers, and what each column holds, above its first rows. Signal "changed" (gboolean cells) when a
 * person changes any of it; cells: separator or characters, so that everything else has to be guessed again. */
#define PLANCIA_TYPE_IMPORT_COLUMNS (plancia_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaImportColumns, plancia_import_columns, PLANCIA, IMPORT_COLUMNS, GtkBox)

/* Both are read at once and not kept. Emits nothing. */
void                      plancia_import_columns_set_table (PlanciaImportColumns     *self,
                                                            PlanciaDelimited         *table,
                                                            const PlanciaTableLayout *layout);
const PlanciaTableLayout *plancia_import_columns_get_layout (PlanciaImportColumns *self);
char                      plancia_import_columns_get_separator (PlanciaImportColumns *self);
PlanciaEncoding           plancia_import_columns_get_encoding (PlanciaImportColumns *self);

G_END_DECLS
