/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Under the register table while changes are staged: how many, and what to do with them. Its buttons have the actions
 * "registers.discard" and "registers.review". Main thread. */
#define PLANCIA_TYPE_REGISTER_STAGE_BAR (plancia_register_stage_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterStageBar,
                      plancia_register_stage_bar,
                      PLANCIA,
                      REGISTER_STAGE_BAR,
                      AdwBin)

/* n 0: there is no bar. may_write: not in view only. */
void plancia_register_stage_bar_show (PlanciaRegisterStageBar *self, guint n, gboolean may_write);
void plancia_register_stage_bar_set_narrow (PlanciaRegisterStageBar *self, gboolean narrow);

G_END_DECLS
