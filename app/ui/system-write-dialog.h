/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One setting of a device of an Azzurro System account: which device, which register, which value, and the vendor's rule: only
 * the owner, only a device on a ZSM-WIFI-USB or ZSM-ETH-USB. Nothing is written here: it ends in the review of all
 * writes. (transfer none), shown by the caller. Main thread. */
GtkWindow *plancia_system_write_dialog_new (GtkWindow      *parent,
                                            PlanciaSession *session,
                                            PlanciaDevice  *account);

G_END_DECLS
