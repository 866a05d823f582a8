/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* One of the values of a table: radio buttons, or a list with a search if there are many. */
#define PLANCIA_TYPE_EDITOR_ENUMERATION (plancia_editor_enumeration_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorEnumeration,
                      plancia_editor_enumeration,
                      PLANCIA,
                      EDITOR_ENUMERATION,
                      PlanciaEditor)

G_END_DECLS
