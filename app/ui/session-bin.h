/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A part of the window that shows what the session is about: it is given the session when it is made (property "session")
 * and follows it by itself. */
#define PLANCIA_TYPE_SESSION_BIN (plancia_session_bin_get_type ())
G_DECLARE_DERIVABLE_TYPE (PlanciaSessionBin, plancia_session_bin, PLANCIA, SESSION_BIN, AdwBin)

struct _PlanciaSessionBinClass
{
  AdwBinClass parent_class;
};

/* (transfer none); there until finalize. */
PlanciaSession *plancia_session_bin_get_session (PlanciaSessionBin *self);
/* Calls callback with the bin at each signal of the session, as long as both live. */
void plancia_session_bin_follow (PlanciaSessionBin *self, const char *signal, GCallback callback);

G_END_DECLS
