/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Leaves installer mode after some minutes without a write, as the settings have it. Once, when the window is made. Main
 * thread. */
void plancia_installer_lock_start (PlanciaWindow *window);
/* As if the minutes had passed, if they are being counted: for tests. */
void plancia_installer_lock_expire (PlanciaWindow *window);

G_END_DECLS
