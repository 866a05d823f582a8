/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How high the sun stands over a place, degrees above the horizon, to about half a degree. Pure; any thread.
 * latitude, longitude: degrees north and east; time: ms UTC. */
double plancia_sun_elevation (double latitude, double longitude, gint64 time);

G_END_DECLS
