/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What is to be written to registers that no map knows: address, values, function. Nothing is written here: it ends in the
 * review of all writes. Main thread. */
#define PLANCIA_TYPE_RAW_WRITE_DIALOG (plancia_raw_write_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawWriteDialog,
                      plancia_raw_write_dialog,
                      PLANCIA,
                      RAW_WRITE_DIALOG,
                      AdwWindow)

/* (transfer floating) */
GtkWindow *
plancia_raw_write_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
