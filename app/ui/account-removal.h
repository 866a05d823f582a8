/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* What this computer keeps of an account beside the plant goes with the account, unless another plant file has the same one. Main
 * thread. */

/* A file has this plant now: its accounts are in use there. */
void plancia_account_removal_note (PlanciaPlant *plant, const char *path);
/* An account is about to go from a plant. */
void plancia_account_removal_forget (PlanciaOpenPlant *plant, PlanciaEntry *account);

G_END_DECLS
