/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/address-scan.h"

G_BEGIN_DECLS

/* What only the scan does to a span. (transfer full) */
PlanciaScanSpan *
plancia_scan_span_new (guint first, guint last, PlanciaScanVerdict verdict, guint exception);
/* FALSE if these registers do not go on with it. */
gboolean plancia_scan_span_extend (PlanciaScanSpan   *self,
                                   guint              first,
                                   guint              last,
                                   PlanciaScanVerdict verdict,
                                   guint              exception);

G_END_DECLS
