/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* A pseudo terminal as the other end of a serial line. While a client has it open there is a wire; what was on the way
 * when the client closes it is lost, as on a cable. Simulator thread. */
typedef struct _PlanciaPty PlanciaPty;

/* Under a name that stays the same when the cable is pulled and put back. */
PlanciaPty      *
plancia_pty_new (const PlanciaWireProtocol *protocol, PlanciaStation *station, GError **error);
void plancia_pty_free (PlanciaPty *self);
/* What a client opens: that name, such as "/run/user/1000/plancia-ports-77/ttySIM0". */
const char *plancia_pty_get_path (PlanciaPty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPty, plancia_pty_free)

G_END_DECLS
