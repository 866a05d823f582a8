/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Registers of the session's device one after the other, without a map: each as every type. Reading only. Beside the
 * registers. Property "session" (PlanciaSession), construct only. Actions "raw.…", and "snapshots.back" of the one who shows
 * it. Main thread. */
#define PLANCIA_TYPE_RAW_PAGE (plancia_raw_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawPage, plancia_raw_page, PLANCIA, RAW_PAGE, PlanciaSessionBin)

G_END_DECLS
