/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"

G_BEGIN_DECLS

/* What a person has to agree to once more before it is written, each in its own words: settings that can damage the battery,
 * stop production or cut the connection, and registers that no map knows. steps: PlanciaWriteStep*. (transfer container)
 * (element-type utf8), empty if there is nothing to ask; translated. */
GPtrArray *plancia_write_risks (GPtrArray *steps);

G_END_DECLS
