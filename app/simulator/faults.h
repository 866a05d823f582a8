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
  PLANCIA_FAULT_INVALID_CLIENT,
  PLANCIA_FAULT_502,
  PLANCIA_FAULT_EMPTY,
  PLANCIA_FAULT_CUT,
  PLANCIA_FAULT_MISSING_THING,
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
/* Kind of a device, or NULL. */
const char *plancia_faults_kind (PlanciaFaults *self, const char *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFaults, plancia_faults_free)

G_END_DECLS
