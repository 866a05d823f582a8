/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What can be set of a connection: framing of an Ethernet stick, pause between requests, how long an answer may take.
 * It counts for everything on the connection. */
#define PLANCIA_TYPE_CONNECTION_DIALOG (plancia_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConnectionDialog,
                      plancia_connection_dialog,
                      PLANCIA,
                      CONNECTION_DIALOG,
                      AdwWindow)

gboolean plancia_connection_dialog_is_possible (PlanciaDevice *device);
GtkWindow *
plancia_connection_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device);

G_END_DECLS
