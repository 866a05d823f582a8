/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-write.h"
#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One write through a cloud: what, where, how it fares; reading it back and bringing its answer from elsewhere, but never
 * sending it again. Signals "read-back" () and "import" (). */
#define PLANCIA_TYPE_CLOUD_WRITE_ROW (plancia_cloud_write_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCloudWriteRow,
                      plancia_cloud_write_row,
                      PLANCIA,
                      CLOUD_WRITE_ROW,
                      AdwPreferencesRow)

/* map: for names and values; or NULL. */
GtkWidget *plancia_cloud_write_row_new (PlanciaCloudWrite *write, GTimeZone *zone, PlanciaMap *map);
PlanciaCloudWrite *plancia_cloud_write_row_get_write (PlanciaCloudWriteRow *self);

G_END_DECLS
