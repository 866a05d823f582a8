/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* A number: entry with steps, and a slider if the range is closed and not too fine. Never clamps silently. */
#define PLANCIA_TYPE_EDITOR_NUMBER (plancia_editor_number_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorNumber,
                      plancia_editor_number,
                      PLANCIA,
                      EDITOR_NUMBER,
                      PlanciaEditor)

G_END_DECLS
