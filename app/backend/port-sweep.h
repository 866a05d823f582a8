/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tries TCP ports of many hosts at the same time without blocking; the caller polls. Sends not a byte. Who asks for one
 * port of a host after the other never has two connections to it. One thread. */
typedef struct _PlanciaPortSweep PlanciaPortSweep;

typedef enum {
  PLANCIA_PORT_UNTRIED,
  PLANCIA_PORT_OPEN,
  PLANCIA_PORT_REFUSED, /* the host is there and says no */
  PLANCIA_PORT_SILENT,  /* nothing within the time-out */
  PLANCIA_PORT_ABSENT,  /* the network says that there is no such host */
} PlanciaPortState;

/* Called from plancia_port_sweep_handle; may add more. address: in host byte order. */
typedef void (*PlanciaPortFunc) (guint32          address,
                                 guint16          port,
                                 PlanciaPortState state,
                                 gpointer         user_data);

/* timeout: ms for each; most: connections under way at the same time. */
PlanciaPortSweep      *
plancia_port_sweep_new (guint timeout, guint most, PlanciaPortFunc func, gpointer user_data);
void plancia_port_sweep_free (PlanciaPortSweep *self);
void plancia_port_sweep_add (PlanciaPortSweep *self, guint32 address, guint16 port);
/* Connections that wait or are under way. */
guint plancia_port_sweep_get_pending (PlanciaPortSweep *self);
/* Starts what may start, appends GPollFD to polled, returns when the next one is given up (monotonic ms;
 * G_MAXINT64: never). */
gint64 plancia_port_sweep_prepare (PlanciaPortSweep *self, GArray *polled);
/* polled, from first on: as appended, after polling. */
void plancia_port_sweep_handle (PlanciaPortSweep *self, GArray *polled, guint first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortSweep, plancia_port_sweep_free)

G_END_DECLS
