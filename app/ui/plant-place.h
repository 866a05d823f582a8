/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts it first among the recent files. Main thread. */
void plancia_plant_place_remember (const char *path);

G_END_DECLS
