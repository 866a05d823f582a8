/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The preferences: each row is a setting at once. Main thread. */
#define PLANCIA_TYPE_PREFERENCES (plancia_preferences_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPreferences,
                      plancia_preferences,
                      PLANCIA,
                      PREFERENCES,
                      AdwPreferencesWindow)

/* (transfer floating) */
GtkWindow *plancia_preferences_new (GtkWindow *parent);
/* The colours that the settings want, from now on. */
void plancia_preferences_follow_appearance (void);

G_END_DECLS
