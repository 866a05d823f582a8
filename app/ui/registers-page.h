/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The registers page. Property "session" (PlanciaSession), construct only: it follows the session's device. */
#define PLANCIA_TYPE_REGISTERS_PAGE (plancia_registers_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegistersPage,
                      plancia_registers_page,
                      PLANCIA,
                      REGISTERS_PAGE,
                      PlanciaSessionBin)

G_END_DECLS
