/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-options.h"

G_BEGIN_DECLS

/* Numbers and times as text, millions of them. */

/* The shortest text that is read back as the same number, with decimal as its sign. */
void plancia_export_append_number (GString *out, double value, char decimal);

/* Times of a zone; what is asked for in order is cheap. */
typedef struct
{
  GTimeZone        *zone;
  PlanciaExportTime style;
  gint64            quarter; /* the quarter of an hour that offset is for, or G_MININT64 */
  gint64            offset;  /* of the zone, ms */
  gint64            day;     /* days since 1970 on the zone's clock that date is for */
  char              date[16];
} PlanciaExportClock;

/* zone: borrowed */
void plancia_export_clock_init (PlanciaExportClock *self, GTimeZone *zone, PlanciaExportTime style);
void plancia_export_clock_append (PlanciaExportClock *self, GString *out, gint64 time);
/* What the zone's clock shows, as ms since 1970 on it. */
gint64 plancia_export_clock_local (PlanciaExportClock *self, gint64 time);

G_END_DECLS
