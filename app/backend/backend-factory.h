/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* The backend for a connection address (any device on it will do). url overrides a cloud's own.
 * Main thread; opens nothing. (transfer full) */
PlanciaBackend *
plancia_backend_factory_new (PlanciaAddress *address, const char *url, GError **error);

G_END_DECLS
