/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/scenario.h"

G_BEGIN_DECLS

/* A simulated plant that serves every route on loopback and ptys, on one thread of its own. Includes neither link nor
 * backend: it shares only codecs and maps with the client. */
#define PLANCIA_TYPE_SIMULATOR (plancia_simulator_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSimulator, plancia_simulator, PLANCIA, SIMULATOR, GObject)

/* What it serves: one line a device. */
typedef struct
{
  char *name;
  char *kind;    /* as plancia_entry_get_kind */
  char *parent;  /* name of the stick, HUB line, panel or account it hangs on, or NULL */
  char *address; /* as plant/address.h reads it */
  char *map;     /* map id, or NULL */
  char *serial;  /* serial number of the device, or NULL */
} PlanciaSimulatorDevice;

typedef struct
{
  char *profile; /* "azzurro-portal", "azzurro-system" */
  char *account; /* "demo" */
  char *url;
  char
    *client; /* credentials it accepts; invented; those that its profile does not have are NULL */
  char *key;
  char *token;
} PlanciaSimulatorCloud;

PlanciaSimulator *plancia_simulator_new (PlanciaScenario *scenario);
/* Before start. An IPv4 address of this computer instead of 127.0.0.1, and the ports of the real devices instead of free
 * ones; a WIFI stick then answers the call for loggers as well. */
void
plancia_simulator_set_place (PlanciaSimulator *self, const char *host, gboolean standard_ports);
/* Blocking, some 100 ms: opens everything on free ports, starts the thread. */
gboolean plancia_simulator_start (PlanciaSimulator *self, GError **error);
void     plancia_simulator_stop (PlanciaSimulator *self);
/* After start, until stop. Arrays of the above, (transfer none). Groups (stick, hub, line, psc, portal) come before what
 * hangs on them. */
GPtrArray *plancia_simulator_get_devices (PlanciaSimulator *self);
GPtrArray *plancia_simulator_get_clouds (PlanciaSimulator *self);
/* {"devices":[{"name","kind","address","map"}],"clouds":[{"profile","url"}]} (transfer full) */
char *plancia_simulator_to_json (PlanciaSimulator *self);
/* Simulated time now, ms UTC. Any thread. */
gint64 plancia_simulator_now (PlanciaSimulator *self);
/* Faults by device name, any thread: "none", "silent", "slow", "garbage", "bad-crc", "late", "other-unit", "close",
 * "exception", "split" (a byte at a time), "refuse" (blocks of settings are not taken over), "upload" (sticks: the answer comes 20 s later), "takeover" (HUB lines: closes the
 * client with RST and holds the line), "port-closed" (HUB lines: the service is off); for the clouds and their
 * things those of simulator/faults.c. PLANCIA_DOCUMENT_ERROR_INVALID if unknown. */
gboolean plancia_simulator_set_fault (PlanciaSimulator *self,
                                      const char       *device,
                                      const char       *fault,
                                      GError          **error);
/* A load of so many W on each of three phases, as if somebody switched it on; meters of which the device is a member see it too.
 * Any thread. FALSE if it does not run, or there is no such device. */
gboolean
plancia_simulator_set_load (PlanciaSimulator *self, const char *device, const double *watts);
const char *const *plancia_simulator_list_faults (PlanciaSimulator *self, const char *device);

G_END_DECLS
