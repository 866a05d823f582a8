/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/mailbox.h"
#include "protocol/exchange.h"

G_BEGIN_DECLS

/* The way of what was on a wire from a worker to the main thread: bounded, and delivered a few times a
 * second in one piece, so that recording does not slow a busy line down. */
typedef struct _PlanciaTraffic PlanciaTraffic;

/* exchanges: (element-type PlanciaExchange), valid during the call; lost: that came too fast. */
typedef void (*PlanciaTrafficFunc) (GPtrArray *exchanges, guint64 lost, gpointer user_data);

/* func is called in the thread-default context of the caller. Not recording. */
PlanciaTraffic *plancia_traffic_new (PlanciaTrafficFunc func, gpointer user_data);
/* Context's thread; nobody may post any more. */
void plancia_traffic_free (PlanciaTraffic *self);
/* Any thread. While it is off what is posted is thrown away. */
void     plancia_traffic_set_recording (PlanciaTraffic *self, gboolean recording);
gboolean plancia_traffic_is_recording (PlanciaTraffic *self);
/* Any thread. Takes the exchange. Of the type PlanciaLinkObserver: traffic is a PlanciaTraffic. */
void plancia_traffic_post (PlanciaExchange *exchange, gpointer traffic);
/* Context's thread: what has come is delivered now. */
void plancia_traffic_flush (PlanciaTraffic *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTraffic, plancia_traffic_free)

G_END_DECLS
