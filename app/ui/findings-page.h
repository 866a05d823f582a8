/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/session-bin.h"

G_BEGIN_DECLS

/* What the rules find in the history of the whole plant, each with its evidence. Property "session" (PlanciaSession), construct
 * only. Main thread. */
#define PLANCIA_TYPE_FINDINGS_PAGE (plancia_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFindingsPage,
                      plancia_findings_page,
                      PLANCIA,
                      FINDINGS_PAGE,
                      PlanciaSessionBin)

G_END_DECLS
