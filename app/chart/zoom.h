/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* Zooming and panning in time as arithmetic, and the way back. No toolkit. */

/* The shortest span that can be looked at. */
#define PLANCIA_ZOOM_SHORTEST (2 * PLANCIA_MINUTE)

/* Makes span factor times as long (below 1: closer) with at staying where it is, inside extent. */
PlanciaSpan plancia_zoom_at (PlanciaSpan span, PlanciaSpan extent, gint64 at, double factor);
/* Moves span, inside extent; its length stays. */
PlanciaSpan plancia_zoom_pan (PlanciaSpan span, PlanciaSpan extent, gint64 distance);
gboolean    plancia_zoom_equal (PlanciaSpan a, PlanciaSpan b);

/* Spans looked at before, newest last, a bounded number. */
typedef struct _PlanciaZoomHistory PlanciaZoomHistory;

PlanciaZoomHistory *plancia_zoom_history_new (void);
void                plancia_zoom_history_free (PlanciaZoomHistory *self);
void                plancia_zoom_history_clear (PlanciaZoomHistory *self);
/* Before span is left. The same span twice counts once. */
void plancia_zoom_history_push (PlanciaZoomHistory *self, PlanciaSpan span);
/* The span before present, or FALSE. */
gboolean
plancia_zoom_history_pop (PlanciaZoomHistory *self, PlanciaSpan present, PlanciaSpan *span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaZoomHistory, plancia_zoom_history_free)

G_END_DECLS
