/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "parcel/kinds.h"

G_BEGIN_DECLS

/* A plant in one file (a zip; format "plancia-site", version 1): made for the office, read there. Everything here blocks: on a
 * worker. Foreign bytes: all that is read is bounded and checked; what is damaged is left out and told. */

#define PLANCIA_PARCEL_ENDING ".plancia-site"
/* By its name: mail programs like to make a zip of it. */
gboolean plancia_parcel_is_one (const char *path);

/* Called on the worker, with 0..1. */
typedef void (*PlanciaParcelProgress) (double part, gpointer user_data);

/* --- making: write.c --- */

typedef struct
{
  const char        *history; /* file of the archive */
  const char        *journal; /* file of the journal */
  gboolean           with_history;
  PlanciaSpan        span;    /* of the history */
  const char *const *devices; /* ids whose history goes along; NULL: of all */
} PlanciaParcelChoice;

/* What is in a file, or was put into one. */
typedef struct
{
  guint  n[PLANCIA_PARCEL_N_KINDS]; /* things, not entries: snapshots, rows of the journal… */
  gint64 samples;
  PlanciaSpan span; /* of the history, by whole months; empty: none */
} PlanciaParcelCounts;

/* Why something of a file is not taken. */
typedef enum {
  PLANCIA_PARCEL_DAMAGED,   /* the bytes are not those that were written */
  PLANCIA_PARCEL_PARTLY,    /* the same, but some of it could be read */
  PLANCIA_PARCEL_MISSING,   /* it is told of, and not there */
  PLANCIA_PARCEL_TOO_LARGE, /* than anything of its kind can be */
  PLANCIA_PARCEL_TWICE,     /* two of one name: the first is taken */
  PLANCIA_PARCEL_LOCKED,    /* with a password */
  PLANCIA_PARCEL_INVALID,   /* whole, but not what it should be; words say why */
  PLANCIA_PARCEL_STRANGE,   /* no kind that this program knows */
  PLANCIA_PARCEL_DIFFERENT, /* there is another one of that name here, which stays */
  PLANCIA_PARCEL_CUT,       /* the file ends too early: there may have been more */
} PlanciaParcelReason;

typedef struct
{
  PlanciaParcelReason reason;
  PlanciaParcelKind   kind;  /* N_KINDS: not known */
  char               *name;  /* in the zip; "" for CUT */
  char               *words; /* English, or NULL */
} PlanciaParcelTrouble;

void plancia_parcel_trouble_free (PlanciaParcelTrouble *self);

/* plant_path: of a file that is saved. troubles: gets PlanciaParcelTrouble* of what cannot be taken along. Atomic: beside target,
 * which is replaced when the new one is whole. G_IO_ERROR, PLANCIA_DOCUMENT_ERROR. */
gboolean plancia_parcel_save (const char                *plant_path,
                              const char                *target,
                              const PlanciaParcelChoice *choice,
                              PlanciaParcelCounts       *counts,
                              GPtrArray                 *troubles,
                              PlanciaParcelProgress      progress,
                              gpointer                   progress_data,
                              GCancellable              *cancellable,
                              GError                   **error);

/* --- reading: read.c --- */
typedef struct _PlanciaParcel PlanciaParcel;

/* Reads and checks all of it. PLANCIA_DOCUMENT_ERROR_VERSION: made by a newer Plancia; NO_PARCEL: nothing of a plant. */
PlanciaParcel *plancia_parcel_open (const char           *path,
                                    PlanciaParcelProgress progress,
                                    gpointer              progress_data,
                                    GCancellable         *cancellable,
                                    GError              **error);
PlanciaParcel *plancia_parcel_open_bytes (GBytes *bytes, GError **error);
PlanciaParcel *plancia_parcel_ref (PlanciaParcel *self);
void           plancia_parcel_unref (PlanciaParcel *self);
const char    *plancia_parcel_get_path (PlanciaParcel *self);
const char    *plancia_parcel_get_plant_id (PlanciaParcel *self);
const char    *plancia_parcel_get_plant_name (PlanciaParcel *self);
const char    *plancia_parcel_get_program (
     PlanciaParcel *self); /* that made it, with its version; "" if not told */
gint64   plancia_parcel_get_created (PlanciaParcel *self); /* ms; 0 if not told */
gboolean plancia_parcel_has_plant (PlanciaParcel *self);   /* else only what goes with one */
const PlanciaParcelCounts *plancia_parcel_get_counts (PlanciaParcel *self);
GPtrArray *plancia_parcel_get_troubles (PlanciaParcel *self); /* PlanciaParcelTrouble */

/* --- taking: merge.c --- */

typedef struct
{
  const char *plant;   /* file: one that is there is merged into, else it is made */
  const char *history; /* file of the archive */
  const char *journal; /* file of the journal */
} PlanciaParcelPlaces;

/* What was, or would be, new here. */
typedef struct
{
  gboolean   new_plant;
  guint      devices;                        /* that were not there */
  guint      added[PLANCIA_PARCEL_N_KINDS];  /* things that were not there */
  guint      joined[PLANCIA_PARCEL_N_KINDS]; /* that were there and know more now */
  gint64     samples;
  GPtrArray *troubles; /* PlanciaParcelTrouble: beside those of the file */
} PlanciaParcelResult;

PlanciaParcelResult *plancia_parcel_result_new (void);
void                 plancia_parcel_result_free (PlanciaParcelResult *self);

/* look: nothing is changed, but counted. Stopped, or dead, before it is done: what is here is as it was, or has some of what came
 * besides; the plant's file is the last that changes. Twice is the same as once. */
gboolean plancia_parcel_merge (PlanciaParcel             *self,
                               const PlanciaParcelPlaces *places,
                               gboolean                   look,
                               PlanciaParcelResult       *result,
                               PlanciaParcelProgress      progress,
                               gpointer                   progress_data,
                               GCancellable              *cancellable,
                               GError                   **error);
/* The first of these plant files (NULL-terminated paths) that is the same plant. (transfer full), or NULL */
char *plancia_parcel_find_plant (PlanciaParcel *self, const char *const *paths);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaParcel, plancia_parcel_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaParcelResult, plancia_parcel_result_free)

G_END_DECLS
