/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* Check buttons for the named bits of one register; the others keep their value. */
#define PLANCIA_TYPE_EDITOR_BITS (plancia_editor_bits_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorBits, plancia_editor_bits, PLANCIA, EDITOR_BITS, PlanciaEditor)

G_END_DECLS
