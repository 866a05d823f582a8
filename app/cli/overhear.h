/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modbus RTU between two others, told for scripts: one line a frame. Bytes belong together until the line is silent. */
typedef struct _PlanciaOverhear PlanciaOverhear;

/* line: with line break. */
typedef void (*PlanciaOverhearFunc) (const char *line, gpointer user_data);

/* gap: ms of silence that end a burst. */
PlanciaOverhear *plancia_overhear_new (guint gap, PlanciaOverhearFunc func, gpointer user_data);
void             plancia_overhear_free (PlanciaOverhear *self);
/* time: ms UTC, of the first byte. */
void plancia_overhear_feed (PlanciaOverhear *self, gint64 time, GBytes *bytes);
/* Tells what has come by now. */
void plancia_overhear_flush (PlanciaOverhear *self);

G_END_DECLS
