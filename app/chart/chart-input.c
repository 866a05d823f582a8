/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-input.h"

#include <math.h>

#define ZOOM_STEP 1.25
#define PAN_STEP  0.1
/* Scrolling that goes on is one zoom for undo. */
#define SCROLL_PAUSE_MS 600
#define LEAP            12

/* What a gesture needs between its events; owned by the chart. */
typedef struct
{
  gint64      last_scroll; /* ms, of the event */
  PlanciaSpan drag_start;
  int         dragging; /* a cursor, or PLANCIA_CURSOR_NONE */
  double      drag_x;
  double      pinch;
  double      pointer_x;
} Input;

static Input *
input_of (PlanciaChart *chart)
{
  return g_object_get_data (G_OBJECT (chart), "plancia-chart-input");
}

static gint64
span_length (PlanciaChart *chart)
{
  PlanciaSpan span = plancia_chart_get_visible_span (chart);

  return span.end - span.start;
}

static void
remember_scroll (PlanciaChart *chart, GtkEventController *controller)
{
  Input *input = input_of (chart);
  gint64 now = gtk_event_controller_get_current_event_time (controller);

  if (input->last_scroll == 0 || now - input->last_scroll > SCROLL_PAUSE_MS)
    plancia_chart_remember (chart);
  input->last_scroll = now;
}

static gboolean
scrolled (GtkEventControllerScroll *scroll, double dx, double dy, PlanciaChart *chart)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkModifierType     state = gtk_event_controller_get_current_event_state (controller);
  const PlanciaPlot  *plot = plancia_chart_get_plot (chart);
  double              x = CLAMP (input_of (chart)->pointer_x, plot->x, plot->x + plot->width);

  if (state & GDK_CONTROL_MASK)
    return FALSE;
  remember_scroll (chart, controller);
  if (state & GDK_SHIFT_MASK || ABS (dx) > ABS (dy))
    plancia_chart_pan (chart,
                       (gint64) ((dx != 0 ? dx : dy) * PAN_STEP * (double) span_length (chart)));
  else
    plancia_chart_zoom (chart, plancia_plot_time (plot, x), pow (ZOOM_STEP, dy));
  return TRUE;
}

static void
moved (GtkEventControllerMotion *motion, double x, double y, PlanciaChart *chart)
{
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);

  input_of (chart)->pointer_x = x;
  if (plancia_plot_contains (plot, x, y))
    plancia_chart_set_cursor (chart, plancia_plot_time (plot, x));
  else
    plancia_chart_set_cursor (chart, G_MAXINT64);
}

static void
left (GtkEventControllerMotion *motion, PlanciaChart *chart)
{
  plancia_chart_set_cursor (chart, G_MAXINT64);
}

static void
drag_began (GtkGestureDrag *drag, double x, double y, PlanciaChart *chart)
{
  Input *input = input_of (chart);

  input->drag_start = plancia_chart_get_visible_span (chart);
  input->dragging = plancia_cursors_pick (plancia_chart_get_cursors (chart), x, y);
  input->drag_x = x;
  if (input->dragging != PLANCIA_CURSOR_NONE)
    plancia_cursors_choose (plancia_chart_get_cursors (chart), input->dragging);
  gtk_widget_grab_focus (GTK_WIDGET (chart));
}

static void
dragged (GtkGestureDrag *drag, double dx, double dy, PlanciaChart *chart)
{
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);
  PlanciaSpan        start = input_of (chart)->drag_start;
  gint64 target = start.start - (gint64) (dx / plot->width * (double) (start.end - start.start));

  if (input_of (chart)->dragging != PLANCIA_CURSOR_NONE) {
    double x = CLAMP (input_of (chart)->drag_x + dx, plot->x, plot->x + plot->width);

    plancia_cursors_set_time (plancia_chart_get_cursors (chart),
                              input_of (chart)->dragging,
                              plancia_plot_time (plot, x));
    return;
  }
  /* A click that trembles is not a pan. */
  if (!gtk_drag_check_threshold (GTK_WIDGET (chart), 0, 0, (int) dx, 0) &&
      plancia_chart_get_visible_span (chart).start == start.start)
    return;
  if (plancia_chart_get_visible_span (chart).start == start.start) {
    plancia_chart_remember (chart);
    gtk_widget_set_cursor_from_name (GTK_WIDGET (chart), "grabbing");
  }
  plancia_chart_pan (chart, target - plancia_chart_get_visible_span (chart).start);
}

static void
drag_ended (GtkGestureDrag *drag, double dx, double dy, PlanciaChart *chart)
{
  gtk_widget_set_cursor (GTK_WIDGET (chart), NULL);
}

static void
pressed (GtkGestureClick *click, int n_press, double x, double y, PlanciaChart *chart)
{
  if (n_press == 2)
    plancia_chart_fit (chart);
}

static void
pinch_began (GtkGesture *gesture, GdkEventSequence *sequence, PlanciaChart *chart)
{
  input_of (chart)->pinch = 1;
  plancia_chart_remember (chart);
}

static void
pinched (GtkGestureZoom *zoom, double scale, PlanciaChart *chart)
{
  Input             *input = input_of (chart);
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);
  double             x, y;

  if (scale <= 0 || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (zoom), &x, &y))
    return;
  plancia_chart_zoom (chart, plancia_plot_time (plot, x), input->pinch / scale);
  input->pinch = scale;
}

/* A key's argument is the number of samples. */
static gboolean
step_cursor (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  PlanciaCursors *cursors = plancia_chart_get_cursors (PLANCIA_CHART (widget));
  int             chosen = plancia_cursors_get_chosen (cursors);
  gint64          steps = g_variant_get_int32 (argument);

  if (chosen != PLANCIA_CURSOR_NONE)
    plancia_cursors_set_time (cursors,
                              chosen,
                              plancia_cursors_get_time (cursors, chosen) + steps * PLANCIA_MINUTE);
  else
    plancia_chart_step_cursor (PLANCIA_CHART (widget), (int) steps);
  return TRUE;
}

