/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The registers, or in their place two compared snapshots or a range without a map. Property "session" (PlanciaSession), construct only. Actions:
 * "snapshots.take" (Ctrl+S), "snapshots.compare", "snapshots.raw", "snapshots.watch-list", "snapshots.back". Main thread. */
#define PLANCIA_TYPE_REGISTERS_AREA (plancia_registers_area_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegistersArea,
                      plancia_registers_area,
                      PLANCIA,
                      REGISTERS_AREA,
                      PlanciaSessionBin)

G_END_DECLS
