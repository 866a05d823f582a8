/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-line.h"

G_BEGIN_DECLS

/* A worker that waits for an answer cannot tell anybody that it waits, and a stick may be given a quarter of a
 * minute. So the main thread looks. */
typedef struct _PlanciaWaitingWatch PlanciaWaitingWatch;

/* error: what to say of it: PLANCIA_DEVICE_ERROR_UPLOADING or G_IO_ERROR_TIMED_OUT. Once a second while it lasts. */
typedef void (*PlanciaWaitingFunc) (const GError *error, gpointer user_data);

/* func is called in the thread-default context of the caller; line must outlive it. (transfer full) */
PlanciaWaitingWatch *
plancia_waiting_watch_new (PlanciaModbusLine *line, PlanciaWaitingFunc func, gpointer user_data);
void plancia_waiting_watch_free (PlanciaWaitingWatch *self);

G_END_DECLS
