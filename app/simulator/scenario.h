/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/recorded.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* What to simulate: place, date, speed, devices, faults. JSON (format "plancia-scenario", version 1). Immutable, counted. */
typedef struct _PlanciaScenario PlanciaScenario;

/* PLANCIA_DOCUMENT_ERROR names origin, key path and what. */
PlanciaScenario *
plancia_scenario_new_from_bytes (GBytes *bytes, const char *origin, GError **error);
PlanciaScenario *plancia_scenario_new_from_file (const char *path, GError **error);
/* The demo plant's, from the program's resources. */
PlanciaScenario *plancia_scenario_new_demo (void);
PlanciaScenario *plancia_scenario_ref (PlanciaScenario *self);
void             plancia_scenario_unref (PlanciaScenario *self);
/* Overrides the file's; seconds a second. */
PlanciaScenario *plancia_scenario_with_speed (PlanciaScenario *self, double speed);
const char      *plancia_scenario_get_name (PlanciaScenario *self);
const char      *plancia_scenario_get_zone (PlanciaScenario *self);
double           plancia_scenario_get_latitude (PlanciaScenario *self);
double           plancia_scenario_get_longitude (PlanciaScenario *self);
gint64           plancia_scenario_get_start (PlanciaScenario *self); /* ms UTC */
double           plancia_scenario_get_speed (PlanciaScenario *self);

/* One device, as the file describes it. Which members mean something depends on the route. */
typedef enum {
  PLANCIA_ROUTE_NONE, /* hangs on its parent's */
  PLANCIA_ROUTE_WIFI_STICK,
  PLANCIA_ROUTE_ETH_STICK,
  PLANCIA_ROUTE_HUB,
  PLANCIA_ROUTE_LINE,
  PLANCIA_ROUTE_POWER_MAGIC,
  PLANCIA_ROUTE_PSC,
  PLANCIA_ROUTE_MODBUS_TCP,
  PLANCIA_ROUTE_RS485,
  PLANCIA_ROUTE_CONNEXT,
  PLANCIA_ROUTE_PORTAL,
  PLANCIA_ROUTE_SYSTEM,
} PlanciaRoute;

/* A fault number of the device's own list, active in the span. */
typedef struct
{
  int    id;
  gint64 start; /* ms UTC */
  gint64 end;   /* G_MAXINT64: still on */
} PlanciaScenarioAlarm;

typedef struct
{
  char        *kind;
  char        *name;
  char        *parent; /* or NULL */
  PlanciaRoute route;
  char        *line;   /* "inverters", "meters", "chargers"; of PLANCIA_ROUTE_LINE */
  char        *map;    /* map id or file; NULL for what has no registers */
  char        *serial; /* or NULL */
  guint8       unit;
  char        *of;      /* a thing of the portal: the device it is; or NULL */
  GStrv        members; /* a meter: whose exchange it measures; or NULL */
  char        *account; /* portal and system */
  char        *client;  /* portal */
  char        *key;
  char        *token;          /* system */
  char        *range;          /* that is too long: "refuse", "cut", "serve" */
  guint        rate;           /* requests a minute; 0: any number */
  guint        invalid_status; /* HTTP status with which credentials are refused */
  gboolean     tls;            /* with a certificate that no authority has signed */
  guint        callback_delay; /* ms from a write that was accepted to its callback */
  guint        callback_late;  /* ms, of one that comes late */
  char        *callback_url;   /* where to, if a write does not say; or NULL */
  char        *model;  /* of a thing: "string", "hybrid", "hybrid-2", "meter", "storage"; or NULL */
  char        *logger; /* of a thing: "wifi", "eth", "other" */
  gboolean     owned;  /* a thing of a system that the customer owns */
  guint        spacing;      /* ms between two requests of a line */
  char        *framing;      /* of an Ethernet stick: "any", "tcp", "rtu", "v5" */
  guint        upload_every; /* s: a stick sends to its cloud; 0: never */
  guint        upload_pause; /* s for which it then hears nobody */
  guint        longest;      /* registers of a read; 0: as its map says */
  char        *early;        /* "queue", "silent", "busy" */
  char        *absent;       /* "silent", "exception" */
  guint        heartbeat;    /* s of idle of a WIFI stick */
  gboolean     quirks;       /* the oddities that sticks and the portal have shown */
  char        *fault;
  GArray      *alarms;       /* PlanciaScenarioAlarm */
  PlanciaRecorded *recorded; /* what its registers hold, instead of a simulation; or NULL */
  gint64           commissioned;
  /* Ratings, as in PlanciaSiteConfig. */
  double peak, tilt, azimuth, limit, load_scale;
  double capacity, battery_power, soc_minimum, soc_maximum;
  char  *load;
} PlanciaScenarioDevice;

/* Parents come before what hangs on them. (element-type PlanciaScenarioDevice) (transfer none) */
GPtrArray *plancia_scenario_get_devices (PlanciaScenario *self);
guint64    plancia_scenario_get_seed (PlanciaScenario *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaScenario, plancia_scenario_unref)

G_END_DECLS
