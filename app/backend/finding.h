/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/identify.h"

G_BEGIN_DECLS

/* What discovery knows of one place: a host and what it is for, or a serial port. Immutable, counted references, any
 * thread. A later finding of the same id takes the place of the earlier one. */
typedef enum {
  PLANCIA_FINDING_STICK,      /* port 8899; which one is not known */
  PLANCIA_FINDING_WIFI_STICK, /* speaks Solarman V5 */
  PLANCIA_FINDING_ETH_STICK,
  PLANCIA_FINDING_HUB,
  PLANCIA_FINDING_MODBUS, /* port 502 */
  PLANCIA_FINDING_SERIAL,
  PLANCIA_FINDING_CONNEXT, /* a serial port that may be one */
  PLANCIA_FINDING_HOST,    /* that was named, and is none of the above */
} PlanciaFindingKind;

typedef enum {
  PLANCIA_FINDING_ANSWERED,
  PLANCIA_FINDING_NOT_OPENED, /* a serial port: nothing was sent to it */
  PLANCIA_FINDING_IN_USE,     /* this program is connected to it: not tried */
  /* Those that did not answer, and why. */
  PLANCIA_FINDING_SILENT,    /* takes the connection, then says nothing */
  PLANCIA_FINDING_HUNG_UP,   /* takes the connection and ends it */
  PLANCIA_FINDING_FOREIGN,   /* says something that is not Modbus */
  PLANCIA_FINDING_CALL_ONLY, /* a stick that answers UDP and not TCP */
  PLANCIA_FINDING_REFUSED,   /* there, and every port is closed */
  PLANCIA_FINDING_ABSENT,    /* nobody has the address */
  PLANCIA_FINDING_FORBIDDEN, /* a serial port that this user may not open */
  PLANCIA_FINDING_BUSY,      /* a serial port that another program has open */
} PlanciaFindingState;

#define PLANCIA_HUB_LINES 3

typedef struct
{
  guint               id;
  PlanciaFindingKind  kind;
  PlanciaFindingState state;
  gint64              elapsed;  /* ms since the search began */
  char               *where;    /* "192.168.1.42", "/dev/ttyUSB0" */
  char               *link;     /* of a serial port: the same adapter under any tty name; or NULL */
  guint16             port;     /* TCP; 0 for what has none */
  char               *mac;      /* or NULL */
  char               *name;     /* of a module that answered the call with one, or NULL */
  gboolean            called;   /* it answered the call for loggers */
  PlanciaIdentity     identity; /* of a HUB: the first inverter */
  PlanciaHubAnswer    lines[PLANCIA_HUB_LINES];
  char               *address; /* to be added to a plant; NULL: nothing to add */
  /* Of a serial port. */
  char   *description; /* or NULL */
  guint16 vendor;      /* of USB, 0 if none */
  guint16 product;
  char   *adapter; /* name of a known kind of adapter, or NULL */
  char   *group;   /* whose port it is, or NULL */
} PlanciaFinding;

#define PLANCIA_TYPE_FINDING (plancia_finding_get_type ())
GType plancia_finding_get_type (void);

/* id 0, everything else empty; to be filled before anybody else sees it. */
PlanciaFinding *plancia_finding_new (PlanciaFindingKind kind, const char *where);
/* A new one of the same id, to be changed. */
PlanciaFinding *plancia_finding_copy (const PlanciaFinding *self);
PlanciaFinding *plancia_finding_ref (PlanciaFinding *self);
void            plancia_finding_unref (PlanciaFinding *self);
/* Makes address from the rest. */
void plancia_finding_make_address (PlanciaFinding *self);
/* Whether it belongs under what was found; else under what did not answer. */
gboolean plancia_finding_is_found (const PlanciaFinding *self);
/* Lines of a HUB in this state. */
guint plancia_finding_count_lines (const PlanciaFinding *self, PlanciaHubAnswer answer);
/* Kind of the device for a plant, as plancia_entry_new has it. */
const char *plancia_finding_get_device_kind (const PlanciaFinding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFinding, plancia_finding_unref)

G_END_DECLS
