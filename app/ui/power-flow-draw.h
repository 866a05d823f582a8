/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/power-flow-geometry.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The power flow's colours, out of the style sheets. */
typedef struct
{
  GdkRGBA node[PLANCIA_N_FLOWS];
  GdkRGBA idle;
  GdkRGBA card; /* opaque: the nodes stand over the ribbons */
  GdkRGBA text;
  double  dim;  /* opacity of lesser text */
  double  tint; /* of a node's colour inside it */
} PlanciaFlowColors;

/* What is drawn, and with what. */
typedef struct
{
  GtkWidget                 *widget; /* font, icons */
  const PlanciaFlowGeometry *geometry;
  const PlanciaFlowReading  *reading;
  const PlanciaFlowColors   *colors;
} PlanciaFlowPicture;

void plancia_flow_colors_load (PlanciaFlowColors *self, GtkWidget *widget);

/* Three layers, from below: ribbons, moving marks, nodes with all text. */
void plancia_flow_draw_ribbons (const PlanciaFlowPicture *self, GtkSnapshot *snapshot);
/* phases: px by which the marks of each ribbon have moved. */
void plancia_flow_draw_marks (const PlanciaFlowPicture *self,
                              GtkSnapshot              *snapshot,
                              const double              phases[PLANCIA_N_FLOWS]);
void plancia_flow_draw_nodes (const PlanciaFlowPicture *self, GtkSnapshot *snapshot);

G_END_DECLS
