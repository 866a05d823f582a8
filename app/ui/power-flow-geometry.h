/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/power-flow-reading.h"

G_BEGIN_DECLS

/* Where everything of the power flow stands. Pure; pixels of the widget, y downwards. */
typedef struct
{
  gboolean present;
  gboolean right;
  gboolean crowded; /* three or more on its side: no line under the name */
  double   x;
  double   y;
  double   port; /* y at the hub */
} PlanciaFlowPlace;

typedef struct
{
  double           width;
  double           height;
  double           scale; /* of text: 1 at Cantarell 11 */
  double           radius;
  gboolean         small;  /* nodes with smaller text */
  gboolean         narrow; /* no line under the upper nodes and the hub */
  double           hub_x;
  double           hub_y;
  PlanciaFlowPlace places[PLANCIA_N_FLOWS];
} PlanciaFlowGeometry;

/* A ribbon's middle line, from the node to the hub. */
typedef struct
{
  double x[4];
  double y[4];
} PlanciaFlowCurve;

typedef struct
{
  double x;
  double y;
  double angle; /* of the curve from node to hub, radians */
  double alpha; /* a mark appears and goes softly at the ends, 0 to 1 */
} PlanciaFlowPoint;

#define PLANCIA_FLOW_HUB_SIZE 60.0

void plancia_flow_geometry_compute (PlanciaFlowGeometry *self,
                                    double               width,
                                    double               height,
                                    double               scale,
                                    const gboolean       present[PLANCIA_N_FLOWS]);
/* Height that a widget needs at least. */
double plancia_flow_minimum_height (double scale, const gboolean present[PLANCIA_N_FLOWS]);
void   plancia_flow_geometry_curve (const PlanciaFlowGeometry *self,
                                    PlanciaFlow                flow,
                                    PlanciaFlowCurve          *out);
/* The node whose disc holds the point, or PLANCIA_N_FLOWS. */
PlanciaFlow plancia_flow_geometry_find (const PlanciaFlowGeometry *self, double x, double y);

double plancia_flow_curve_length (const PlanciaFlowCurve *self);
/* Marks every 22 px, shifted by phase px in the direction of the flow. out has room for max. Returns how many. */
guint  plancia_flow_curve_marks (const PlanciaFlowCurve *self,
                                 double                  phase,
                                 gboolean                inwards,
                                 PlanciaFlowPoint       *out,
                                 guint                   max);
double plancia_flow_ribbon_width (double share);
double plancia_flow_speed (double share); /* px/s */

G_END_DECLS
