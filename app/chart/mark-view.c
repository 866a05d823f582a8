/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/mark-view.h"

#include "base/span.h"

#include <math.h>

#define BAND_ALPHA  0.14
#define EDGE_ALPHA  0.9
#define EDGE_HEIGHT 3
#define LEAST_WIDTH 2 /* px of what was short */
#define DIAMOND     4

struct _PlanciaMarkView
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GArray            *marks; /* PlanciaChartMark, or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaMarkView, plancia_mark_view, GTK_TYPE_WIDGET)

void
plancia_chart_mark_clear (PlanciaChartMark *self)
{
  g_clear_pointer (&self->words, g_free);
}

static GdkRGBA
color_of (GtkWidget *widget, PlanciaChartMarkKind kind)
{
  static const char *const names[PLANCIA_N_CHART_MARK_KINDS] = {"error_color",
                                                                "warning_color",
                                                                "accent_color",
                                                                "window_fg_color"};
  GtkStyleContext         *context = gtk_widget_get_style_context (widget);
  GdkRGBA                  color;

  if (!gtk_style_context_lookup_color (context, names[kind], &color))
    gtk_style_context_get_color (context, &color);
  return color;
}

static void
append_rectangle (GtkSnapshot *snapshot,
                  GdkRGBA      color,
                  double       x,
                  double       y,
                  double       width,
                  double       height)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

  gtk_snapshot_append_color (snapshot, &color, &area);
}

static void
snapshot_band (PlanciaMarkView *self, GtkSnapshot *snapshot, const PlanciaChartMark *mark)
{
  const PlanciaPlot *plot = self->plot;
  PlanciaSpan        seen = plancia_span_intersect (mark->span, plot->span);
  GdkRGBA            color = color_of (GTK_WIDGET (self), mark->kind);
  double             x = floor (plancia_plot_x (plot, seen.start));
  double             width = MAX (ceil (plancia_plot_x (plot, seen.end)) - x, LEAST_WIDTH);

  append_rectangle (snapshot,
                    plancia_palette_fade (color, BAND_ALPHA),
                    x,
                    plot->y,
                    width,
                    plot->height);
  append_rectangle (snapshot,
                    plancia_palette_fade (color, EDGE_ALPHA),
                    x,
                    plot->y,
                    width,
                    EDGE_HEIGHT);
}

static void
snapshot_moment (PlanciaMarkView *self, GtkSnapshot *snapshot, const PlanciaChartMark *mark)
{
  const PlanciaPlot *plot = self->plot;
  GdkRGBA            color = color_of (GTK_WIDGET (self), mark->kind);
  double             x = floor (plancia_plot_x (plot, mark->span.start));

  append_rectangle (snapshot, plancia_palette_fade (color, 0.5), x, plot->y, 1, plot->height);
  append_rectangle (snapshot, color, x - DIAMOND / 2.0, plot->y, DIAMOND + 1, DIAMOND + 1);
}

static void
plancia_mark_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaMarkView *self = PLANCIA_MARK_VIEW (widget);

  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++) {
    const PlanciaChartMark *mark = &g_array_index (self->marks, PlanciaChartMark, i);

    if (plancia_span_is_empty (plancia_span_intersect (mark->span, self->plot->span)))
      continue;
    if (mark->kind == PLANCIA_CHART_MARK_WRITE)
      snapshot_moment (self, snapshot, mark);
    else
      snapshot_band (self, snapshot, mark);
  }
}

static void
plancia_mark_view_finalize (GObject *object)
{
  g_clear_pointer (&PLANCIA_MARK_VIEW (object)->marks, g_array_unref);
  G_OBJECT_CLASS (plancia_mark_view_parent_class)->finalize (object);
}

static void
plancia_mark_view_class_init (PlanciaMarkViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_mark_view_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_mark_view_snapshot;
}

static void
plancia_mark_view_init (PlanciaMarkView *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
plancia_mark_view_new (const PlanciaPlot *plot)
{
  PlanciaMarkView *self = g_object_new (PLANCIA_TYPE_MARK_VIEW,
                                        "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                        NULL);

  self->plot = plot;
  return GTK_WIDGET (self);
}

void
plancia_mark_view_set (PlanciaMarkView *self, GArray *marks)
{
  g_clear_pointer (&self->marks, g_array_unref);
  self->marks = marks != NULL ? g_array_ref (marks) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

char *
plancia_mark_view_describe (PlanciaMarkView *self, gint64 time, gint64 reach)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++) {
    const PlanciaChartMark *mark = &g_array_index (self->marks, PlanciaChartMark, i);

    if (time < mark->span.start - reach || time >= mark->span.end + reach)
      continue;
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", mark->words);
  }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
