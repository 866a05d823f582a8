/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "history/store.h"

G_BEGIN_DECLS

/* The wanted history of one device from one source: what the store lacks of a span is asked for piece by piece, newest first, and
 * put into the store while the next piece comes. May be paused and given up at any moment: what was put stays, and what is
 * covered is never asked for again. Driven by PlanciaDownloads. Main thread. Signal "changed" (). */
#define PLANCIA_TYPE_DOWNLOAD (plancia_download_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDownload, plancia_download, PLANCIA, DOWNLOAD, GObject)

typedef enum {
  PLANCIA_DOWNLOAD_WAITING, /* for its account, or its turn */
  PLANCIA_DOWNLOAD_RUNNING,
  PLANCIA_DOWNLOAD_PAUSED,
  PLANCIA_DOWNLOAD_DONE,
  PLANCIA_DOWNLOAD_FAILED, /* some of it; the error says why. May be resumed */
} PlanciaDownloadState;

typedef struct
{
  guint   done; /* pieces */
  guint   all;
  guint64 points; /* samples that came */
  double  rate;   /* points a second since it was resumed; 0: not known */
  gint64  left;   /* ms; -1: not known */
} PlanciaDownloadProgress;

PlanciaDownload *plancia_download_new (PlanciaStore *store,
                                       const char   *device,
                                       const char   *source,
                                       PlanciaSpan   span);
/* Whom to ask; NULL: nobody just now, what is under way is given up. */
void plancia_download_set_backend (PlanciaDownload *self, PlanciaBackend *backend);
/* Gives up the questions under way; their pieces are asked for again after resume. */
void plancia_download_pause (PlanciaDownload *self);
/* Also after a failure, or when done: asks the store again what is missing. */
void plancia_download_resume (PlanciaDownload *self);
/* For the one who shares out the account. How many questions are under way; whether it has something to do: a second question
 * before the first one is answered only while answers come as they should. */
guint    plancia_download_get_n_asking (PlanciaDownload *self);
gboolean plancia_download_is_ready (PlanciaDownload *self);
void     plancia_download_step (PlanciaDownload *self);

const char          *plancia_download_get_device (PlanciaDownload *self);
const char          *plancia_download_get_source (PlanciaDownload *self);
PlanciaSpan          plancia_download_get_span (PlanciaDownload *self);
PlanciaBackend      *plancia_download_get_backend (PlanciaDownload *self); /* or NULL */
PlanciaDownloadState plancia_download_get_state (PlanciaDownload *self);
const GError        *plancia_download_get_error (PlanciaDownload *self); /* or NULL */
void    plancia_download_get_progress (PlanciaDownload *self, PlanciaDownloadProgress *progress);
GArray *plancia_download_get_covered (PlanciaDownload *self); /* of PlanciaSpan, sorted */
/* What was put right in what came, of PlanciaOddities. */
guint plancia_download_get_oddities (PlanciaDownload *self);

G_END_DECLS
