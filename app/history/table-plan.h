/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* How times stand in a table. */
typedef enum {
  PLANCIA_TABLE_YMD,  /* 2026-06-12 14:05, 2026-06-12T12:05:00Z */
  PLANCIA_TABLE_DMY,  /* 12/06/2026 14:05, 12.06.2026 */
  PLANCIA_TABLE_MDY,  /* 06/12/2026 2:05 PM */
  PLANCIA_TABLE_UNIX, /* seconds, or milliseconds, since 1970 */
  PLANCIA_N_TABLE_TIMES,
} PlanciaTableTime;

#define PLANCIA_TABLE_NONE G_MAXUINT
#define PLANCIA_TABLE_ROWS 12

/* What is in a table and how it is to be read: guessed, then corrected by a person. */
typedef struct
{
  char             separator;
  char             decimal;
  PlanciaTableTime time;
  gboolean         is_long; /* this program's own, a line for each sample */
  guint            time_column;
  guint            clock_column; /* the time of day, if it stands apart; or PLANCIA_TABLE_NONE */
  GPtrArray       *titles;       /* of the columns, without their units */
  GPtrArray       *units;        /* "kW", or "" */
  GPtrArray       *keys;         /* what each column becomes, or NULL: left out */
  GPtrArray       *rows;         /* the first ones: GStrv */
} PlanciaTablePlan;

/* Which quantity a column's title means, or NULL. (transfer none) */
typedef const char *(*PlanciaTableGuess) (const char *title, gpointer user_data);

/* Reads the beginning of a file. Blocking. G_IO_ERROR_INVALID_DATA: it has no table with times. */
PlanciaTablePlan *plancia_table_plan_new (GInputStream     *stream,
                                          PlanciaTableGuess guess,
                                          gpointer          user_data,
                                          GCancellable     *cancellable,
                                          GError          **error);
PlanciaTablePlan *plancia_table_plan_copy (const PlanciaTablePlan *self);
void              plancia_table_plan_free (PlanciaTablePlan *self);
void plancia_table_plan_set_key (PlanciaTablePlan *self, guint column, const char *key);
/* What a number of the column has to be multiplied by, so that it is in the unit of its key. */
double plancia_table_plan_factor (const PlanciaTablePlan *self, guint column);

/* clock: of its own column, or NULL. last: the time before, G_MININT64 at first: it tells the two hours apart that a clock shows twice
 * in autumn. FALSE if it is no time. */
gboolean plancia_table_parse_time (const PlanciaTablePlan *self,
                                   const char             *text,
                                   const char             *clock,
                                   GTimeZone              *zone,
                                   gint64                  last,
                                   gint64                 *time);
/* NAN with TRUE: the cell says that there is nothing. */
gboolean plancia_table_parse_number (const char *text, char decimal, double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTablePlan, plancia_table_plan_free)

G_END_DECLS
