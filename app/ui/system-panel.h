/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What the page of an account of Azzurro System has beside that of the Portal: the receiver of the answers, and the writes of
 * this account with their lives. Main thread. */
#define PLANCIA_TYPE_SYSTEM_PANEL (plancia_system_panel_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSystemPanel, plancia_system_panel, PLANCIA, SYSTEM_PANEL, AdwBin)

GtkWidget *plancia_system_panel_new (PlanciaSession *session, PlanciaDevice *account);

G_END_DECLS
