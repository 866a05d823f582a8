/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "link/link.h"
#include "plant/learnt.h"

G_BEGIN_DECLS

/* What a route allows, whatever the link under it. */
typedef struct
{
  guint    spacing;   /* ms from the end of one exchange to the next request */
  gboolean exclusive; /* a HUB line: the newest client gets it, the older one is closed */
  guint32  functions; /* bits 1 << function that may be sent; 0: all */
  gboolean bus;       /* unit 0 would speak to everybody on an RS485 bus: refused */
  gboolean uploads;   /* a stick that sends to its cloud now and then, and lets others wait */
  gboolean panel;     /* a PSC 100: only compatible inverters are asked */
} PlanciaModbusRoute;

/* One connection: a link with its manners. Requests keep their distance, what the route forbids is
 * refused before it is sent, how long answers took is kept, and a HUB line that another client took
 * stays closed until it is opened again. Blocking: on the worker that owns it. */
typedef struct _PlanciaModbusLine PlanciaModbusLine;

/* Takes the link. */
PlanciaModbusLine *plancia_modbus_line_new (PlanciaLink *link, const PlanciaModbusRoute *route);
void               plancia_modbus_line_free (PlanciaModbusLine *self);

/* closing ends whatever is under way until the next open, when cancelled. */
gboolean plancia_modbus_line_open (PlanciaModbusLine *self,
                                   GCancellable      *closing,
                                   GCancellable      *cancellable,
                                   GError           **error);
void     plancia_modbus_line_close (PlanciaModbusLine *self);
gboolean plancia_modbus_line_is_taken_over (PlanciaModbusLine *self);
/* FALSE and an error for what the route does not pass; nothing is sent. */
gboolean
plancia_modbus_line_check (PlanciaModbusLine *self, int unit, guint8 function, GError **error);
/* When the next request may leave, ms of the monotonic clock. interval: the map's own, ms. */
gint64   plancia_modbus_line_get_turn (PlanciaModbusLine *self, guint interval);
gboolean plancia_modbus_line_read (PlanciaModbusLine *self,
                                   int                unit,
                                   guint8             function,
                                   guint16            address,
                                   guint16            count,
                                   guint16           *words,
                                   guint              interval,
                                   GCancellable      *cancellable,
                                   GError           **error);
/* Sends once. *sent: it may have left, whatever became of it. */
gboolean plancia_modbus_line_write (PlanciaModbusLine *self,
                                    int                unit,
                                    guint8             function,
                                    guint16            address,
                                    const guint16     *words,
                                    guint16            count,
                                    guint              interval,
                                    gboolean          *sent,
                                    GCancellable      *cancellable,
                                    GError           **error);
/* observer NULL: nobody listens. */
void plancia_modbus_line_set_observer (PlanciaModbusLine  *self,
                                       PlanciaLinkObserver observer,
                                       gpointer            user_data);
/* Silent now, but not for long: a stick that answered a minute ago is most likely sending to its cloud. */
gboolean plancia_modbus_line_is_uploading (PlanciaModbusLine *self);
/* For how long a question has been without an answer, ms; 0: none is under way. Any thread. */
gint64 plancia_modbus_line_get_waiting (PlanciaModbusLine *self);
/* Whether it leads to a stick that sends to its cloud now and then. Any thread. */
gboolean plancia_modbus_line_has_uploads (PlanciaModbusLine *self);
gboolean plancia_modbus_line_is_panel (PlanciaModbusLine *self);
/* What the link found out by itself, or NULL: the framing as an option of an address, the adapter of a serial line. */
const char *plancia_modbus_line_get_framing (PlanciaModbusLine *self);
const char *plancia_modbus_line_get_adapter (PlanciaModbusLine *self);
/* It begins with what was found out another time. */
void plancia_modbus_line_remember (PlanciaModbusLine *self, const PlanciaLearnt *learnt);
void plancia_modbus_line_get_quality (PlanciaModbusLine *self, PlanciaLinkQuality *out);
/* Sleeps until a time of the monotonic clock; FALSE when cancelled or closed meanwhile. */
gboolean plancia_modbus_line_wait (PlanciaModbusLine *self,
                                   gint64             until,
                                   GCancellable      *cancellable,
                                   GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaModbusLine, plancia_modbus_line_free)

G_END_DECLS
