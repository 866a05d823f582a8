/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A device in a process of its own, so that what is measured here is ours alone. Reads only; registers hold their own
 * address; any number of clients. The same work for each framing: nothing is allocated. */
typedef enum {
  BENCH_MODBUS_TCP,
  BENCH_RTU_OVER_TCP,
  BENCH_SOLARMAN,
} BenchFraming;

#define BENCH_SERIAL 2712345678u

typedef struct
{
  int     process;
  guint16 port;
} BenchServer;

/* Before any thread is begun. */
void bench_server_start (BenchServer *self, BenchFraming framing);
void bench_server_stop (BenchServer *self);

G_END_DECLS
