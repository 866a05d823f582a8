/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Exchanges as files. Blocking: on a worker, or where nothing else goes on. */
typedef enum {
  PLANCIA_TRAFFIC_PCAPNG,
  PLANCIA_TRAFFIC_TRANSCRIPT, /* for link-replay; what is not Modbus is left out */
  PLANCIA_TRAFFIC_CSV,        /* one line a frame */
} PlanciaTrafficFormat;

/* exchanges: (element-type PlanciaExchange). names: connection's peer and unit to a device's name, as
 * "peer unit" -> name; or NULL. (transfer full) */
GBytes *
plancia_traffic_file_make (GPtrArray *exchanges, PlanciaTrafficFormat format, GHashTable *names);
/* The file is whole or as it was. */
gboolean plancia_traffic_file_save (GPtrArray           *exchanges,
                                    PlanciaTrafficFormat format,
                                    GHashTable          *names,
                                    GFile               *file,
                                    GCancellable        *cancellable,
                                    GError             **error);

G_END_DECLS
