/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/download.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One download: whose history it is, the strip that fills, how far it is, and what to do with it. Main thread. Signal
 * "removed" (): a person ended it. */
#define PLANCIA_TYPE_DOWNLOAD_ROW (plancia_download_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDownloadRow, plancia_download_row, PLANCIA, DOWNLOAD_ROW, GtkBox)

/* name: of the device. */
GtkWidget *plancia_download_row_new (PlanciaDownload *download, const char *name, GTimeZone *zone);

G_END_DECLS
