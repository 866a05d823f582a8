/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* plancia-cli map unlock MAP KEY…: registers that came from outside may be written from now on, each by a person's decision.
 * name: id or file of a person's own map; output: where the map goes, NULL: back. Returns the exit code. */
int plancia_cli_map_unlock (const char        *name,
                            const char *const *keys,
                            const char        *output,
                            gboolean           without_asking);

G_END_DECLS
