/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Points of a millimetre. */
#define PLANCIA_MM(millimetres) ((millimetres) *72.0 / 25.4)

typedef enum {
  PLANCIA_TONE_NORMAL,
  PLANCIA_TONE_DIM,
  PLANCIA_TONE_ACCENT, /* of headings */
  PLANCIA_TONE_GOOD,
  PLANCIA_TONE_WARNING,
  PLANCIA_TONE_BAD,
} PlanciaTone;

typedef enum {
  PLANCIA_TEXT_BODY,    /* 9.4 pt */
  PLANCIA_TEXT_STRONG,  /* the same, bold */
  PLANCIA_TEXT_CAPTION, /* 8.3 pt */
  PLANCIA_TEXT_HEADING, /* 9 pt bold */
  PLANCIA_TEXT_RESULT,  /* 12.8 pt bold */
  PLANCIA_TEXT_TITLE,   /* 18 pt bold */
} PlanciaTextStyle;

/* Signs that read the same on a grey copy; always beside a word. */
typedef enum {
  PLANCIA_SIGN_NONE,
  PLANCIA_SIGN_CHECK,
  PLANCIA_SIGN_WARNING,
  PLANCIA_SIGN_CROSS,
  PLANCIA_SIGN_DASH,
} PlanciaSign;

/* Text and signs on paper through cairo: points, black on white, fonts without hinting, so that it looks the same at each size. Any
 * thread. */

void plancia_pen_set_tone (cairo_t *cr, PlanciaTone tone);
/* width: where lines are wrapped, points; negative: one line. Tabular figures. (transfer full) */
PangoLayout        *
plancia_pen_layout (cairo_t *cr, const char *text, PlanciaTextStyle style, double width);
double plancia_pen_height (PangoLayout *layout);
double plancia_pen_width (PangoLayout *layout);
/* x, y: of the upper left corner */
void plancia_pen_show (cairo_t *cr, PangoLayout *layout, double x, double y, PlanciaTone tone);
/* One line; align: which part of its width lies left of x. Returns its width. */
double plancia_pen_text (cairo_t         *cr,
                         const char      *text,
                         PlanciaTextStyle style,
                         PlanciaTone      tone,
                         double           x,
                         double           y,
                         double           align);
/* A horizontal line. */
void plancia_pen_rule (cairo_t *cr, double x, double y, double width, double thickness);
/* In a square of size, its upper left corner at x, y. */
void
plancia_pen_sign (cairo_t *cr, PlanciaSign sign, PlanciaTone tone, double x, double y, double size);

G_END_DECLS
