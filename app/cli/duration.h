/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "90", "90s", "15m", "1.5h": ms. -1 after a sentence on standard error. option: "--for". */
gint64 plancia_cli_duration_parse (const char *text, const char *option);

G_END_DECLS
