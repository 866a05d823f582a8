/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include "base/samples.h"

G_BEGIN_DECLS

/* The usual form of an answer about the past, read straight from its text in one pass: a tree of some ten thousand nodes
 * costs several times what the download does. Whatever is not of the usual form (rows, texts for numbers, escapes,
 * refusals, anything that is not strict JSON) is left to portal-json.h, which would have said the same of the rest. */

/* Where the answer of a second command stands in the text. start NULL: there is none. */
typedef struct
{
  const char *start;
  gsize       length;
} PlanciaPortalSlice;

/* text: of length bytes, with a NUL behind them. slice: (nullable): the value of the top-level member named slice_of.
 * (transfer full), or NULL: not of the usual form, which is no error. Any thread. */
PlanciaSamples *plancia_portal_scan_historic (const PlanciaCloudFormat *format,
                                              const char               *text,
                                              gsize                     length,
                                              const char               *thing,
                                              const char               *device,
                                              PlanciaSpan               covered,
                                              const char               *slice_of,
                                              PlanciaPortalSlice       *slice);
/* Whether a slice that plancia_portal_scan_historic() gave has "deviceAlarm" in it with empty lists alone, and nothing
 * that says more. */
gboolean plancia_portal_scan_no_alarms (const PlanciaCloudFormat *format,
                                        const PlanciaPortalSlice *slice,
                                        const char               *thing);

G_END_DECLS
