/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* How times stand in a table. */
typedef enum {
  PLANCIA_IMPORT_YMD,  /* 2026-06-12 14:05, 2026-06-12T12:05:00Z */
  PLANCIA_IMPORT_DMY,  /* 12/06/2026 14:05, 12.06.2026 */
  PLANCIA_IMPORT_MDY,  /* 06/12/2026 2:05 PM */
  PLANCIA_IMPORT_UNIX, /* seconds, or milliseconds, since 1970 */
  PLANCIA_N_IMPORT_TIMES,
} PlanciaImportTime;

#define PLANCIA_IMPORT_NONE G_MAXUINT
#define PLANCIA_IMPORT_ROWS 12

/* What is in a table and how it is to be read: guessed, then corrected by a person. */
typedef struct
{
  char              separator;
  char              decimal;
  PlanciaImportTime time;
  gboolean          is_long; /* this program's own, a line for each sample */
  guint             time_column;
  guint             clock_column; /* the time of day, if it stands apart; or PLANCIA_IMPORT_NONE */
  GPtrArray        *titles;       /* of the columns, without their units */
  GPtrArray        *units;        /* "kW", or "" */
  GPtrArray        *keys;         /* what each column becomes, or NULL: left out */
  GPtrArray        *rows;         /* the first ones: GStrv */
} PlanciaImportPlan;

/* Which quantity a column's title means, or NULL. (transfer none) */
typedef const char *(*PlanciaImportGuess) (const char *title, gpointer user_data);

/* Reads the beginning of a file. Blocking. G_IO_ERROR_INVALID_DATA: it has no table with times. */
PlanciaImportPlan *plancia_import_plan_new (GInputStream      *stream,
                                            PlanciaImportGuess guess,
                                            gpointer           user_data,
                                            GCancellable      *cancellable,
                                            GError           **error);
PlanciaImportPlan *plancia_import_plan_copy (const PlanciaImportPlan *self);
void               plancia_import_plan_free (PlanciaImportPlan *self);
void plancia_import_plan_set_key (PlanciaImportPlan *self, guint column, const char *key);
/* What a number of the column has to be multiplied by, so that it is in the unit of its key. */
double plancia_import_plan_factor (const PlanciaImportPlan *self, guint column);

/* clock: of its own column, or NULL. last: the time before, G_MININT64 at first: it tells the two hours apart that a clock shows twice
 * in autumn. FALSE if it is no time. */
gboolean plancia_import_parse_time (const PlanciaImportPlan *self,
                                    const char              *text,
                                    const char              *clock,
                                    GTimeZone               *zone,
                                    gint64                   last,
                                    gint64                  *time);
/* NAN with TRUE: the cell says that there is nothing. */
gboolean plancia_import_parse_number (const char *text, char decimal, double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaImportPlan, plancia_import_plan_free)

G_END_DECLS
