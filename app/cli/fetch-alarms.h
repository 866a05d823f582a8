/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "cli/archive.h"

G_BEGIN_DECLS

/* Keeps the alarms that come with the fetched past in the store, as the window does. Main thread. */
typedef struct _PlanciaFetchAlarms PlanciaFetchAlarms;

/* Waits for what the store knows of the devices. */
PlanciaFetchAlarms *plancia_fetch_alarms_new (PlanciaCliArchive *archive);
void                plancia_fetch_alarms_follow (PlanciaFetchAlarms *self, PlanciaBackend *backend);
/* Waits until all are on disk; frees. After the backends have gone. */
void plancia_fetch_alarms_finish (PlanciaFetchAlarms *self);

G_END_DECLS
