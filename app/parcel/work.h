/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "parcel/parcel.h"

G_BEGIN_DECLS

/* Making, reading and taking a plant file on a worker of its own, one after the other. Main thread. What is cancelled has changed
 * nothing. Signal "progress" (double 0..1): of what is being done. */
#define PLANCIA_TYPE_PARCEL_WORK (plancia_parcel_work_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaParcelWork, plancia_parcel_work, PLANCIA, PARCEL_WORK, GObject)

/* What was put into a file. */
typedef struct
{
  PlanciaParcelCounts counts;
  gint64              size;     /* of the file, bytes */
  GPtrArray          *troubles; /* PlanciaParcelTrouble */
} PlanciaParcelSaved;

void plancia_parcel_saved_free (PlanciaParcelSaved *self);

/* The files of this user. */
PlanciaParcelWork *plancia_parcel_work_new (void);

/* See plancia_parcel_save. span empty: no history; devices: ids whose history goes along, or NULL: all (copied). (transfer full) */
void plancia_parcel_work_save_async (PlanciaParcelWork  *self,
                                     const char         *plant_path,
                                     const char         *target,
                                     PlanciaSpan         span,
                                     const char *const  *devices,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
PlanciaParcelSaved *
plancia_parcel_work_save_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error);
/* About how large the history of these devices (NULL-terminated, copied) will be; -1 with an error. */
void plancia_parcel_work_measure_async (PlanciaParcelWork  *self,
                                        const char *const  *devices,
                                        PlanciaSpan         span,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gint64
plancia_parcel_work_measure_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error);
/* See plancia_parcel_open. (transfer full) */
void plancia_parcel_work_open_async (PlanciaParcelWork  *self,
                                     const char         *path,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
PlanciaParcel *
plancia_parcel_work_open_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error);
/* See plancia_parcel_merge; plant: file. (transfer full) */
void plancia_parcel_work_merge_async (PlanciaParcelWork  *self,
                                      PlanciaParcel      *parcel,
                                      const char         *plant,
                                      gboolean            look,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
PlanciaParcelResult *
plancia_parcel_work_merge_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error);
/* Which file of this user (of recent, NULL-terminated and copied, and in the user's folder) is the same plant. (transfer full);
 * NULL without an error: none. */
void plancia_parcel_work_find_async (PlanciaParcelWork  *self,
                                     PlanciaParcel      *parcel,
                                     const char *const  *recent,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
char *
plancia_parcel_work_find_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error);
/* A name in the user's folder that no file has. (transfer full) */
char *plancia_parcel_work_dup_new_path (PlanciaParcel *parcel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaParcelSaved, plancia_parcel_saved_free)

G_END_DECLS
