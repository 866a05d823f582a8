/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Who keeps the record of what is written: a backend asks it before each request and tells it after. What cannot be recorded
 * is not sent. Called on the worker of the connection; blocking. */
#define PLANCIA_TYPE_WRITE_LOG (plancia_write_log_get_type ())
G_DECLARE_INTERFACE (PlanciaWriteLog, plancia_write_log, PLANCIA, WRITE_LOG, GObject)

typedef enum {
  PLANCIA_VERDICT_VERIFIED,
  PLANCIA_VERDICT_DIFFERS,
  PLANCIA_VERDICT_UNKNOWN,
  PLANCIA_VERDICT_SKIPPED, /* already had the value, or stopped before it was sent */
  PLANCIA_VERDICT_REFUSED,
  PLANCIA_VERDICT_SENT, /* taken by the device, as it says; reading it back cannot prove it */
} PlanciaVerdict;

/* One request that is about to be sent. Borrowed. */
typedef struct
{
  int            unit;
  guint8         function; /* 16 or 6 */
  guint16        address;
  guint          count;
  const guint16 *before; /* count words as just read; or NULL */
  const guint16 *words;  /* count words that will be sent */
  GPtrArray     *edits;  /* PlanciaEdit*: whose values these are */
} PlanciaWriteRequest;

struct _PlanciaWriteLogInterface
{
  GTypeInterface parent;

  gint64 (*begin) (PlanciaWriteLog *self, const PlanciaWriteRequest *request, GError **error);
  void (*sent) (PlanciaWriteLog *self, gint64 id);
  void (*end) (PlanciaWriteLog *self,
               gint64           id,
               PlanciaVerdict   verdict,
               const guint16   *after,
               guint            n_after,
               const char      *message);
};

/* On disk before it returns. The number of the request in the log, or 0 and an error: it must not be sent. */
gint64
plancia_write_log_begin (PlanciaWriteLog *self, const PlanciaWriteRequest *request, GError **error);
/* It has left; what became of it is not known yet. */
void plancia_write_log_sent (PlanciaWriteLog *self, gint64 id);
/* What became of it. after: the registers as read back, or NULL. message: English, or NULL. */
void plancia_write_log_end (PlanciaWriteLog *self,
                            gint64           id,
                            PlanciaVerdict   verdict,
                            const guint16   *after,
                            guint            n_after,
                            const char      *message);

G_END_DECLS
