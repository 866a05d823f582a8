/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* --from and --to, as people write them: "2026-06-12" or "2026-06-12 14:05", on the clock of zone, or with a zone of its own
 * ("2026-06-12T12:05:00Z"). A day as the end is included. Either may be NULL: from the first sample, until now (first, last). FALSE
 * after a sentence on standard error. */
gboolean plancia_cli_span_parse (const char  *from,
                                 const char  *to,
                                 PlanciaSpan  otherwise,
                                 GTimeZone   *zone,
                                 PlanciaSpan *span);

G_END_DECLS
