/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is seen while no plant is open: the ways to begin. Its rows and button activate actions of the window. Property
 * "busy" (gboolean): something is being opened. */
#define PLANCIA_TYPE_START_PAGE (plancia_start_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStartPage, plancia_start_page, PLANCIA, START_PAGE, AdwBin)

void plancia_start_page_set_busy (PlanciaStartPage *self, gboolean busy);

G_END_DECLS
