/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* A text, or a number that is shown in hexadecimal. */
#define PLANCIA_TYPE_EDITOR_TEXT (plancia_editor_text_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorText, plancia_editor_text, PLANCIA, EDITOR_TEXT, PlanciaEditor)

G_END_DECLS
