/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Styles, icons and templates live in a resource of a static library, which the linker drops unless somebody asks. */
void plancia_ui_resource_register (void);
/* Registers it, puts the icons on the display's search path, and loads the style sheets as AdwApplication would:
 * only for programs without an AdwApplication. */
void plancia_ui_resource_attach (GdkDisplay *display);

G_END_DECLS
