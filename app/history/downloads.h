/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/download.h"

G_BEGIN_DECLS

/* The download manager: several downloads of several accounts, in turn, one question at a time an account. What is wanted is
 * kept in a file and begun again in another run, from what the store then covers. A list model of PlanciaDownload. Main thread.
 * Signal "changed" (): one of them did. */
#define PLANCIA_TYPE_DOWNLOADS (plancia_downloads_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDownloads, plancia_downloads, PLANCIA, DOWNLOADS, GObject)

/* path: of the file of what is wanted, read now; NULL: nothing is kept. */
PlanciaDownloads *plancia_downloads_new (PlanciaStore *store, const char *path);
/* Begins one; one that waits for the same device and source and holds the span is returned instead. backend: or NULL, see
 * plancia_downloads_attach. (transfer none) */
PlanciaDownload *plancia_downloads_add (PlanciaDownloads *self,
                                        PlanciaBackend   *backend,
                                        const char       *device,
                                        const char       *source,
                                        PlanciaSpan       span);
/* Whom to ask about a device from now on, for all downloads of it; NULL: nobody. */
void plancia_downloads_attach (PlanciaDownloads *self, const char *device, PlanciaBackend *backend);
/* Ends one and forgets it. What it fetched stays in the store. */
void     plancia_downloads_remove (PlanciaDownloads *self, PlanciaDownload *download);
gboolean plancia_downloads_is_active (PlanciaDownloads *self); /* one waits or runs */
/* Gives up every question; what is wanted stays in the file. */
void plancia_downloads_close (PlanciaDownloads *self);

G_END_DECLS
