/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A portal that knows every day: the same sun and the same household each, a hole from 16:45 to 17:45 in Rome's time.
 * Notes each piece that it is asked for. Answers in an idle, or when its question is cancelled while held. */
#define HISTORY_TYPE_BACKEND (history_backend_get_type ())
G_DECLARE_FINAL_TYPE (HistoryBackend, history_backend, HISTORY, BACKEND, GObject)

struct _HistoryBackend
{
  GObject parent_instance;

  GArray  *asked;      /* PlanciaSpan, in order */
  gboolean held;       /* answers only to cancel */
  gboolean silent;     /* answers without a value */
  gboolean only_solar; /* an inverter without meter and battery */
  int      fail_code;  /* of PLANCIA_CLOUD_ERROR; -1: works */
};

HistoryBackend *history_backend_new (void);

G_END_DECLS
