/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The tree of devices with the plant chooser above it. Construct-only property "session": the selected line is the
 * session's device, both ways. Signal "device-chosen" () when a person picked a line, so that a narrow window can give
 * way. Menus use the actions "win.…" of the window, and its own "tree.…" for the line that was clicked. */
#define PLANCIA_TYPE_SIDEBAR (plancia_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSidebar, plancia_sidebar, PLANCIA, SIDEBAR, GtkBox)

/* Shows the search entry with the focus in it. */
void plancia_sidebar_search (PlanciaSidebar *self);
/* Focus into the tree. */
void plancia_sidebar_focus_tree (PlanciaSidebar *self);

G_END_DECLS
