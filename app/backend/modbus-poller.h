/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-cycle.h"
#include "backend/news.h"
#include "base/mailbox.h"

G_BEGIN_DECLS

/* The worker side of a Modbus connection: its line, the devices on it, when each is asked, and what
 * the main thread is told. A timer on the worker sends one request an iteration, so that a person's
 * read or write gets in between. Worker of the line, but for new and free. */
typedef struct _PlanciaModbusPoller PlanciaModbusPoller;

/* Takes the line. stop ends everything for good. */
PlanciaModbusPoller *plancia_modbus_poller_new (GMainContext      *context,
                                                PlanciaModbusLine *line,
                                                PlanciaMailbox    *news,
                                                GCancellable      *stop);
/* After the worker has stopped. */
void plancia_modbus_poller_free (PlanciaModbusPoller *self);

PlanciaModbusLine *plancia_modbus_poller_get_line (PlanciaModbusPoller *self);
GCancellable      *plancia_modbus_poller_get_stop (PlanciaModbusPoller *self);
void               plancia_modbus_poller_add (PlanciaModbusPoller *self, PlanciaModbusUnit *unit);
void               plancia_modbus_poller_remove (PlanciaModbusPoller *self, const char *device);
/* (transfer none), or NULL. */
PlanciaModbusUnit *plancia_modbus_poller_get_unit (PlanciaModbusPoller *self, const char *device);
/* (transfer none), or NULL and PLANCIA_DEVICE_ERROR_UNKNOWN_MAP when it has no map. */
PlanciaModbusUnit *
plancia_modbus_poller_find (PlanciaModbusPoller *self, const char *device, GError **error);
void
plancia_modbus_poller_set_polling (PlanciaModbusPoller *self, gboolean polling, guint interval);
/* Connects and finds the maps that are missing. epoch comes back with the states that follow. */
gboolean plancia_modbus_poller_open (PlanciaModbusPoller *self,
                                     guint                epoch,
                                     GCancellable        *closing,
                                     GCancellable        *cancellable,
                                     GError             **error);
void     plancia_modbus_poller_close (PlanciaModbusPoller *self, guint epoch);
/* A device answered (NULL), or failed to; for requests that were not polls. */
void plancia_modbus_poller_note (PlanciaModbusPoller *self,
                                 PlanciaModbusUnit   *unit,
                                 const GError        *error);
/* After requests that belong to no device: tells what became of the connection. */
void plancia_modbus_poller_update (PlanciaModbusPoller *self);
void plancia_modbus_poller_tell (PlanciaModbusPoller *self, PlanciaNews *news);

G_END_DECLS
