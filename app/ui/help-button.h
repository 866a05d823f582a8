/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A small button beside an error that opens the place of the manual which explains it. */
#define PLANCIA_TYPE_HELP_BUTTON (plancia_help_button_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHelpButton, plancia_help_button, PLANCIA, HELP_BUTTON, GtkButton)

/* "page#place" of the manual; NULL hides it. */
void plancia_help_button_set_place (PlanciaHelpButton *self, const char *place);
/* What it leads to, or NULL. */
const char *plancia_help_button_get_place (PlanciaHelpButton *self);
/* NULL hides it. */
void plancia_help_button_set_error (PlanciaHelpButton *self, const GError *error);

G_END_DECLS
