/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What is to be written to a thing of an account of Azzurro System: which device, which setting, what value, with the vendor's
 * rule for it. It leads to the review that all writes have; without the rule it leads nowhere and says why. Main thread. */
#define PLANCIA_TYPE_SYSTEM_WRITE_DIALOG (plancia_system_write_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSystemWriteDialog,
                      plancia_system_write_dialog,
                      PLANCIA,
                      SYSTEM_WRITE_DIALOG,
                      AdwWindow)

/* A modal window; present it. */
GtkWindow *plancia_system_write_dialog_new (GtkWindow      *parent,
                                            PlanciaSession *session,
                                            PlanciaDevice  *account);

G_END_DECLS
