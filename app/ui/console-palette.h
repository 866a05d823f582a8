/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-format.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Colours of the console, from the style sheet where it has them. */
typedef struct
{
  GdkRGBA own; /* text of the view */
  GdkRGBA dim;
  GdkRGBA received;
  GdkRGBA sent;
  GdkRGBA notice;
  GdkRGBA right;
  GdkRGBA wrong;
  GdkRGBA selection;
  GdkRGBA match;
  GdkRGBA current; /* the match that was gone to */
  GdkRGBA terminal[16];
} PlanciaConsolePalette;

void plancia_console_palette_load (PlanciaConsolePalette *self, GtkWidget *widget);
/* Appends what a span of a line looks like. */
void plancia_console_palette_apply (const PlanciaConsolePalette *self,
                                    const PlanciaConsoleSpan    *span,
                                    PangoAttrList               *attributes);
/* Bytes [start, end) on this ground. */
void plancia_console_palette_mark (const GdkRGBA *ground,
                                   guint          start,
                                   guint          end,
                                   PangoAttrList *attributes);

G_END_DECLS
