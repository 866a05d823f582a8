/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The pages of what is looked at: each is there only if the device can do it, and made when it is first seen.
 * Construct-only property "session"; "visible-page" (string): its name, notified also when pages come or go. A page is a widget with the
 * property "session"; it may have the actions "page.search" and "page.refresh". */
#define PLANCIA_TYPE_PAGES (plancia_pages_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPages, plancia_pages, PLANCIA, PAGES, AdwBin)

/* For switchers. */
AdwViewStack *plancia_pages_get_stack (PlanciaPages *self);
const char   *plancia_pages_get_visible (PlanciaPages *self);
guint         plancia_pages_get_count (PlanciaPages *self);
/* Kept for devices that have no such page now. */
void plancia_pages_set_wanted (PlanciaPages *self, const char *name);
/* The n-th that is there, from 1. */
void plancia_pages_show_nth (PlanciaPages *self, int number);
/* After a setting that changes names or units everywhere. */
void plancia_pages_rebuild (PlanciaPages *self);
/* Asks the visible page to do "search" or "refresh"; FALSE if it cannot. */
gboolean plancia_pages_activate (PlanciaPages *self, const char *action);

G_END_DECLS
