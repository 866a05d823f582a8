/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pen.h"

/* What the program is drawn with on the screen; where it is not installed, the system's own. */
#define FAMILY "Cantarell,Sans"
/* A font's size is then in points of the paper. */
#define RESOLUTION 72

static const struct
{
  double red, green, blue;
} tones[] = {
  [PLANCIA_TONE_NORMAL] = {0.12,  0.12,  0.13 },
  [PLANCIA_TONE_DIM] = {0.37,  0.36,  0.39 },
  [PLANCIA_TONE_ACCENT] = {0.102, 0.373, 0.706},
  [PLANCIA_TONE_GOOD] = {0.04,  0.40,  0.27 },
  [PLANCIA_TONE_WARNING] = {0.54,  0.27,  0.0  },
  [PLANCIA_TONE_BAD] = {0.65,  0.11,  0.18 },
};

static const struct
{
  double      size;
  PangoWeight weight;
} styles[] = {
  [PLANCIA_TEXT_BODY] = {9.4,  PANGO_WEIGHT_NORMAL},
  [PLANCIA_TEXT_STRONG] = {9.4,  PANGO_WEIGHT_BOLD  },
  [PLANCIA_TEXT_CAPTION] = {8.3,  PANGO_WEIGHT_NORMAL},
  [PLANCIA_TEXT_HEADING] = {9,    PANGO_WEIGHT_BOLD  },
  [PLANCIA_TEXT_RESULT] = {12.8, PANGO_WEIGHT_BOLD  },
  [PLANCIA_TEXT_TITLE] = {18,   PANGO_WEIGHT_BOLD  },
};

void
plancia_pen_set_tone (cairo_t *cr, PlanciaTone tone)
{
  cairo_set_source_rgb (cr, tones[tone].red, tones[tone].green, tones[tone].blue);
}

static void
set_font (PangoLayout *layout, PlanciaTextStyle style)
{
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList        *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, FAMILY);
  pango_font_description_set_size (font, (int) (styles[style].size * PANGO_SCALE));
  pango_font_description_set_weight (font, styles[style].weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
set_context (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, RESOLUTION);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
}

/**
 * plancia_pen_layout:
 * @cr: what it will be drawn on
 * @text: UTF-8
 * @style: its font
 * @width: points, or negative for one line
 *
 * Returns: (transfer full): a layout
 */
PangoLayout *
plancia_pen_layout (cairo_t *cr, const char *text, PlanciaTextStyle style, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);

  set_context (pango_layout_get_context (layout));
  set_font (layout, style);
  pango_layout_set_text (layout, text, -1);
  if (width >= 0) {
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  } else {
    pango_layout_set_single_paragraph_mode (layout, TRUE);
  }
  return layout;
}

double
plancia_pen_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

double
plancia_pen_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

void
plancia_pen_show (cairo_t *cr, PangoLayout *layout, double x, double y, PlanciaTone tone)
{
  plancia_pen_set_tone (cr, tone);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

double
plancia_pen_text (cairo_t         *cr,
                  const char      *text,
                  PlanciaTextStyle style,
                  PlanciaTone      tone,
                  double           x,
                  double           y,
                  double           align)
{
  g_autoptr (PangoLayout) layout = plancia_pen_layout (cr, text, style, -1);
  double width = plancia_pen_width (layout);

  plancia_pen_show (cr, layout, x - width * align, y, tone);
  return width;
}

void
plancia_pen_rule (cairo_t *cr, double x, double y, double width, double thickness)
{
  cairo_rectangle (cr, x, y - thickness / 2, width, thickness);
  cairo_fill (cr);
}

static void
trace_warning (cairo_t *cr)
{
  cairo_move_to (cr, 0.5, 0.06);
  cairo_line_to (cr, 0.98, 0.92);
  cairo_line_to (cr, 0.02, 0.92);
  cairo_close_path (cr);
  /* The stroke and the dot of the exclamation mark are holes. */
  cairo_rectangle (cr, 0.45, 0.35, 0.1, 0.28);
  cairo_rectangle (cr, 0.45, 0.70, 0.1, 0.1);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
}

static void
trace_strokes (cairo_t *cr, PlanciaSign sign)
{
  if (sign == PLANCIA_SIGN_CHECK) {
    cairo_move_to (cr, 0.1, 0.52);
    cairo_line_to (cr, 0.38, 0.82);
    cairo_line_to (cr, 0.92, 0.2);
  } else if (sign == PLANCIA_SIGN_CROSS) {
    cairo_move_to (cr, 0.16, 0.16);
    cairo_line_to (cr, 0.84, 0.84);
    cairo_move_to (cr, 0.84, 0.16);
    cairo_line_to (cr, 0.16, 0.84);
  } else {
    cairo_move_to (cr, 0.15, 0.5);
    cairo_line_to (cr, 0.85, 0.5);
  }
  cairo_set_line_width (cr, 0.16);
  cairo_stroke (cr);
}

void
plancia_pen_sign (cairo_t *cr, PlanciaSign sign, PlanciaTone tone, double x, double y, double size)
{
  if (sign == PLANCIA_SIGN_NONE)
    return;
  cairo_save (cr);
  plancia_pen_set_tone (cr, tone);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size, size);
  if (sign == PLANCIA_SIGN_WARNING)
    trace_warning (cr);
  else
    trace_strokes (cr, sign);
  cairo_restore (cr);
}
