/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"

G_BEGIN_DECLS

/* What can be commissioned at or below a device, in tree order; of the whole plant: everything. (transfer full) GPtrArray of
 * PlanciaDevice. */
GPtrArray *plancia_commission_devices_list (PlanciaOpenPlant *plant, PlanciaDevice *subject);
/* Whether there is any. */
gboolean plancia_commission_is_possible (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
