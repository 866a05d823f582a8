/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/callback-receiver.h"

G_BEGIN_DECLS

/* The program's receiver of callbacks, as the settings have it: off until a person switches it on. One for all. Main thread. */

/* Made, and started if the settings say so, at the first call. (transfer none) */
PlanciaCallbackReceiver *plancia_callback_service_get (void);
/* The settings have changed: starts, moves or stops it. */
void plancia_callback_service_apply (void);
/* At the end of the program; nothing if it was never asked for. */
void plancia_callback_service_close (void);

G_END_DECLS
