/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* A made-up day, and a window to see it in. */
#define FIXTURE_DAY_START G_GINT64_CONSTANT (1781128800000) /* 2026-06-11 00:00 in Rome */

typedef struct
{
  GtkWidget     *window;
  PlanciaChart  *chart;
  GTimeZone     *zone;
  PlanciaSeries *sun;
  PlanciaSeries *home;
  PlanciaSeries *charge;
  PlanciaSeries *grid;
} ChartFixture;

/* FALSE: no display, the test is to be skipped. */
gboolean chart_fixture_init (void);
/* Dark colours; must come before the windows. */
void chart_fixture_style (gboolean dark);
/* An empty chart of this size on the screen, then with four series. */
void chart_fixture_open (ChartFixture *self, int width, int height);
void chart_fixture_fill (ChartFixture *self);
void chart_fixture_close (ChartFixture *self);
/* Runs the main loop until what was queued is drawn. */
void chart_fixture_settle (ChartFixture *self);
/* The chart as it is drawn; saved as NAME.png where PLANCIA_SCREENSHOTS says, if it does. (transfer full) */
cairo_surface_t *chart_fixture_picture (GtkWidget *widget, const char *name);
/* Red, green, blue of a pixel as 0xRRGGBB. */
guint32 chart_fixture_pixel (cairo_surface_t *picture, int x, int y);

G_END_DECLS
