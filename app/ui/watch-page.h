/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The watch list of the session's plant: registers of several devices together. Property "session" (PlanciaSession),
 * construct only. Actions "watch.…". Main thread. */
#define PLANCIA_TYPE_WATCH_PAGE (plancia_watch_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatchPage, plancia_watch_page, PLANCIA, WATCH_PAGE, PlanciaSessionBin)

G_END_DECLS
