/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The serial ports of this computer as they come and go: who may open each, who has it open, and the name a person gave to the
 * adapter. Opens none. */
#define PLANCIA_TYPE_PORTS_DIALOG (plancia_ports_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPortsDialog, plancia_ports_dialog, PLANCIA, PORTS_DIALOG, AdwWindow)

/* path: what an address says of it; a link that leads to the same adapter under any tty name where there is one. */
typedef void (*PlanciaPortFunc) (const char *path, gpointer user_data);

/* current: the port in use, path or link, or NULL. func is called if a person chose one; then the dialog closes. user_data is
 * freed with destroy when it is gone. */
GtkWidget *plancia_ports_dialog_show (GtkWindow      *parent,
                                      const char     *current,
                                      PlanciaPortFunc func,
                                      gpointer        user_data,
                                      GDestroyNotify  destroy);

G_END_DECLS
