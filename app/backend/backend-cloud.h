/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* An account of a cloud, the Azzurro Portal or Azzurro System, with its devices. */
#define PLANCIA_TYPE_BACKEND_CLOUD (plancia_backend_cloud_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendCloud, plancia_backend_cloud, PLANCIA, BACKEND_CLOUD, GObject)

/* source: "portal" or "system". account: under whose name secrets and settings are kept; url: NULL for its profile's.
 * Opens nothing. Main thread. */
PlanciaBackend *
plancia_backend_cloud_new (const char *source, const char *account, const char *url);
/* The map by which a device is written; without one it is not. */
void plancia_backend_cloud_set_map (PlanciaBackendCloud *self, const char *device, PlanciaMap *map);
/* Whether this cloud is one that writes. */
gboolean plancia_backend_cloud_can_write (PlanciaBackendCloud *self);

/* A person's answer to whether a device whose counters fell was replaced; the plant hears of it by "learnt". */
void plancia_backend_cloud_answer_replaced (PlanciaBackendCloud *self,
                                            const char          *device,
                                            gboolean             replaced);

G_END_DECLS
