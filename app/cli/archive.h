/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"
#include "map/map.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* The history on this computer, the same that the window uses, and the devices that a command line names in it. Interrupting the
 * program (SIGINT, SIGTERM) cancels. */
typedef struct
{
  char           *id;      /* in the store */
  char           *name;    /* for people */
  PlanciaAddress *address; /* or NULL */
  PlanciaMap     *map;     /* or NULL */
} PlanciaCliDevice;

typedef struct
{
  PlanciaStore *store;
  GPtrArray    *devices; /* PlanciaCliDevice */
  GTimeZone    *zone;    /* of the first plant that is named, or of this computer */
  char         *plant;   /* name of that plant, or NULL */
  GCancellable *cancellable;
  guint         signals[2];
} PlanciaCliArchive;

/* names: NULL-terminated; each an address, a plant file (all of its devices), or with plant the name or id of a device in it. NULL
 * after a sentence on standard error. */
PlanciaCliArchive *plancia_cli_archive_open (char **names, const char *plant);
void               plancia_cli_archive_free (PlanciaCliArchive *self);
/* What the store has of the devices. (transfer full), or NULL with an error. */
GPtrArray *plancia_cli_archive_list (PlanciaCliArchive *self, GError **error);
/* (transfer none), or NULL */
PlanciaCliDevice *plancia_cli_archive_find (PlanciaCliArchive *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCliArchive, plancia_cli_archive_free)

G_END_DECLS
