/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "simulator/portal-answer.h"

G_BEGIN_DECLS

/* What a test can ask of, and do to, a simulated cloud, beside the API itself and without credentials; the real one has
 * nothing of this. Simulator thread.
 *   GET  /simulator/writes    every write that came, as JSON
 *   GET  /simulator/requests  how many requests came
 *   POST /simulator/fault     {"device": "...", "fault": "..."} */
#define PLANCIA_PORTAL_CONTROL "/simulator/"

/* FALSE: there is no such path. Sets the answer. changed: whether faults are others than before. */
gboolean plancia_portal_control (PlanciaPortalAccountState *account,
                                 SoupServerMessage         *message,
                                 const char                *path,
                                 guint                      requests,
                                 gboolean                  *changed);

G_END_DECLS
