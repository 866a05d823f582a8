/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Shows what would be saved, to be read before it leaves the computer; then saves or copies it. Main thread. */
#define PLANCIA_TYPE_DIAGNOSTICS_DIALOG (plancia_diagnostics_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDiagnosticsDialog,
                      plancia_diagnostics_dialog,
                      PLANCIA,
                      DIAGNOSTICS_DIALOG,
                      AdwWindow)

/* open: the plant that is open, or NULL. (transfer floating) */
GtkWindow *plancia_diagnostics_dialog_new (GtkWindow *parent, PlanciaOpenPlant *open);
/* What is shown, changed by the person or not. (transfer full) */
char *plancia_diagnostics_dialog_dup_text (PlanciaDiagnosticsDialog *self);

G_END_DECLS
