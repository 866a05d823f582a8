/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The history page. Property "session" (PlanciaSession), construct only: it follows the session's device. */
#define PLANCIA_TYPE_HISTORY_PAGE (plancia_history_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPage, plancia_history_page, PLANCIA, HISTORY_PAGE, AdwBin)

G_END_DECLS
