/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Switches between view only and installer. Construct-only property "session". The word and the lock change, not the
 * colour alone. */
#define PLANCIA_TYPE_MODE_BUTTON (plancia_mode_button_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaModeButton, plancia_mode_button, PLANCIA, MODE_BUTTON, GtkToggleButton)

/* The lock alone. */
void plancia_mode_button_set_narrow (PlanciaModeButton *self, gboolean narrow);

G_END_DECLS
