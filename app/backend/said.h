/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/readings.h"

G_BEGIN_DECLS

/* Readings as a text for a recording: what a cloud said, as it was understood. A line each: key, quality, ms UTC, kind, value;
 * keys and texts are escaped. Any thread. */

/* (transfer full) */
GBytes *plancia_said_format (PlanciaReadings *readings);
/* Lines that make no sense are left out. (transfer full) */
PlanciaReadings *plancia_said_parse (GBytes *said, const char *device, gint64 time);

G_END_DECLS
