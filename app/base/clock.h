/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one clock of the program. All times are milliseconds of Unix time in UTC. While the demo
 * plant is open the clock shows the simulated time; tests set it. Any thread. */
gint64 plancia_clock_now (void);
/* The same clock in microseconds: several frames pass in a millisecond. */
gint64 plancia_clock_now_us (void);
/* For measuring durations, milliseconds; never simulated. */
gint64 plancia_clock_monotonic (void);

/* From now on the clock starts at origin (ms) and runs at rate seconds a real second; rate 0
 * stands still. */
void plancia_clock_simulate (gint64 origin, double rate);
void plancia_clock_reset (void);

G_END_DECLS
