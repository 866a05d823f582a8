/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* Who is on a line: each unit is asked for its identity, one after the other, on the connection that the plant has,
 * with the distance that the line wants; polls and people's requests get in between. Main thread. */
typedef enum {
  PLANCIA_SWEEP_INVERTERS, /* asks for the serial number; a HUB takes units 1 to 32 */
  PLANCIA_SWEEP_METERS,    /* asks for the first voltage; a HUB takes units 1 to 4 */
} PlanciaSweepKind;

#define PLANCIA_SWEEP_LAST_INVERTER 32
#define PLANCIA_SWEEP_LAST_METER    4

/* A unit that answered. */
typedef struct
{
  int   unit;
  char *identity; /* serial number; NULL: it answered without one */
  char *map;      /* id of the map that knows it, or NULL */
} PlanciaSweepUnit;

typedef struct
{
  guint done;
  guint all;
  guint found;
  int   unit; /* that is asked now */
  guint left; /* ms, from how long the units took so far; 0: not known yet */
} PlanciaSweepProgress;

typedef void (*PlanciaSweepFunc) (const PlanciaSweepProgress *progress, gpointer user_data);

/* The backend must be open. progress may be NULL; it is not called after the callback. */
void plancia_sweep_async (PlanciaBackend     *backend,
                          PlanciaSweepKind    kind,
                          int                 first,
                          int                 last,
                          GCancellable       *cancellable,
                          PlanciaSweepFunc    progress,
                          gpointer            progress_data,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
/* Who answered, by unit. Silence is no error; cancelling is none either: what was found until then is there. NULL and
 * an error when the line itself fails. (transfer full) (element-type PlanciaSweepUnit) */
GPtrArray *plancia_sweep_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error);

G_END_DECLS
