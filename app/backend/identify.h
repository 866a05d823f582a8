/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/link.h"
#include "plant/address.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What it is that answers at a place, found out with reads only: the framing, then the text at the place where each
 * generation of maps has the serial number. Blocking: on a worker. Every call has a limit and honours its cancellable;
 * there is never more than one connection to the place. Unit 0 is never asked. */
typedef struct
{
  gboolean    answered;   /* somebody speaks Modbus there */
  const char *framing;    /* "Modbus TCP", "Solarman V5", "RTU over TCP", "Modbus RTU"; or NULL */
  guint32     logger;     /* serial number of a WIFI stick, or 0 */
  int         unit;       /* that answered, or -1 */
  char       *serial;     /* of the device, or NULL */
  char       *generation; /* "G3", "old"; or NULL */
  char       *model;      /* or NULL */
  char       *kind;       /* of the map's device: "inverter", "meter"; or NULL */
  char       *map;        /* id, or NULL */
} PlanciaIdentity;

void plancia_identity_clear (PlanciaIdentity *self);
void plancia_identity_copy (const PlanciaIdentity *self, PlanciaIdentity *out);

/* A line of a HUB. */
typedef enum {
  PLANCIA_HUB_ANSWER_UNTRIED,
  PLANCIA_HUB_ANSWER_OPEN,
  PLANCIA_HUB_ANSWER_HELD,   /* another client has it */
  PLANCIA_HUB_ANSWER_CLOSED, /* the port is refused: switched off */
  PLANCIA_HUB_ANSWER_SILENT, /* the port does not answer at all */
} PlanciaHubAnswer;

/* Port 8899. logger_first: it has answered the call for loggers, so that V5 is the likely framing. timeout: ms a read.
 * FALSE: nobody there speaks Modbus; the error is that of the first framing. */
gboolean plancia_identify_stick (const char      *host,
                                 gboolean         logger_first,
                                 guint            timeout,
                                 PlanciaIdentity *out,
                                 GCancellable    *cancellable,
                                 GError         **error);
/* Modbus TCP on port 502. */
gboolean plancia_identify_modbus (const char      *host,
                                  guint            timeout,
                                  PlanciaIdentity *out,
                                  GCancellable    *cancellable,
                                  GError         **error);
/* One line of a HUB whose port is open, with one read: whoever was connected is thrown out by the HUB. */
PlanciaHubAnswer plancia_identify_hub_line (const char      *host,
                                            PlanciaHubLine   line,
                                            guint            timeout,
                                            PlanciaIdentity *out,
                                            GCancellable    *cancellable);
/* Modbus RTU, 9600 8N1. */
gboolean plancia_identify_serial (const char      *path,
                                  guint            timeout,
                                  PlanciaIdentity *out,
                                  GCancellable    *cancellable,
                                  GError         **error);
/* From then on each exchange of each search is told, on the thread where it was. observer NULL: no more. Before a search. */
void plancia_identify_set_observer (PlanciaLinkObserver observer, gpointer user_data);
/* The first look into the maps loads them all; whoever does it beforehand loses no time later. */
void plancia_identify_prepare (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaIdentity, plancia_identity_clear)

G_END_DECLS
