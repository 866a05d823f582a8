/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"

G_BEGIN_DECLS

/* What a step sends, as bytes in hexadecimal: unit and request ("01 10 10 23 00 02 04 00 01 00 3C"). The route puts its own
 * frame around. filled FALSE: words that come from a reading that was not made are "-- --". (transfer full) */
char *plancia_write_step_frame (const PlanciaWriteStep *step, int unit, gboolean filled);

G_END_DECLS
