/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"

G_BEGIN_DECLS

/* The third-party API of the Azzurro Portal, or the API of Azzurro System, over HTTP or HTTPS on 127.0.0.1. What of
 * the second one is not public (all but the token, the functions, the range of six days and that a write's result comes to
 * the customer's callback service) is a detail of this simulator. Simulator thread. */
typedef struct _PlanciaPortalServer PlanciaPortalServer;

/* On a free port, for the account of the station's device. */
PlanciaPortalServer *plancia_portal_server_new (PlanciaStation *station, GError **error);
void                 plancia_portal_server_free (PlanciaPortalServer *self);
/* A thing of the scenario; without what it is it is not known. */
void plancia_portal_server_add (PlanciaPortalServer *self, const PlanciaScenarioDevice *entry);
/* The serial number of the thing of this name; NULL if there is none. */
const char *plancia_portal_server_find_key (PlanciaPortalServer *self, const char *name);
/* "http://127.0.0.1:40123/" */
const char *plancia_portal_server_get_url (PlanciaPortalServer *self);
/* After a fault has changed: another certificate. */
void plancia_portal_server_check_fault (PlanciaPortalServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortalServer, plancia_portal_server_free)

G_END_DECLS
