/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What all readable registers of a device held at one moment, as words. Built anywhere, then it belongs to the main
 * thread; only its note changes. Property that notifies: "note". */
#define PLANCIA_TYPE_SNAPSHOT (plancia_snapshot_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSnapshot, plancia_snapshot, PLANCIA, SNAPSHOT, GObject)

/* Why it was taken. */
typedef enum {
  PLANCIA_SNAPSHOT_ARRIVAL, /* by itself, at the first connect of a visit */
  PLANCIA_SNAPSHOT_REQUEST,
  PLANCIA_SNAPSHOT_BEFORE, /* before settings were restored */
  PLANCIA_SNAPSHOT_NOW,    /* only to compare with: not kept */
} PlanciaSnapshotReason;

/* One register; owned by its snapshot. */
typedef struct
{
  char    *key;
  guint16  address;
  guint    count;
  guint16 *words;   /* NULL: it could not be read */
  char    *text;    /* the value at that time for who reads the file: C locale; or NULL */
  char    *message; /* why there are no words, English, or NULL */
} PlanciaSnapshotItem;

/* device: id in its plant, or what it was called; NULL or "" if none. route: address. */
PlanciaSnapshot *plancia_snapshot_new (PlanciaSnapshotReason reason,
                                       gint64                time,
                                       const char           *device,
                                       const char           *name,
                                       const char           *route,
                                       PlanciaMap           *map);
/* While building: words (field->count of them) or NULL with a message. */
void plancia_snapshot_add (PlanciaSnapshot    *self,
                           const PlanciaField *field,
                           const guint16      *words,
                           const char         *message);
void plancia_snapshot_set_simulated (PlanciaSnapshot *self, gboolean simulated);

PlanciaSnapshotReason plancia_snapshot_get_reason (PlanciaSnapshot *self);
gint64                plancia_snapshot_get_time (PlanciaSnapshot *self);
const char           *plancia_snapshot_get_device (PlanciaSnapshot *self);
const char           *plancia_snapshot_get_name (PlanciaSnapshot *self);
const char           *plancia_snapshot_get_route (PlanciaSnapshot *self);
const char           *plancia_snapshot_get_map (PlanciaSnapshot *self); /* id */
gboolean              plancia_snapshot_get_simulated (PlanciaSnapshot *self);
/* What the registers say about the device: "" if they do not. */
const char *plancia_snapshot_get_serial (PlanciaSnapshot *self);
const char *plancia_snapshot_get_firmware (PlanciaSnapshot *self);
const char *plancia_snapshot_get_rated_power (PlanciaSnapshot *self);
const char *plancia_snapshot_get_note (PlanciaSnapshot *self); /* "" if none */
void        plancia_snapshot_set_note (PlanciaSnapshot *self, const char *note);

guint                      plancia_snapshot_get_length (PlanciaSnapshot *self);
guint                      plancia_snapshot_count_read (PlanciaSnapshot *self); /* with words */
const PlanciaSnapshotItem *plancia_snapshot_get (PlanciaSnapshot *self, guint index);
const PlanciaSnapshotItem *plancia_snapshot_find (PlanciaSnapshot *self, const char *key);

/* --- snapshot-file.c: as JSON (format "plancia-snapshot", version 1); unknown members survive --- */

/* PLANCIA_DOCUMENT_ERROR names origin and key path. Any thread. (transfer full) */
PlanciaSnapshot *plancia_snapshot_parse (GBytes *bytes, const char *origin, GError **error);
GBytes          *plancia_snapshot_format (PlanciaSnapshot *self); /* (transfer full) */

G_END_DECLS
