/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/world.h"

G_BEGIN_DECLS

/* One route of a scenario, served: its port, pty or account, and the devices behind it. Simulator thread. */
typedef struct _PlanciaServe PlanciaServe;

/* Where to listen. */
typedef struct
{
  char *host; /* IPv4 address */
  gboolean
    standard_ports; /* those of the real devices, and the answer of a logger to the call by UDP; else free ones */
} PlanciaServePlace;

/* device: whose route it is; borrowed from the world's scenario, as is place. */
PlanciaServe                *plancia_serve_new (PlanciaWorld                *world,
                                                const PlanciaScenarioDevice *device,
                                                const PlanciaServePlace     *place,
                                                GError                     **error);
void                         plancia_serve_free (PlanciaServe *self);
const PlanciaScenarioDevice *plancia_serve_get_device (PlanciaServe *self);
/* A device that hangs on it. */
void plancia_serve_add (PlanciaServe *self, const PlanciaScenarioDevice *device);
/* As plant/address.h reads it, of the route itself or of a device on it. (transfer full) */
char *plancia_serve_dup_address (PlanciaServe *self, const PlanciaScenarioDevice *device);
/* Of a portal, else NULL. */
const char *plancia_serve_get_url (PlanciaServe *self);
/* After a fault has changed. */
void plancia_serve_check_fault (PlanciaServe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaServe, plancia_serve_free)

G_END_DECLS
