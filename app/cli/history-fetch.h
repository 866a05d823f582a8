/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* plancia-cli history fetch and gaps. */
int plancia_cli_history_fetch (GStrv arguments);
int plancia_cli_history_gaps (GStrv arguments);

G_END_DECLS
