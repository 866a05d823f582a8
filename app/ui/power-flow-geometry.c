/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-flow-geometry.h"

#include <math.h>

#define PITCH   22.0 /* between two marks */
#define STEPS   48   /* pieces in which a curve is measured */
#define PORT    9.0  /* between hub's middle and a ribbon when two come in */
#define PORT_3  18.0
#define EDGE    28.0 /* a ribbon ends this far from the hub's middle, under its box */
#define TOP_GAP 3.0
#define HIDDEN  5.0 /* of a ribbon's end, under the node or the hub */
#define SOFT    6.0 /* then a mark appears over this length */

static double
limit (double value, double low, double high)
{
  return fmin (fmax (value, low), high);
}

static gboolean
is_right (PlanciaFlow flow)
{
  return flow >= PLANCIA_FLOW_HOME;
}

static guint
count_side (const gboolean present[PLANCIA_N_FLOWS], gboolean right)
{
  guint n = 0;

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++)
    n += present[i] && is_right (i) == right;
  return n;
}

/* How far below the last node's middle the drawing has to go on. */
static double
room_below (guint n, double radius, double scale)
{
  return radius + (n >= 3 ? 26 : 46) * scale;
}

static double
port_of (guint index, guint n)
{
  if (n <= 1)
    return 0;
  if (n == 2)
    return index == 0 ? -PORT : PORT;
  return -PORT_3 + index * 2 * PORT_3 / (n - 1);
}

static void
place_side (PlanciaFlowGeometry *self, const gboolean present[PLANCIA_N_FLOWS], gboolean right)
{
  guint  n = count_side (present, right), index = 0;
  double x = fmax (self->radius + 6, 0.17 * self->width);
  double top = self->radius + TOP_GAP;
  double bottom = self->height - room_below (n, self->radius, self->scale);

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    PlanciaFlowPlace *place = &self->places[i];

    if (!present[i] || is_right (i) != right)
      continue;
    place->present = TRUE;
    place->right = right;
    place->crowded = n >= 3;
    place->x = right ? self->width - x : x;
    place->y = n == 1 ? self->hub_y : top + index * (bottom - top) / (n - 1);
    place->port = self->hub_y + port_of (index, n);
    index++;
  }
}

/**
 * plancia_flow_geometry_compute:
 * @self: (out): the places
 * @width: pixels
 * @height: pixels
 * @scale: of text
 * @present: which nodes there are
 */
void
plancia_flow_geometry_compute (PlanciaFlowGeometry *self,
                               double               width,
                               double               height,
                               double               scale,
                               const gboolean       present[PLANCIA_N_FLOWS])
{
  gboolean crowded = count_side (present, FALSE) >= 3 || count_side (present, TRUE) >= 3;
  double   radius = limit (fmin (0.105 * width, 0.14 * height), 40 * scale, 51 * scale);

  *self = (PlanciaFlowGeometry){.width = width, .height = height, .scale = scale};
  self->radius = crowded ? 40 * scale : radius;
  self->small = self->radius < 46 * scale;
  self->narrow = width < 420 * scale;
  self->hub_x = width / 2;
  self->hub_y = (self->radius + TOP_GAP + height - room_below (2, self->radius, scale)) / 2;
  place_side (self, present, FALSE);
  place_side (self, present, TRUE);
}

/**
 * plancia_flow_minimum_height:
 * @scale: of text
 * @present: which nodes there are
 *
 * Returns: 330, more with large text and with three or more nodes on a side
 */
double
plancia_flow_minimum_height (double scale, const gboolean present[PLANCIA_N_FLOWS])
{
  guint  n = MAX (count_side (present, FALSE), count_side (present, TRUE));
  double least = n >= 4 ? 440 : (n == 3 ? 350 : 330);

  return least * (1 + (scale - 1) * 0.6);
}

/**
 * plancia_flow_geometry_curve:
 * @self: the places
 * @flow: a node that is present
 * @out: (out): the ribbon's middle line
 */
