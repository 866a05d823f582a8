/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "map/map.h"

G_BEGIN_DECLS

/* Which registers of a device there are: a range is asked block by block, and a block that is refused is asked in halves
 * until it is known of each register whether it answers. Only reads. What was found is a GListModel of PlanciaScanSpan in the
 * order of their addresses, to which is only added. Main thread. Signal "changed" (): progress, running or error moved. */
#define PLANCIA_TYPE_ADDRESS_SCAN (plancia_address_scan_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAddressScan, plancia_address_scan, PLANCIA, ADDRESS_SCAN, GObject)

typedef enum {
  PLANCIA_SCAN_UNKNOWN, /* not asked yet */
  PLANCIA_SCAN_ANSWERS,
  PLANCIA_SCAN_REFUSED,  /* an exception of the device */
  PLANCIA_SCAN_SILENT,   /* no answer, or none that can be used, twice */
  PLANCIA_SCAN_LEFT_OUT, /* the map says that it must not be read */
  PLANCIA_N_SCAN_VERDICTS,
} PlanciaScanVerdict;

/* "answers", "refused", ... for files. */
const char *plancia_scan_verdict_name (PlanciaScanVerdict verdict);

/* Registers that follow each other and have one verdict. Property "last" (guint) notifies while it grows. */
#define PLANCIA_TYPE_SCAN_SPAN (plancia_scan_span_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaScanSpan, plancia_scan_span, PLANCIA, SCAN_SPAN, GObject)

guint              plancia_scan_span_get_first (PlanciaScanSpan *self);
guint              plancia_scan_span_get_last (PlanciaScanSpan *self);
PlanciaScanVerdict plancia_scan_span_get_verdict (PlanciaScanSpan *self);
guint              plancia_scan_span_get_exception (PlanciaScanSpan *self); /* of REFUSED */

/* map: of the device, or NULL: how long a request may be, what must not be read, names for the file. */
PlanciaAddressScan *plancia_address_scan_new (PlanciaBackend *backend, int unit, PlanciaMap *map);
/* A block of so many registers or less that is refused counts as refused as a whole. */
void plancia_address_scan_set_finest (PlanciaAddressScan *self, guint count);
/* function: 1 to 4. last: not before first. What an earlier scan found is forgotten. */
void
plancia_address_scan_start (PlanciaAddressScan *self, guint8 function, guint16 first, guint16 last);
void     plancia_address_scan_stop (PlanciaAddressScan *self);
gboolean plancia_address_scan_is_running (PlanciaAddressScan *self);
/* Registers whose verdict is known, and all; requests so far. */
void plancia_address_scan_get_progress (PlanciaAddressScan *self,
                                        guint              *done,
                                        guint              *all,
                                        guint              *requests);
/* ms that it will still take at the pace it had so far; -1: cannot be said yet. */
gint64 plancia_address_scan_get_time_left (PlanciaAddressScan *self);
guint  plancia_address_scan_count (PlanciaAddressScan *self, PlanciaScanVerdict verdict);
/* The word of a register that answered, or -1. */
int plancia_address_scan_get_word (PlanciaAddressScan *self, guint address);
const GError *
plancia_address_scan_get_error (PlanciaAddressScan *self); /* why it ended early, or NULL */
/* A line for each register whose verdict is known. (transfer full) */
char *plancia_address_scan_to_csv (PlanciaAddressScan *self);

G_END_DECLS
