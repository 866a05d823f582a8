/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "model/console-buffer.h"
#include "plant/address.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What the console page says beside the lines. Main thread. */

/* Which port it would be, and what to mind before a CONNEXT is connected. */
void plancia_console_notes_show_closed (AdwStatusPage  *page,
                                        PlanciaAddress *address,
                                        PlanciaState    state);
/* What is no longer there is said. lines: or NULL. */
void plancia_console_notes_show_dropped (GtkLabel *label, PlanciaConsoleBuffer *lines);

G_END_DECLS
