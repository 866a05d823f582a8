/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"

G_BEGIN_DECLS

/* Archives for measurements. */
#define BENCH_SERIES 30
#define BENCH_STEP   (5 * PLANCIA_SECOND)
/* 2026-01-01 00:00 UTC */
#define BENCH_START G_GINT64_CONSTANT (1767225600000)

double bench_milliseconds_since (gint64 start);
gint64 bench_archive_size (const char *path);
/* A new folder in PLANCIA_ARCHIVE_FOLDER, or that for temporary files; and a clock at which all is over. (transfer full) */
char *bench_archive_folder (void);
/* The folder and what is in it. */
void bench_archive_remove (const char *folder);
/* A file of SQLite with what belongs to it. */
void bench_archive_remove_file (const char *path);
/* "series0" ... */
void bench_archive_key (guint series, char key[16]);
/* A day of thirty series of device "one", source "local", every so often with some jitter: slow walks with 0 to 2 decimals, from
 * values on. (transfer full) */
PlanciaSamples      *
bench_archive_make_day (GRand *random, gint64 day, gint64 step, double values[BENCH_SERIES]);
void bench_archive_put (PlanciaStore *store, PlanciaSamples *samples);
/* So many such days, sealed. */
void bench_archive_fill (const char *path, gint64 step, gint64 days);

G_END_DECLS
