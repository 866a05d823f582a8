/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"

G_BEGIN_DECLS

/* How often devices are read, as the settings have it: at once, also on connections that are open. Main thread. */
void plancia_poll_setting_follow (PlanciaSession *session);

G_END_DECLS
