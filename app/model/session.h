/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* What is looked at now. Pages bind to it, never to each other. Main thread. Properties that notify: "plant"
 * (PlanciaOpenPlant), "device" (PlanciaDevice), "installer" (gboolean, FALSE at start), signal "span-changed" () for visible
 * and selected. */
#define PLANCIA_TYPE_SESSION (plancia_session_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSession, plancia_session, PLANCIA, SESSION, GObject)

PlanciaSession   *plancia_session_new (void);
PlanciaOpenPlant *plancia_session_get_plant (PlanciaSession *self); /* or NULL */
void              plancia_session_set_plant (PlanciaSession *self, PlanciaOpenPlant *plant);
PlanciaDevice    *plancia_session_get_device (PlanciaSession *self); /* or NULL */
void              plancia_session_set_device (PlanciaSession *self, PlanciaDevice *device);
gboolean          plancia_session_get_installer (PlanciaSession *self);
void              plancia_session_set_installer (PlanciaSession *self, gboolean installer);
PlanciaSpan       plancia_session_get_visible (PlanciaSession *self);
void              plancia_session_set_visible (PlanciaSession *self, PlanciaSpan span);
PlanciaSpan       plancia_session_get_selected (PlanciaSession *self); /* empty: none */
void              plancia_session_set_selected (PlanciaSession *self, PlanciaSpan span);

G_END_DECLS