void
plancia_flow_geometry_curve (const PlanciaFlowGeometry *self,
                             PlanciaFlow                flow,
                             PlanciaFlowCurve          *out)
{
  const PlanciaFlowPlace *place = &self->places[flow];
  double                  side = place->right ? -1 : 1;
  double                  from = place->x + side * (self->radius - 3);
  double                  to = self->hub_x - side * EDGE;
  double                  middle = (from + to) / 2;

  *out = (PlanciaFlowCurve){
    {from,     middle,   middle,      to         },
    {place->y, place->y, place->port, place->port}
  };
}

/**
 * plancia_flow_geometry_find:
 * @self: the places
 * @x: pixels
 * @y: pixels
 *
 * Returns: the node whose disc holds the point, or %PLANCIA_N_FLOWS
 */
PlanciaFlow
plancia_flow_geometry_find (const PlanciaFlowGeometry *self, double x, double y)
{
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    const PlanciaFlowPlace *place = &self->places[i];

    if (place->present && hypot (x - place->x, y - place->y) <= self->radius)
      return i;
  }

  return PLANCIA_N_FLOWS;
}

static void
curve_at (const PlanciaFlowCurve *self, double t, PlanciaFlowPoint *out)
{
  double u = 1 - t;
  double b[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
  double dx = 0, dy = 0;

  out->x = out->y = 0;
  for (int i = 0; i < 4; i++) {
    out->x += b[i] * self->x[i];
    out->y += b[i] * self->y[i];
  }
  dx = u * u * (self->x[1] - self->x[0]) + 2 * u * t * (self->x[2] - self->x[1]) +
       t * t * (self->x[3] - self->x[2]);
  dy = u * u * (self->y[1] - self->y[0]) + 2 * u * t * (self->y[2] - self->y[1]) +
       t * t * (self->y[3] - self->y[2]);
  out->angle = atan2 (dy, dx);
}

/* lengths[i]: from the start to t = i / STEPS. */
static double
measure (const PlanciaFlowCurve *self, double lengths[STEPS + 1])
{
  PlanciaFlowPoint last, point;

  curve_at (self, 0, &last);
  lengths[0] = 0;
  for (int i = 1; i <= STEPS; i++) {
    curve_at (self, i / (double) STEPS, &point);
    lengths[i] = lengths[i - 1] + hypot (point.x - last.x, point.y - last.y);
    last = point;
  }

  return lengths[STEPS];
}

/**
 * plancia_flow_curve_length:
 * @self: a curve
 *
 * Returns: pixels along it
 */
double
plancia_flow_curve_length (const PlanciaFlowCurve *self)
{
  double lengths[STEPS + 1];

  return measure (self, lengths);
}

/**
 * plancia_flow_curve_marks:
 * @self: a curve
 * @phase: pixels by which the marks have moved
 * @inwards: whether they move from the node to the hub
 * @out: (array length=max): the marks
 * @max: room in @out
 *
 * Returns: how many there are
 */
guint
plancia_flow_curve_marks (const PlanciaFlowCurve *self,
                          double                  phase,
                          gboolean                inwards,
                          PlanciaFlowPoint       *out,
                          guint                   max)
{
  double lengths[STEPS + 1];
  double length = measure (self, lengths);
  double at = fmod (phase, PITCH);
  guint  n = 0;
  int    piece = 0;

  /* Outwards the same marks run the other way from the hub's end. */
  if (!inwards)
    at = fmod (length - at, PITCH);
  for (; at <= length && n < max; at += PITCH) {
    while (piece < STEPS - 1 && lengths[piece + 1] < at)
      piece++;
    curve_at (self,
              (piece + (at - lengths[piece]) / (lengths[piece + 1] - lengths[piece])) / STEPS,
              &out[n]);
    out[n++].alpha = limit ((fmin (at, length - at) - HIDDEN) / SOFT, 0, 1);
  }

  return n;
}

/**
 * plancia_flow_ribbon_width:
 * @share: power as part of the rated power
 *
 * Returns: pixels, 9 to 16
 */
double
plancia_flow_ribbon_width (double share)
{
  return 9 + 7 * sqrt (limit (share, 0, 1));
}

/**
 * plancia_flow_speed:
 * @share: power as part of the rated power
 *
 * Returns: of the marks, pixels a second, 20 to 60
 */
double
plancia_flow_speed (double share)
{
  return 20 + 40 * sqrt (limit (share, 0, 1));
}
