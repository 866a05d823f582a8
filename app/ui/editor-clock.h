/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* Sets the clock of the device: the time of this computer or another one, for the whole block of registers. */
#define PLANCIA_TYPE_EDITOR_CLOCK (plancia_editor_clock_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorClock,
                      plancia_editor_clock,
                      PLANCIA,
                      EDITOR_CLOCK,
                      PlanciaEditor)

G_END_DECLS
