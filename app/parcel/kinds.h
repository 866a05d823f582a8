/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a plant file holds beside the plant: one row a kind of entry. A new kind is a row here and, if its files are more than
 * bytes, a way to merge them in merge-files.c. */
typedef enum {
  PLANCIA_PARCEL_PLANT,
  PLANCIA_PARCEL_MAPS,       /* a person's own register maps */
  PLANCIA_PARCEL_SNAPSHOTS,  /* what registers held */
  PLANCIA_PARCEL_VISITS,     /* commissionings, from which reports are made */
  PLANCIA_PARCEL_JOURNAL,    /* what was written */
  PLANCIA_PARCEL_ALARMS,     /* of the archive */
  PLANCIA_PARCEL_RECORDINGS, /* of visits: what went over the links */
  PLANCIA_PARCEL_HISTORY,    /* of the archive */
  PLANCIA_PARCEL_N_KINDS
} PlanciaParcelKind;

typedef struct
{
  const char *folder; /* in the zip; the plant is a file */
  const char *ending; /* of names there; NULL: any */
  const char *beside; /* "PLANT.beside" is where its files are, or NULL: they are somewhere else */
  gsize       limit;  /* bytes of one */
  gboolean    packed; /* gets smaller */
  /* Whether bytes are what they should be, and how many things they hold; NULL: any are. */
  gboolean (*check) (GBytes *bytes, const char *name, guint *n, GError **error);
} PlanciaParcelKindInfo;

extern const PlanciaParcelKindInfo plancia_parcel_kinds[PLANCIA_PARCEL_N_KINDS];

#define PLANCIA_PARCEL_MANIFEST "plancia-site.json"

/* Which kind an entry is by its name, and what of the name is its own; FALSE: none. Names that climb, or are no names, are none. */
gboolean plancia_parcel_kind_of (const char *name, PlanciaParcelKind *kind, const char **rest);
/* The folder that has the files of a plant. (transfer full), or NULL: they are no files. */
char *plancia_parcel_kind_dup_folder (PlanciaParcelKind kind, const char *plant_path);

G_END_DECLS
