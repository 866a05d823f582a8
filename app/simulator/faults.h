/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can go wrong with a simulated device, by name, and which device has what now. */
typedef enum {
  PLANCIA_FAULT_NONE,
  PLANCIA_FAULT_SILENT,     /* no answer */
  PLANCIA_FAULT_SLOW,       /* the right answer, 2 s later */
  PLANCIA_FAULT_GARBAGE,    /* bytes that are no frame */
  PLANCIA_FAULT_BAD_CRC,    /* CRC, checksum or header damaged */
  PLANCIA_FAULT_LATE,       /* the answer comes with the next question */
  PLANCIA_FAULT_OTHER_UNIT, /* another unit's answer */
  PLANCIA_FAULT_CLOSE,      /* the connection ends instead of an answer */
  PLANCIA_FAULT_EXCEPTION,  /* exception 4 to everything */
  PLANCIA_FAULT_TAKEOVER, /* another client takes the line: RST, once; holds it if nobody was connected */
  PLANCIA_FAULT_SPLIT,  /* the right answer, a byte at a time */
  PLANCIA_FAULT_UPLOAD, /* a stick sends to its cloud: the right answer, 20 s later */
  PLANCIA_FAULT_REFUSE, /* blocks of settings are not taken over: their apply register says so */
  PLANCIA_FAULT_PORT_CLOSED, /* of a HUB line: the service is switched off */
  /* Of the current sensors of an inverter or meter: app/simulator/wiring.h. */
  PLANCIA_FAULT_CT_REVERSED_L1,
  PLANCIA_FAULT_CT_REVERSED_L2,
  PLANCIA_FAULT_CT_REVERSED_L3,
  PLANCIA_FAULT_CT_REVERSED_ALL,
  PLANCIA_FAULT_CT_SWAPPED_L1_L2,
  PLANCIA_FAULT_CT_SWAPPED_L1_L3,
  PLANCIA_FAULT_CT_SWAPPED_L2_L3,
  PLANCIA_FAULT_CT_ROTATED,
  PLANCIA_FAULT_RESTLESS_HOUSE, /* big loads come and go all the time */
  /* Of a cloud's server. */
  PLANCIA_FAULT_INVALID_CLIENT,
  PLANCIA_FAULT_401,
  PLANCIA_FAULT_429, /* with Retry-After */
  PLANCIA_FAULT_502,
  PLANCIA_FAULT_503,
  PLANCIA_FAULT_RATE_LIMIT,        /* 502 to all but a few requests a minute */
  PLANCIA_FAULT_DELAY_4,           /* s: longer than the shortest time-out */
  PLANCIA_FAULT_DELAY_12,          /* s: longer than the shortest of a history */
  PLANCIA_FAULT_EMPTY,             /* no body */
  PLANCIA_FAULT_CUT,               /* half of the JSON */
  PLANCIA_FAULT_HTML,              /* a page with status 200 */
  PLANCIA_FAULT_HUGE,              /* more than anybody should take */
  PLANCIA_FAULT_OTHER_CERTIFICATE, /* another one than before, from the next connection */
  /* Of its commands. */
  PLANCIA_FAULT_REFUSED_COMMAND, /* "success": false */
  PLANCIA_FAULT_EMPTY_VALUE,     /* success, and no things */
  PLANCIA_FAULT_RANGE_CUT,       /* a range that is too long is answered up to its limit */
  PLANCIA_FAULT_RANGE_SERVED,    /* and whole */
  /* Of one thing, or of all that hang on the account. */
  PLANCIA_FAULT_MISSING_THING,
  PLANCIA_FAULT_EMPTY_THING, /* {} */
  PLANCIA_FAULT_NULL_CELLS,
  PLANCIA_FAULT_ZERO_BURST,
  PLANCIA_FAULT_TEXT_NUMBER,
  PLANCIA_FAULT_BACK_IN_TIME, /* every other answer is an hour older */
  PLANCIA_FAULT_FROZEN,       /* nothing newer than four hours before the fault began */
  PLANCIA_FAULT_STUCK_POWER,  /* new stamps, values of the moment at which the fault began */
  PLANCIA_FAULT_REPLACED, /* lifetime counters begin anew at the moment at which the fault began */
  PLANCIA_FAULT_DUPLICATE_TS,
  PLANCIA_FAULT_UNSORTED_TS,
  PLANCIA_FAULT_SHORT_ARRAY,
  /* Of writes through a cloud. */
  PLANCIA_FAULT_WRITE_REFUSED,   /* as if somebody else owned the system */
  PLANCIA_FAULT_WRITE_OFFLINE,   /* as if the device were not on line */
  PLANCIA_FAULT_CALLBACK_FAILED, /* the device did not take it */
  PLANCIA_FAULT_CALLBACK_NEVER,  /* taken, and nobody says so */
  PLANCIA_FAULT_CALLBACK_LOST,   /* neither */
  PLANCIA_FAULT_CALLBACK_TWICE,
  PLANCIA_FAULT_CALLBACK_WRONG_ID,
  PLANCIA_FAULT_CALLBACK_LATE, /* when nobody waits any more */
  PLANCIA_N_FAULTS,
} PlanciaFault;

/* kind: as in a scenario. The names that a device of this kind can have, NULL at the end. */
const char *const *plancia_faults_list (const char *kind);
gboolean           plancia_faults_is_known (const char *kind, const char *name);
/* PLANCIA_FAULT_NONE for what is unknown. */
PlanciaFault plancia_faults_parse (const char *name);

/* Which device has which. Any thread. */
typedef struct _PlanciaFaults PlanciaFaults;

PlanciaFaults *plancia_faults_new (void);
void           plancia_faults_free (PlanciaFaults *self);
/* parent: whose fault counts while the device has none of its own; or NULL. */
void
plancia_faults_add (PlanciaFaults *self, const char *device, const char *kind, const char *parent);
/* PLANCIA_DOCUMENT_ERROR_INVALID if the device, or the fault for it, is unknown. */
gboolean
plancia_faults_set (PlanciaFaults *self, const char *device, const char *name, GError **error);
PlanciaFault plancia_faults_get (PlanciaFaults *self, const char *device);
/* A load that somebody switches on, W on each of three phases, on top of what the house takes; all 0: off. FALSE if there is no such
 * device. */
gboolean plancia_faults_set_load (PlanciaFaults *self, const char *device, const double *watts);
void     plancia_faults_get_load (PlanciaFaults *self, const char *device, double *watts);
/* Kind of a device, or NULL. */
const char *plancia_faults_kind (PlanciaFaults *self, const char *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFaults, plancia_faults_free)

G_END_DECLS
