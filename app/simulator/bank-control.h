/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/bank.h"

G_BEGIN_DECLS

/* Settings have consequences: tells the site of the bank what its registers say now. */
void plancia_bank_control_update (PlanciaBank *self, gint64 now);

G_END_DECLS
