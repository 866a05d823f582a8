/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "backend/cloud-client.h"

G_BEGIN_DECLS

/* The past of the things of one account as a backend that does nothing else; its devices are added with their serial numbers.
 * Main thread. */
#define PLANCIA_TYPE_CLOUD_SOURCE (plancia_cloud_source_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCloudSource, plancia_cloud_source, PLANCIA, CLOUD_SOURCE, GObject)

/* client: open; taken. */
PlanciaBackend *plancia_cloud_source_new (PlanciaCloudClient *client, GTimeZone *zone);

G_END_DECLS
