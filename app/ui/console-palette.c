/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-palette.h"

#define DIM             0.74f
#define SELECTION_ALPHA 0.30f
#define MATCH_ALPHA     0.28f
#define CURRENT_ALPHA   0.60f

/* The sixteen colours of terminals, dark enough on white and light enough on black. */
static const char *const on_light[] = {"#3d3846",
                                       "#b3151f",
                                       "#08694c",
                                       "#8a4a00",
                                       "#155bb0",
                                       "#8b2fa8",
                                       "#0b6470",
                                       "#77767b",
                                       "#5e5c64",
                                       "#c01c28",
                                       "#0a7f5c",
                                       "#9c5300",
                                       "#1c71d8",
                                       "#b23ad0",
                                       "#0e7a88",
                                       "#241f31"};
static const char *const on_dark[] = {"#77767b",
                                      "#ff938c",
                                      "#57dcae",
                                      "#f8c65b",
                                      "#8fbdf2",
                                      "#dd9bee",
                                      "#6fd3e0",
                                      "#deddda",
                                      "#9a9996",
                                      "#ffaaa4",
                                      "#8ff0d0",
                                      "#ffe08a",
                                      "#b3d4fa",
                                      "#ecc0f7",
                                      "#a5e8f0",
                                      "#ffffff"};

static GdkRGBA
named (GtkStyleContext *context, const char *name, float alpha)
{
  GdkRGBA colour = {0, 0, 0, 1};

  if (!gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  colour.alpha *= alpha;

  return colour;
}

/**
 * plancia_console_palette_load:
 * @widget: whose style it is
 */
void
plancia_console_palette_load (PlanciaConsolePalette *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  gboolean         dark;

  gtk_style_context_get_color (context, &self->own);
  dark = self->own.red + self->own.green + self->own.blue > 1.5;
  self->dim = self->own;
  self->dim.alpha *= DIM;
  self->received = named (context, "rx_text", 1);
  self->sent = named (context, "tx_text", 1);
  self->notice = named (context, "warn_text", 1);
  self->right = named (context, "ok_text", 1);
  self->wrong = named (context, "error_text", 1);
  self->selection = named (context, "accent_bg_color", SELECTION_ALPHA);
  self->match = named (context, "warning_color", MATCH_ALPHA);
  self->current = named (context, "warning_color", CURRENT_ALPHA);
  for (guint i = 0; i < G_N_ELEMENTS (self->terminal); i++)
    gdk_rgba_parse (&self->terminal[i], dark ? on_dark[i] : on_light[i]);
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static guint16
channel (float value)
{
  return (guint16) (CLAMP (value, 0, 1) * G_MAXUINT16 + 0.5f);
}

static void
ink (PangoAttrList *attributes, const GdkRGBA *colour, guint start, guint end)
{
  insert (attributes,
          pango_attr_foreground_new (channel (colour->red),
                                     channel (colour->green),
                                     channel (colour->blue)),
          start,
          end);
  /* Without one of its own a colour has the alpha of the view's text, which is not whole. */
  insert (attributes, pango_attr_foreground_alpha_new (channel (colour->alpha)), start, end);
}

static void
ground (PangoAttrList *attributes, const GdkRGBA *colour, guint start, guint end)
{
  insert (attributes,
          pango_attr_background_new (channel (colour->red),
                                     channel (colour->green),
                                     channel (colour->blue)),
          start,
          end);
  insert (attributes, pango_attr_background_alpha_new (channel (colour->alpha)), start, end);
}

static void
apply_flags (PlanciaConsoleLook look, PangoAttrList *attributes, guint start, guint end)
{
  if (look & PLANCIA_CONSOLE_LOOK_BOLD)
    insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (look & PLANCIA_CONSOLE_LOOK_ITALIC)
    insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (look & PLANCIA_CONSOLE_LOOK_UNDERLINE)
    insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
}

/* Inverse without colours of its own is the view's text as ground, softened. */
static void
apply_look (const PlanciaConsolePalette *self,
            PlanciaConsoleLook           look,
            PangoAttrList               *attributes,
            guint                        start,
            guint                        end)
{
  guint    front = PLANCIA_CONSOLE_LOOK_FOREGROUND (look);
  guint    back = PLANCIA_CONSOLE_LOOK_BACKGROUND (look);
  gboolean inverse = (look & PLANCIA_CONSOLE_LOOK_INVERSE) != 0;
  GdkRGBA  fore = front > 0 && front <= 16 ? self->terminal[front - 1] : self->own;
  GdkRGBA  behind = back > 0 && back <= 16 ? self->terminal[back - 1] : self->own;

  if (look & PLANCIA_CONSOLE_LOOK_DIM)
    fore.alpha *= DIM;
  if (back > 0 || inverse) {
    /* Grounds are tints: the text on them stays readable whatever was asked for. */
    behind = inverse && front > 0 ? fore : behind;
    behind.alpha = 0.25f;
    ground (attributes, &behind, start, end);
  }
  if (front > 0 || (look & PLANCIA_CONSOLE_LOOK_DIM))
    ink (attributes, inverse ? &self->own : &fore, start, end);
  apply_flags (look, attributes, start, end);
}

/**
 * plancia_console_palette_apply:
 * @span: of a line
 * @attributes: of the line
 */
void
plancia_console_palette_apply (const PlanciaConsolePalette *self,
                               const PlanciaConsoleSpan    *span,
                               PangoAttrList               *attributes)
{
  switch (span->style) {
  case PLANCIA_CONSOLE_STYLE_RECEIVED:
    ink (attributes, &self->received, span->start, span->end);
    apply_flags (PLANCIA_CONSOLE_LOOK_BOLD, attributes, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_SENT:
    ink (attributes, &self->sent, span->start, span->end);
    apply_flags (PLANCIA_CONSOLE_LOOK_BOLD, attributes, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_NOTICE:
    ink (attributes, &self->notice, span->start, span->end);
    apply_flags (PLANCIA_CONSOLE_LOOK_ITALIC, attributes, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_RIGHT:
    ink (attributes, &self->right, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_WRONG:
    ink (attributes, &self->wrong, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_LOOK:
    apply_look (self, span->look, attributes, span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_ESCAPE:
    ink (attributes, &self->dim, span->start, span->end);
    insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_NORMAL), span->start, span->end);
    break;
  case PLANCIA_CONSOLE_STYLE_TIME:
  case PLANCIA_CONSOLE_STYLE_BYTES:
  default:
    ink (attributes, &self->dim, span->start, span->end);
    break;
  }
}

/**
 * plancia_console_palette_mark:
 */
void
plancia_console_palette_mark (const GdkRGBA *colour,
                              guint          start,
                              guint          end,
                              PangoAttrList *attributes)
{
  ground (attributes, colour, start, end);
}
