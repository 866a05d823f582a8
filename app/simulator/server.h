/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* A TCP port on the station's address that speaks one protocol. Simulator thread. */
typedef struct _PlanciaServer PlanciaServer;

typedef enum {
  PLANCIA_SERVER_MANY,       /* further clients than most are closed at once */
  PLANCIA_SERVER_NEWEST_WINS /* one client; a new one ends the old one's connection with RST */
} PlanciaServerPolicy;

/* port 0: a free one. Listens at once; serves while the thread's context runs. */
PlanciaServer *plancia_server_new (const PlanciaWireProtocol *protocol,
                                   PlanciaStation            *station,
                                   guint16                    port,
                                   PlanciaServerPolicy        policy,
                                   guint                      most,
                                   GError                   **error);
void           plancia_server_free (PlanciaServer *self);
guint16        plancia_server_get_port (PlanciaServer *self);
/* After a fault has changed: a takeover ends what is connected. */
void plancia_server_check_fault (PlanciaServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaServer, plancia_server_free)

G_END_DECLS
