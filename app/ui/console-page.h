/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The console page. Property "session" (PlanciaSession), construct only: it follows the session's device. */
#define PLANCIA_TYPE_CONSOLE_PAGE (plancia_console_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsolePage,
                      plancia_console_page,
                      PLANCIA,
                      CONSOLE_PAGE,
                      PlanciaSessionBin)

G_END_DECLS
