/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* plancia-cli history export and history list; arguments: the verb and what follows. The exit code. */
int plancia_cli_history_export (GStrv arguments);
int plancia_cli_history_list (GStrv arguments);

G_END_DECLS
