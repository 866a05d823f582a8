/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"

G_BEGIN_DECLS

/* Says on standard error which writes were cut off and not looked for since. */
void plancia_cli_tell_open (void);

G_END_DECLS
