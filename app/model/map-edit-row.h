/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map-lock.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* A register of a map that is being edited (model/map-edit.h changes it). Main thread. Signal "changed" (): anything of it. */
#define PLANCIA_TYPE_MAP_EDIT_ROW (plancia_map_edit_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapEditRow, plancia_map_edit_row, PLANCIA, MAP_EDIT_ROW, GObject)

const char *plancia_map_edit_row_get_key (PlanciaMapEditRow *self);
/* In the program's language. */
const char *plancia_map_edit_row_get_title (PlanciaMapEditRow *self);
/* Address and type: "0x0404 · u16". (transfer full) */
char *plancia_map_edit_row_get_caption (PlanciaMapEditRow *self);
/* A member of the file as it is typed: "address", "write.danger". (transfer full) */
char    *plancia_map_edit_row_get_text (PlanciaMapEditRow *self, const char *member);
gboolean plancia_map_edit_row_get_boolean (PlanciaMapEditRow *self, const char *member);
/* What is wrong with this member, or NULL; member NULL: with the register, the first thing. */
const char *plancia_map_edit_row_get_complaint (PlanciaMapEditRow *self, const char *member);
/* Whether it differs from the map that the own one overlays. */
gboolean plancia_map_edit_row_get_differs (PlanciaMapEditRow *self);
gboolean plancia_map_edit_row_get_writable (PlanciaMapEditRow *self);
/* It came from outside, where it was called writable. */
gboolean            plancia_map_edit_row_get_locked (PlanciaMapEditRow *self);
PlanciaUnlockReason plancia_map_edit_row_get_unlock_reason (PlanciaMapEditRow *self);

G_END_DECLS
