/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is never written, whatever a map says: grid code protection; selection of the grid code, factory reset and firmware
 * update (G3 family). first and last (nullable) get the area that a part of the registers lies in. */
gboolean plancia_forbidden_area_find (guint16 address, guint count, guint16 *first, guint16 *last);

G_END_DECLS
