/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/import.h"

G_BEGIN_DECLS

/* plancia-cli map import: the map on standard output or in a file, the report on standard error, or both as one JSON object. Returns
 * the exit code. */
int plancia_cli_map_import (const char                 *file,
                            const PlanciaImportOptions *options,
                            const char                 *output,
                            gboolean                    as_json);

G_END_DECLS
