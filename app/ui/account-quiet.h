/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Hours at which silence of an account's devices is usual; off: the sun decides. */
#define PLANCIA_TYPE_ACCOUNT_QUIET (plancia_account_quiet_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAccountQuiet,
                      plancia_account_quiet,
                      PLANCIA,
                      ACCOUNT_QUIET,
                      AdwExpanderRow)

/* Minutes of the day, whole hours. FALSE: off. */
gboolean plancia_account_quiet_get (PlanciaAccountQuiet *self, guint *from, guint *to);
void     plancia_account_quiet_set (PlanciaAccountQuiet *self, guint from, guint to);

G_END_DECLS
