/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A compiled catalogue of gettext (.mo), looked up without the process's locale: a document may be in another language, and a computer
 * need not have that language's locale. Immutable; any thread. */
typedef struct _PlanciaCatalog PlanciaCatalog;

/* G_FILE_ERROR, or G_IO_ERROR_INVALID_DATA. Blocking. */
PlanciaCatalog *plancia_catalog_load (const char *path, GError **error);
/* context: or NULL. NULL if the catalogue does not have it. (transfer none) */
const char *plancia_catalog_find (PlanciaCatalog *self, const char *context, const char *text);
void        plancia_catalog_free (PlanciaCatalog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCatalog, plancia_catalog_free)

G_END_DECLS
