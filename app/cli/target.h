/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* The one device that a command line names, and its connection. The functions turn the backend's asynchronous methods into
 * plain calls: they run the main context until the answer is there. Interrupting the program (SIGINT, SIGTERM) cancels. */
typedef struct _PlanciaTarget PlanciaTarget;

/* How the command line names it; all but name may be NULL. */
typedef struct
{
  const char *name;       /* an address, or with plant the name or id of a device in it */
  const char *map;        /* id or file */
  const char *plant;      /* plant file, or a recording, which then answers */
  const char *url;        /* of a cloud account */
  const char *transcript; /* files for what goes over the wire */
  const char *pcapng;
  gboolean    raw; /* no map is wanted */
  gint64      at;  /* of a recording that is the plant: ms since its start; 0: its end */
} PlanciaTargetOptions;

/* Nothing is opened. Complains and returns NULL if the options are wrong (exit code 2). */
PlanciaTarget *plancia_target_new (const PlanciaTargetOptions *options);
/* Closes what is open. */
void plancia_target_free (PlanciaTarget *self);

const char *plancia_target_get_text (PlanciaTarget *self); /* the address, for output */
/* Its name in the plant, or the address. */
const char *plancia_target_get_name (PlanciaTarget *self);
const char *plancia_target_get_id (PlanciaTarget *self); /* in the plant, or NULL */
/* NULL for clouds, and until detected. */
PlanciaMap *plancia_target_get_map (PlanciaTarget *self);
gboolean    plancia_target_is_interrupted (PlanciaTarget *self);

/* Opens the connection; detect: and finds the map if none was named. */
gboolean plancia_target_open (PlanciaTarget *self, gboolean detect, GError **error);
/* As the methods of the backend. (transfer full) */
PlanciaReadings *plancia_target_read (PlanciaTarget *self, const char *const *keys, GError **error);
GArray          *plancia_target_read_raw (PlanciaTarget *self,
                                          guint8         function,
                                          guint16        address,
                                          guint16        count,
                                          GError       **error);
/* Kept in the journal. kind: as in PlanciaJournalPlace. before: where the serial number may be found, or NULL. */
GPtrArray *plancia_target_write (PlanciaTarget   *self,
                                 GPtrArray       *edits,
                                 const char      *kind,
                                 const char      *note,
                                 PlanciaReadings *before,
                                 GError         **error);
/* Open; for what goes on by itself. (transfer none) */
PlanciaBackend *plancia_target_get_backend (PlanciaTarget *self);
int             plancia_target_get_unit (PlanciaTarget *self);
/* The key under which the device's map has the serial number, or NULL. */
const char *plancia_target_get_serial_key (PlanciaTarget *self);
/* Writes the files that the options name; the connection need not be open any more. Complains and returns FALSE if it
 * cannot. */
gboolean plancia_target_save_traffic (PlanciaTarget *self);
/* FALSE if it was interrupted. */
gboolean plancia_target_sleep (PlanciaTarget *self, double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTarget, plancia_target_free)

G_END_DECLS
