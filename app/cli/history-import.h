/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* plancia-cli history import: a table into the history on this computer. */
int plancia_cli_history_import (GStrv arguments);

G_END_DECLS
