/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that appears when it is whole: it is written beside its place under another name. Plain data; all zero: nothing is open. */
typedef struct
{
  char *path;
  char *temporary; /* NULL after the end */
} PlanciaExportPlace;

/* Makes the other file at once, so that a folder that cannot be written to says so before the work is done. Its open descriptor, or -1
 * and a G_IO_ERROR. */
int plancia_export_place_begin (PlanciaExportPlace *self, const char *path, GError **error);
/* Puts it where it belongs. */
gboolean plancia_export_place_finish (PlanciaExportPlace *self, GError **error);
/* What was not finished leaves nothing behind. */
void plancia_export_place_clear (PlanciaExportPlace *self);

G_END_DECLS
