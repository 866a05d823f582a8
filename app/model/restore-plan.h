/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field-sort.h"
#include "map/write-plan.h"
#include "plant/snapshot.h"

G_BEGIN_DECLS

/* What has to be written so that a device has the settings of a snapshot again, or those of another device: every
 * setting of the device with a word about it. Nothing is written by this; the edits go through the usual review.
 * Main thread. */
typedef struct _PlanciaRestorePlan PlanciaRestorePlan;

typedef enum {
  PLANCIA_RESTORE_WRITE,      /* differs: among the edits */
  PLANCIA_RESTORE_EQUAL,      /* has the value already */
  PLANCIA_RESTORE_KEPT,       /* left out: keep says why */
  PLANCIA_RESTORE_NOT_THERE,  /* the snapshot has no value for it */
  PLANCIA_RESTORE_UNREADABLE, /* what the device has now is not known: it could not be undone */
  PLANCIA_RESTORE_OTHER_SORT, /* means something else on this device: unit, type or words */
  PLANCIA_RESTORE_REFUSED,    /* out of the device's range, or otherwise not writable: message */
} PlanciaRestoreAction;

/* One setting; owned by the plan. */
typedef struct
{
  const PlanciaField  *field; /* of the device's map */
  PlanciaRestoreAction action;
  PlanciaFieldKeep     keep;
  const guint16       *present; /* or NULL */
  const guint16       *wanted;  /* or NULL */
  PlanciaValue         value;   /* wanted; kind NONE if there is none */
  char                *message; /* English, or NULL */
} PlanciaRestoreItem;

/* What a person has to know before: the two devices are not the same, or not as they were. */
typedef enum {
  PLANCIA_RESTORE_OTHER_MAP = 1 << 0,   /* another family */
  PLANCIA_RESTORE_OTHER_MODEL = 1 << 1, /* another rated power */
  PLANCIA_RESTORE_OTHER_FIRMWARE = 1 << 2,
  PLANCIA_RESTORE_OTHER_DEVICE = 1 << 3, /* another serial number: this is a clone */
  PLANCIA_RESTORE_NO_IDENTITY = 1 << 4,  /* one of the two does not tell its serial number */
} PlanciaRestoreDifference;

/* include: what is left out by default and wanted here; serial numbers, grid code and commands stay out whatever it
 * says. source_map: the snapshot's, NULL if it is not known. present: of the device as it is now. (transfer full) */
PlanciaRestorePlan       *plancia_restore_plan_new (PlanciaSnapshot *source,
                                                    PlanciaMap      *source_map,
                                                    PlanciaSnapshot *present,
                                                    PlanciaMap      *map,
                                                    PlanciaFieldKeep include);
void                      plancia_restore_plan_free (PlanciaRestorePlan *self);
guint                     plancia_restore_plan_get_length (PlanciaRestorePlan *self);
const PlanciaRestoreItem *plancia_restore_plan_get (PlanciaRestorePlan *self, guint index);
guint plancia_restore_plan_count (PlanciaRestorePlan *self, PlanciaRestoreAction action);
PlanciaRestoreDifference plancia_restore_plan_get_differences (PlanciaRestorePlan *self);
/* As the journal calls its writes: "clone" if the snapshot is of another device, "restore". Static. */
const char *plancia_restore_plan_get_purpose (PlanciaRestorePlan *self);
/* Where the settings come from, for the journal: "Snapshot of HYD 10000 ZSS, 11 Jun 2026, 09:12". (transfer full) */
char *plancia_restore_plan_dup_origin (PlanciaRestorePlan *self, GTimeZone *zone);
/* (transfer full) GPtrArray of PlanciaEdit; of fields of the device's map, which must outlive them. */
GPtrArray *plancia_restore_plan_create_edits (PlanciaRestorePlan *self);

/* In the user's language. (transfer full) */
char *plancia_restore_item_dup_words (const PlanciaRestoreItem *item);
/* A sentence for each difference, NULL at the end. (transfer full) */
GStrv plancia_restore_plan_dup_warnings (PlanciaRestorePlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaRestorePlan, plancia_restore_plan_free)

G_END_DECLS
