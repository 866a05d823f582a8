/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was wrong with what a source sent, and has been put right: many of them together. */
typedef enum {
  PLANCIA_ODD_ORDER = 1 << 0, /* times that are not in order */
  PLANCIA_ODD_TWICE = 1 << 1, /* the same time more than once */
  PLANCIA_ODD_NULL = 1 << 2,  /* cells with nothing in them */
  PLANCIA_ODD_TEXT = 1 << 3,  /* numbers as text */
  PLANCIA_ODD_SHORT = 1 << 4, /* lists that are shorter than that of the times */
  PLANCIA_ODD_ZEROS = 1 << 5, /* a counter of a life at zero, and everything else too: not taken */
  PLANCIA_ODD_BACK = 1 << 6,  /* a counter of a life that fell and came back: not taken */
  PLANCIA_ODD_CUT = 1 << 7,   /* less than the span that was asked for: asked for again */
} PlanciaOddities;

G_END_DECLS
