/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/editor.h"

G_BEGIN_DECLS

/* A time of day, a day of the year, or a date and time. */
#define PLANCIA_TYPE_EDITOR_TIME (plancia_editor_time_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEditorTime, plancia_editor_time, PLANCIA, EDITOR_TIME, PlanciaEditor)

G_END_DECLS
