/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <cairo.h>

G_BEGIN_DECLS

/* States over time on paper: a strip each, a colour a value, with its words where they fit. Any thread, one at a time. */
typedef struct _PlanciaStrips PlanciaStrips;

PlanciaStrips *plancia_strips_new (void);
/* A strip; what is added to it from then on is the last one's. */
void plancia_strips_add (PlanciaStrips *self, const char *title);
/* How long a value lasted. color: from 1. */
void plancia_strips_add_run (PlanciaStrips *self, PlanciaSpan span, guint color, const char *words);
/* Points. */
double plancia_strips_get_height (PlanciaStrips *self);
void   plancia_strips_draw (PlanciaStrips *self,
                            cairo_t       *cr,
                            PlanciaSpan    span,
                            double         x,
                            double         y,
                            double         width);
void   plancia_strips_free (PlanciaStrips *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaStrips, plancia_strips_free)

G_END_DECLS
