/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* The names that a user has given to adapters, by identity: a small file in the user's data folder. Blocking: on a
 * worker. */

/* Puts the names into a GPtrArray of PlanciaSerialPortInfo*. */
void plancia_port_names_apply (GPtrArray *ports);
/* NULL or "" forgets. G_FILE_ERROR. */
gboolean plancia_port_names_set (const char *identity, const char *name, GError **error);

G_END_DECLS
