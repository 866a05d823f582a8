/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/traffic.h"

/* Between two deliveries, ms. */
#define DELAY 100
/* Exchanges that may wait: what a loopback line makes in half a second. */
#define CAPACITY 16384

struct _PlanciaTraffic
{
  PlanciaMailbox *mailbox;
  int             recording; /* atomic */
};

/**
 * plancia_traffic_new:
 * @func: gets what was posted
 * @user_data: for @func
 *
 * (transfer full)
 */
PlanciaTraffic *
plancia_traffic_new (PlanciaTrafficFunc func, gpointer user_data)
{
  PlanciaTraffic *self = g_new0 (PlanciaTraffic, 1);

  self->mailbox = plancia_mailbox_new (g_main_context_get_thread_default (),
                                       CAPACITY,
                                       (GDestroyNotify) plancia_exchange_unref,
                                       func,
                                       user_data);
  plancia_mailbox_set_delay (self->mailbox, DELAY);
  return self;
}

/**
 * plancia_traffic_free:
 *
 * The function is not called any more.
 */
void
plancia_traffic_free (PlanciaTraffic *self)
{
  if (self == NULL)
    return;
  plancia_mailbox_close (self->mailbox);
  plancia_mailbox_unref (self->mailbox);
  g_free (self);
}

/**
 * plancia_traffic_set_recording:
 *
 * Any thread.
 */
void
plancia_traffic_set_recording (PlanciaTraffic *self, gboolean recording)
{
  g_atomic_int_set (&self->recording, recording);
}

/**
 * plancia_traffic_is_recording:
 *
 * Any thread.
 */
gboolean
plancia_traffic_is_recording (PlanciaTraffic *self)
{
  return g_atomic_int_get (&self->recording);
}

/**
 * plancia_traffic_post:
 * @exchange: (transfer full)
 * @traffic: a PlanciaTraffic
 *
 * Any thread.
 */
void
plancia_traffic_post (PlanciaExchange *exchange, gpointer traffic)
{
  PlanciaTraffic *self = traffic;

  if (plancia_traffic_is_recording (self))
    plancia_mailbox_post (self->mailbox, exchange);
  else
    plancia_exchange_unref (exchange);
}

/**
 * plancia_traffic_flush:
 *
 * On the thread of the context that it was made in.
 */
void
plancia_traffic_flush (PlanciaTraffic *self)
{
  plancia_mailbox_flush (self->mailbox);
}
