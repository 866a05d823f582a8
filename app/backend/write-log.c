/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/write-log.h"

G_DEFINE_INTERFACE (PlanciaWriteLog, plancia_write_log, G_TYPE_OBJECT)

static void
plancia_write_log_default_init (PlanciaWriteLogInterface *iface)
{
}

gint64
plancia_write_log_begin (PlanciaWriteLog *self, const PlanciaWriteRequest *request, GError **error)
{
  return PLANCIA_WRITE_LOG_GET_IFACE (self)->begin (self, request, error);
}

void
plancia_write_log_sent (PlanciaWriteLog *self, gint64 id)
{
  PLANCIA_WRITE_LOG_GET_IFACE (self)->sent (self, id);
}

void
plancia_write_log_end (PlanciaWriteLog *self,
                       gint64           id,
                       PlanciaVerdict   verdict,
                       const guint16   *after,
                       guint            n_after,
                       const char      *message)
{
  PLANCIA_WRITE_LOG_GET_IFACE (self)->end (self, id, verdict, after, n_after, message);
}