/* A key's argument is the cursor. */
static gboolean
choose_cursor (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  PlanciaCursors *cursors = plancia_chart_get_cursors (PLANCIA_CHART (widget));

  plancia_cursors_choose (cursors, g_variant_get_int32 (argument));
  return plancia_cursors_get_shown (cursors);
}

/* A key's argument is the factor. */
static gboolean
zoom_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  PlanciaChart *chart = PLANCIA_CHART (widget);
  PlanciaSpan   span = plancia_chart_get_visible_span (chart);
  gint64        at = plancia_chart_get_cursor (chart);

  if (at == G_MAXINT64)
    at = span.start + (span.end - span.start) / 2;
  plancia_chart_remember (chart);
  plancia_chart_zoom (chart, at, g_variant_get_double (argument));
  return TRUE;
}

static gboolean
fit_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  plancia_chart_fit (PLANCIA_CHART (widget));
  return TRUE;
}

static gboolean
undo_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  return plancia_chart_undo_zoom (PLANCIA_CHART (widget));
}

static gboolean
hide_cursor (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  PlanciaCursors *cursors = plancia_chart_get_cursors (PLANCIA_CHART (widget));
  gboolean        shown = plancia_chart_get_cursor (PLANCIA_CHART (widget)) != G_MAXINT64;

  if (plancia_cursors_get_chosen (cursors) != PLANCIA_CURSOR_NONE) {
    plancia_cursors_choose (cursors, PLANCIA_CURSOR_NONE);
    return TRUE;
  }
  plancia_chart_set_cursor (PLANCIA_CHART (widget), G_MAXINT64);
  return shown;
}

static void
bind (GtkWidgetClass *klass,
      guint           key,
      GdkModifierType state,
      GtkShortcutFunc func,
      GVariant       *argument)
{
  g_autoptr (GVariant) sunk = argument != NULL ? g_variant_ref_sink (argument) : NULL;
  g_autoptr (GtkShortcut) shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, state),
                                                       gtk_callback_action_new (func, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, sunk);
  gtk_widget_class_add_shortcut (klass, shortcut);
}

/**
 * plancia_chart_input_install:
 * @klass: of the chart
 *
 * Its keys.
 */
void
plancia_chart_input_install (GtkWidgetClass *klass)
{
  bind (klass, GDK_KEY_Left, 0, step_cursor, g_variant_new_int32 (-1));
  bind (klass, GDK_KEY_Right, 0, step_cursor, g_variant_new_int32 (1));
  bind (klass, GDK_KEY_Left, GDK_SHIFT_MASK, step_cursor, g_variant_new_int32 (-LEAP));
  bind (klass, GDK_KEY_Right, GDK_SHIFT_MASK, step_cursor, g_variant_new_int32 (LEAP));
  bind (klass, GDK_KEY_a, 0, choose_cursor, g_variant_new_int32 (PLANCIA_CURSOR_A));
  bind (klass, GDK_KEY_b, 0, choose_cursor, g_variant_new_int32 (PLANCIA_CURSOR_B));
  bind (klass, GDK_KEY_Home, 0, step_cursor, g_variant_new_int32 (G_MININT32));
  bind (klass, GDK_KEY_End, 0, step_cursor, g_variant_new_int32 (G_MAXINT32));
  bind (klass, GDK_KEY_plus, 0, zoom_by_key, g_variant_new_double (1 / ZOOM_STEP));
  bind (klass, GDK_KEY_KP_Add, 0, zoom_by_key, g_variant_new_double (1 / ZOOM_STEP));
  bind (klass, GDK_KEY_Up, 0, zoom_by_key, g_variant_new_double (1 / ZOOM_STEP));
  bind (klass, GDK_KEY_minus, 0, zoom_by_key, g_variant_new_double (ZOOM_STEP));
  bind (klass, GDK_KEY_KP_Subtract, 0, zoom_by_key, g_variant_new_double (ZOOM_STEP));
  bind (klass, GDK_KEY_Down, 0, zoom_by_key, g_variant_new_double (ZOOM_STEP));
  bind (klass, GDK_KEY_0, 0, fit_by_key, NULL);
  bind (klass, GDK_KEY_Left, GDK_ALT_MASK, undo_by_key, NULL);
  bind (klass, GDK_KEY_Escape, 0, hide_cursor, NULL);
}

static void
attach_motion (PlanciaChart *chart)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect (motion, "enter", G_CALLBACK (moved), chart);
  g_signal_connect (motion, "motion", G_CALLBACK (moved), chart);
  g_signal_connect (motion, "leave", G_CALLBACK (left), chart);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), motion);
  gtk_widget_add_controller (GTK_WIDGET (chart), scroll);
}

static void
attach_gestures (PlanciaChart *chart)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *zoom = gtk_gesture_zoom_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_began), chart);
  g_signal_connect (drag, "drag-update", G_CALLBACK (dragged), chart);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended), chart);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), chart);
  g_signal_connect (zoom, "begin", G_CALLBACK (pinch_began), chart);
  g_signal_connect (zoom, "scale-changed", G_CALLBACK (pinched), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (zoom));
}

/**
 * plancia_chart_input_attach:
 * @chart: a chart being made
 *
 * Its pointer.
 */
void
plancia_chart_input_attach (PlanciaChart *chart)
{
  g_object_set_data_full (G_OBJECT (chart), "plancia-chart-input", g_new0 (Input, 1), g_free);
  attach_motion (chart);
  attach_gestures (chart);
}
