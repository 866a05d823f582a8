/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* Adds a device to the plant where its address says it hangs: below a stick, a HUB and its line, a panel or an account,
 * which are made if they are not there yet. map may be NULL. (transfer none) the device's entry. */
PlanciaEntry *plancia_add_entry (PlanciaPlant   *plant,
                                 const char     *kind,
                                 const char     *name,
                                 PlanciaAddress *address,
                                 const char     *map);
/* The kind that an address suggests: "inverter", "meter", "ev-charger", "power-magic", "console", "thing". */
const char *plancia_add_entry_kind (PlanciaAddress *address);

G_END_DECLS
