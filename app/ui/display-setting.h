/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Units and the language of registers, as the settings have them: at once, and whenever they change. Main thread. */

/* Before the first window. */
void plancia_display_setting_apply (void);
/* The window shows them anew when they change. */
void plancia_display_setting_follow (PlanciaWindow *window);

G_END_DECLS
