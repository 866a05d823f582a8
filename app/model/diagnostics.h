/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* What somebody who helps wants to know, as one text in English: versions, system, settings, the links of the plant and how
 * they fare, the log. Masked (base/mask.h): no serial numbers, names, secrets or addresses beyond the private network. Main
 * thread; takes milliseconds. open: or NULL. settings: of the program, or NULL. libraries: "Name: version" of what the core
 * does not know, NULL at the end, or NULL. (transfer full) */
char *plancia_diagnostics_create (PlanciaOpenPlant  *open,
                                  GSettings         *settings,
                                  const char *const *libraries);
/* "plancia-diagnostics-20260612-1405.txt" (transfer full) */
char *plancia_diagnostics_dup_file_name (void);

G_END_DECLS
