/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/link.h"

G_BEGIN_DECLS

/* One connection for everybody in the program who wants the same endpoint: a HUB line throws its older
 * client out, a stick has few connections, a serial port only one. Each holder has a link of its own with
 * its own worker; what they ask goes over one connection, one after the other. */

/* key: names the endpoint. spacing: ms that everybody keeps from the end of one exchange to the next
 * request. Takes inner, which is dropped if somebody has the endpoint already. (transfer full) */
PlanciaLink *plancia_link_shared_new (const char *key, guint spacing, PlanciaLink *inner);
/* The link under a shared one, or the link itself. (transfer none) */
PlanciaLink *plancia_link_shared_get_inner (PlanciaLink *self);

G_END_DECLS
