/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/pages.h"
#include "ui/plant-keeper.h"
#include "ui/sidebar.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The window: the start page, or the tree beside the pages of what is looked at. Opens what was open at the last end
 * when plancia_window_restore is called. Closing it saves its state and closes the plant first. */
#define PLANCIA_TYPE_WINDOW (plancia_window_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWindow, plancia_window, PLANCIA, WINDOW, AdwApplicationWindow)

PlanciaWindow      *plancia_window_new (GtkApplication *application);
void                plancia_window_restore (PlanciaWindow *self);
PlanciaSession     *plancia_window_get_session (PlanciaWindow *self);
PlanciaPlantKeeper *plancia_window_get_keeper (PlanciaWindow *self);
PlanciaPages       *plancia_window_get_pages (PlanciaWindow *self);
PlanciaSidebar     *plancia_window_get_sidebar (PlanciaWindow *self);
/* Slides the tree in if it is away. */
void plancia_window_show_sidebar (PlanciaWindow *self);
void plancia_window_toggle_sidebar (PlanciaWindow *self);
/* The Alarms page of a device, by its id. */
void plancia_window_show_alarms (PlanciaWindow *self, const char *device);
void plancia_window_toast (PlanciaWindow *self, const char *text);
/* With a button; target: a string for the action. */
void plancia_window_toast_button (PlanciaWindow *self,
                                  const char    *text,
                                  const char    *button,
                                  const char    *action,
                                  const char    *target);

G_END_DECLS
