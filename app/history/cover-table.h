/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/cover.h"
#include "history/database.h"

G_BEGIN_DECLS

/* What the store knows of its devices' histories, in its file. Blocking; on the store's worker. */

/* Within the caller's transaction. */
gboolean plancia_cover_table_mark (PlanciaDatabase    *database,
                                   const char         *device,
                                   const char         *source,
                                   const PlanciaCover *coverage,
                                   GError            **error);
/* What touches span, whole and sorted, nothing for what is missing. (transfer full) GPtrArray of PlanciaCover*. */
GPtrArray *plancia_cover_table_list (PlanciaDatabase *database,
                                     const char      *device,
                                     const char      *source,
                                     PlanciaSpan      span,
                                     GError         **error);

G_END_DECLS
