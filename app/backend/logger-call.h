/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/logger-discovery.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Calls loggers by UDP and takes their answers, without blocking; the caller polls. One thread. */
typedef struct _PlanciaLoggerCall PlanciaLoggerCall;

PlanciaLoggerCall *plancia_logger_call_new (GError **error);
void               plancia_logger_call_free (PlanciaLoggerCall *self);
int                plancia_logger_call_get_fd (PlanciaLoggerCall *self);
/* Both words to one address, which may be a broadcast address (host byte order). */
void plancia_logger_call_send (PlanciaLoggerCall *self, guint32 address);
/* The next answer that waits; what is none is dropped. FALSE: none waits. */
gboolean
plancia_logger_call_receive (PlanciaLoggerCall *self, guint32 *address, PlanciaLoggerReply *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaLoggerCall, plancia_logger_call_free)

G_END_DECLS
