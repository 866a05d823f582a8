/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* A plant in one file: the window's action export-plant, files that are dropped on it, and those that are to be opened. */
void plancia_parcel_actions_add (PlanciaWindow *window);

G_END_DECLS
