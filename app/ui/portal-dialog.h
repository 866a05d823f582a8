/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for an account of the Azzurro Portal or Azzurro System and the serial numbers of its devices: the clouds have no
 * list of them. Tests it, and has the service's profile corrected. Credentials are kept by plant/secrets, on a worker. Signal "accepted" () when they are kept and before it closes:
 * call apply then. */
#define PLANCIA_TYPE_PORTAL_DIALOG (plancia_portal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPortalDialog, plancia_portal_dialog, PLANCIA, PORTAL_DIALOG, AdwWindow)

GtkWindow *plancia_portal_dialog_new (GtkWindow *parent);
/* To change one that exists. */
GtkWindow *plancia_portal_dialog_new_for (GtkWindow *parent, PlanciaEntry *entry);
/* Adds the account with its devices to the plant. (transfer none) */
PlanciaEntry *plancia_portal_dialog_apply (PlanciaPortalDialog *self, PlanciaPlant *plant);
/* No keyring took the credentials: they are gone at the end of the program. */
gboolean plancia_portal_dialog_get_in_memory (PlanciaPortalDialog *self);
/* Clean: blanks and quotes at the ends and line ends go, the blank inside stays. (transfer full) */
char *plancia_portal_dialog_clean (const char *pasted);
/* Serial numbers split at blanks, commas and semicolons, each once. (transfer full) */
char **plancia_portal_dialog_split_serials (const char *text);

G_END_DECLS
