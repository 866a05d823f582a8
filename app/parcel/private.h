/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/carry.h"
#include "parcel/devices.h"
#include "parcel/parcel.h"

G_BEGIN_DECLS

/* Between the sources of this folder. */

#define PLANCIA_PARCEL_FORMAT  "plancia-site"
#define PLANCIA_PARCEL_VERSION 1

/* One entry. */
typedef struct
{
  char   *name;  /* in the zip */
  char   *rest;  /* of the name, its own */
  GBytes *bytes; /* NULL of the history: it is read when it is wanted */
  /* Of the history. */
  char       *device;
  char       *source;
  PlanciaSpan month;
  gint64      samples;
} PlanciaParcelItem;

void plancia_parcel_item_free (PlanciaParcelItem *self);

struct _PlanciaParcel
{
  gatomicrefcount     references;
  char               *path;  /* or NULL: */
  GBytes             *bytes; /* of a test */
  char               *id;
  char               *name;
  char               *program;
  gint64              created;
  GPtrArray          *items[PLANCIA_PARCEL_N_KINDS]; /* PlanciaParcelItem */
  PlanciaParcelCounts counts;
  GPtrArray          *troubles;
};

PlanciaParcelTrouble *plancia_parcel_trouble_new (PlanciaParcelReason reason,
                                                  PlanciaParcelKind   kind,
                                                  const char         *name,
                                                  const char         *words);

/* "history/DEVICE/SOURCE/2026-06.days" (transfer full), or NULL: no file can have that name. */
char *plancia_parcel_history_name (const char *device, const char *source, PlanciaSpan month);
/* The other way; FALSE: it is no such name. rest: behind the folder. */
gboolean plancia_parcel_history_parse (const char *rest, PlanciaParcelItem *item);

/* --- merge-plant.c --- */

/* Puts what is not in here's tree into it. come: is used up. pairs: ids of come to ids of here. Returns how many devices and ways to
 * them are new. */
guint plancia_parcel_merge_plant (PlanciaPlant *here, PlanciaPlant *come, GHashTable *pairs);

/* --- merge-files.c --- */

/* What is to be done with files beside the plant. */
typedef struct
{
  GPtrArray *writes;  /* PlanciaParcelItem: name is a path */
  GPtrArray *removes; /* char* paths, after the writes */
} PlanciaParcelFiles;

void plancia_parcel_files_init (PlanciaParcelFiles *self);
void plancia_parcel_files_clear (PlanciaParcelFiles *self);
/* Of one kind that has a folder beside the plant. */
gboolean plancia_parcel_files_plan (PlanciaParcel       *parcel,
                                    PlanciaParcelKind    kind,
                                    const char          *plant_path,
                                    GHashTable          *pairs,
                                    PlanciaParcelFiles  *files,
                                    PlanciaParcelResult *result,
                                    GCancellable        *cancellable,
                                    GError             **error);
/* path: of a folder; name: of the file in it. */
void     plancia_parcel_files_add (PlanciaParcelFiles *self,
                                   const char         *folder,
                                   const char         *name,
                                   GBytes             *bytes);
gboolean plancia_parcel_files_write (PlanciaParcelFiles *self, GError **error);

/* A JSON document whose device is called as it is here. member: of the root, in which its id is ("id"); NULL: it is the text
 * "device". (transfer full) */
GBytes *plancia_parcel_rename_device (GBytes *bytes, const char *member, GHashTable *pairs);

/* --- merge-visits.c --- */
void plancia_parcel_visits_plan (GPtrArray           *items,
                                 const char          *folder,
                                 GHashTable          *pairs,
                                 PlanciaParcelFiles  *files,
                                 PlanciaParcelResult *result);

/* Files of a folder, sorted by name: PlanciaParcelItem*; one that cannot be read becomes a trouble. (transfer full) */
GPtrArray *
plancia_parcel_read_folder (PlanciaParcelKind kind, const char *folder, GPtrArray *troubles);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaParcelFiles, plancia_parcel_files_clear)

G_END_DECLS
