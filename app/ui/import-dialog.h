/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A register list of another program becomes one of the person's own maps: what is taken, what with a doubt, what is left out and
 * why, before anything is saved. Signal "imported" (char *id) when the map is saved. Reads and saves on a worker. */
#define PLANCIA_TYPE_IMPORT_DIALOG (plancia_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaImportDialog, plancia_import_dialog, PLANCIA, IMPORT_DIALOG, AdwWindow)

/* Not shown yet. (transfer none) */
GtkWindow *plancia_import_dialog_new (GtkWindow *parent, GFile *file);
/* Called with the dialog when a file was chosen, before it is shown; connect "imported" there. */
typedef void (*PlanciaImportReady) (PlanciaImportDialog *dialog, gpointer user_data);
/* Asks for a file, then shows the dialog. object: gone in the meantime, nothing happens. */
void plancia_import_dialog_choose (GtkWindow *parent, PlanciaImportReady ready, GObject *object);

G_END_DECLS
