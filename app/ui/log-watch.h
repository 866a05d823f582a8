/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Puts into the log what happens to the window's plants: opened, closed, connections and why they fail, downloads, installer
 * mode. Once, when the window is made. Main thread. */
void plancia_log_watch_start (PlanciaWindow *window);

G_END_DECLS
