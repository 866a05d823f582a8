/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* An account of the Azzurro Portal with its devices. */
#define PLANCIA_TYPE_BACKEND_PORTAL (plancia_backend_portal_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendPortal,
                      plancia_backend_portal,
                      PLANCIA,
                      BACKEND_PORTAL,
                      GObject)

/* account: under whose name the secrets "client" and "key" are kept; url: NULL for the vendor's. Opens
 * nothing. Main thread. */
PlanciaBackend *plancia_backend_portal_new (const char *account, const char *url);

G_END_DECLS
