/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include "simulator/quantities.h"

G_BEGIN_DECLS

/* Which register of a map shows which quantity, and what its settings hold when the device is new.
 * Tables, by the keys that all maps share. */

/* FALSE if the field shows nothing alive. The register holds quantity * factor. */
gboolean plancia_bindings_find_live (const char      *device_kind,
                                     const char      *key,
                                     PlanciaQuantity *quantity,
                                     double          *factor);
/* A number, or NAN if the table has none. */
double plancia_bindings_find_setting (const char *device_kind, const char *key);
/* A text, or NULL. */
const char *plancia_bindings_find_text (const char *key);

G_END_DECLS
