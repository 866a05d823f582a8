/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Above the output of the console: why its port does not open, who has it or which command gives access; hidden while there is
 * nothing to say. "Try again" is the page's action "console.connect". */
#define PLANCIA_TYPE_CONSOLE_TROUBLE (plancia_console_trouble_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleTrouble,
                      plancia_console_trouble,
                      PLANCIA,
                      CONSOLE_TROUBLE,
                      AdwBin)

/* backend NULL: no console. path: of its port. */
void plancia_console_trouble_set_backend (PlanciaConsoleTrouble *self,
                                          PlanciaBackend        *backend,
                                          const char            *path);

G_END_DECLS
