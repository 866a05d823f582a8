/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What plancia-simulator and "plancia-cli simulate" have in common. */
typedef struct
{
  const char        *scenario; /* file, or NULL for the demo plant */
  double             speed;    /* simulated seconds a second; negative: the scenario's */
  const char        *ports;    /* file for the JSON, or NULL */
  const char *const *faults;   /* "DEVICE=FAULT", NULL at the end; or NULL */
  const char        *address;  /* IPv4 address to listen on, or NULL for 127.0.0.1 */
  gboolean           standard_ports;
} PlanciaServeOptions;

/* Blocking, in a main thread: starts, prints the addresses to standard output, one a line, serves until SIGINT or
 * SIGTERM. FALSE if it could not start; the error is one sentence. A scenario or a fault that is wrong is
 * PLANCIA_DOCUMENT_ERROR. */
gboolean plancia_serve_forever (const PlanciaServeOptions *options, GError **error);

G_END_DECLS
