/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A logger that answers when loggers are called by UDP, on port 48899. Simulator thread. */
typedef struct _PlanciaCallAnswer PlanciaCallAnswer;

/* host: IPv4 address that it says it has. Answers while the thread's context runs. */
PlanciaCallAnswer *plancia_call_answer_new (const char *host, guint32 serial, GError **error);
void               plancia_call_answer_free (PlanciaCallAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCallAnswer, plancia_call_answer_free)

G_END_DECLS
