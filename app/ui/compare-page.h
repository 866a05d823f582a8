/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Two snapshots of the session's device side by side, or one and what the device holds now; from here settings are restored.
 * Beside the registers. Property "session" (PlanciaSession), construct only. Actions "compare.…", and "snapshots.back" of the
 * one who shows it. Signal "staged" (): settings were staged; they stand among the registers. Main thread. */
#define PLANCIA_TYPE_COMPARE_PAGE (plancia_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaComparePage,
                      plancia_compare_page,
                      PLANCIA,
                      COMPARE_PAGE,
                      PlanciaSessionBin)

/* Chooses the newest snapshot and now, and reads the device. */
void plancia_compare_page_begin (PlanciaComparePage *self);

G_END_DECLS
