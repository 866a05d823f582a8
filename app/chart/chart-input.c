/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-input.h"

#include "chart/chart-private.h"
#include "chart/crosshair.h"
#include "chart/glide.h"

#include <math.h>

#define ZOOM_STEP 1.25
#define PAN_STEP  0.1
/* Scrolling that goes on is one zoom for undo. */
#define SCROLL_PAUSE_MS 600
#define LEAP            12
#define CLICK_REACH     4

/* The velocity of a hand is that of its last so many ms. */
#define VELOCITY_MS 80
/* A click that is followed by another one is not a question. */
#define CLICK_PAUSE_MS 300

/* What a drag does. */
typedef enum {
  DRAG_PAN,
  DRAG_BOX,
  DRAG_CURSOR,
} Drag;

/* What a gesture needs between its events; owned by the chart. */
typedef struct
{
  gint64      last_scroll; /* ms, of the event */
  PlanciaSpan drag_start;
  Drag        drag;
  int         dragging; /* a cursor, or PLANCIA_CURSOR_NONE */
  double      drag_x;
  double      pinch;
  double      pointer_x;
  /* Where the hand was lately, for its velocity. */
  double recent_x;
  gint64 recent_time;
  double velocity;
  /* What glides on. */
  guint  gliding; /* tick callback */
  double glide_velocity;
  double glide_done;
  gint64 glide_start; /* µs of the frame clock; 0: with the next frame */
  /* A click on a hole. */
  guint  asking; /* timeout */
  gint64 ask_time;
} Input;

static Input *
input_of (PlanciaChart *chart)
{
  return g_object_get_data (G_OBJECT (chart), "plancia-chart-input");
}

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_handle_id (&input->asking, g_source_remove);
  g_free (input);
}

static gint64
span_length (PlanciaChart *chart)
{
  PlanciaSpan span = plancia_chart_get_visible_span (chart);

  return span.end - span.start;
}

/* --- gliding --------------------------------------------------------------------------------- */

static void
stop_glide (PlanciaChart *chart)
{
  Input *input = input_of (chart);

  if (input->gliding != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (chart), input->gliding);
  input->gliding = 0;
}

static void
pan_pixels (PlanciaChart *chart, double pixels)
{
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);

  plancia_chart_pan (chart,
                     (gint64) llround (-pixels / plot->width * (double) span_length (chart)));
}

static gboolean
glide_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaChart *chart = PLANCIA_CHART (widget);
  Input        *input = input_of (chart);
  gint64        now = gdk_frame_clock_get_frame_time (clock);
  double        elapsed, distance;

  if (input->glide_start == 0)
    input->glide_start = now;
  elapsed = (double) (now - input->glide_start) / 1000;
  distance = plancia_glide_distance (input->glide_velocity, elapsed);
  pan_pixels (chart, distance - input->glide_done);
  input->glide_done = distance;
  if (plancia_glide_moves (input->glide_velocity, elapsed))
    return G_SOURCE_CONTINUE;
  input->gliding = 0;
  return G_SOURCE_REMOVE;
}

/**
 * plancia_chart_glide:
 * @chart: a chart that was panned
 * @velocity: px a ms, positive to the right
 */
void
plancia_chart_glide (PlanciaChart *chart, double velocity)
{
  Input   *input = input_of (chart);
  gboolean moving;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (chart)),
                "gtk-enable-animations",
                &moving,
                NULL);
  stop_glide (chart);
  if (!moving || !plancia_glide_starts (velocity))
    return;
  input->glide_velocity = velocity;
  input->glide_done = 0;
  input->glide_start = 0;
  input->gliding = gtk_widget_add_tick_callback (GTK_WIDGET (chart), glide_tick, NULL, NULL);
}

/* --- scrolling and moving -------------------------------------------------------------------- */

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
  stop_glide (chart);
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

/* --- dragging -------------------------------------------------------------------------------- */

static void
choose_drag (PlanciaChart *chart, GdkModifierType state, double x, double y)
{
  Input          *input = input_of (chart);
  PlanciaCursors *cursors = plancia_chart_get_cursors (chart);

  input->dragging = PLANCIA_CURSOR_NONE;
  input->drag = state & GDK_SHIFT_MASK || chart->boxing ? DRAG_BOX : DRAG_PAN;
  if (input->drag == DRAG_BOX)
    return;
  input->dragging = plancia_cursors_pick (cursors, x, y);
  if (input->dragging == PLANCIA_CURSOR_NONE)
    return;
  input->drag = DRAG_CURSOR;
  plancia_cursors_choose (cursors, input->dragging);
}

static void
drag_began (GtkGestureDrag *drag, double x, double y, PlanciaChart *chart)
{
  Input *input = input_of (chart);

  stop_glide (chart);
  input->drag_start = plancia_chart_get_visible_span (chart);
  input->drag_x = x;
  input->recent_time = 0;
  input->velocity = 0;
  choose_drag (chart,
               gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag)),
               x,
               y);
  gtk_widget_grab_focus (GTK_WIDGET (chart));
}

static double
inside (const PlanciaPlot *plot, double x)
{
  return CLAMP (x, plot->x, plot->x + plot->width);
}

static void
note_velocity (GtkGestureDrag *drag, Input *input, double dx)
{
  gint64 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (drag));

  if (input->recent_time != 0 && now - input->recent_time < VELOCITY_MS / 4)
    return;
  input->velocity = input->recent_time == 0 || now - input->recent_time > VELOCITY_MS
                      ? 0
                      : (dx - input->recent_x) / (double) (now - input->recent_time);
  input->recent_x = dx;
  input->recent_time = now;
}

static void
drag_pan (GtkGestureDrag *drag, double dx, PlanciaChart *chart)
{
  Input             *input = input_of (chart);
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);
  PlanciaSpan        start = input->drag_start;
  gboolean           resting = plancia_chart_get_visible_span (chart).start == start.start;
  gint64 target = start.start - (gint64) (dx / plot->width * (double) (start.end - start.start));

  /* A click that trembles is not a pan. */
  if (resting && !gtk_drag_check_threshold (GTK_WIDGET (chart), 0, 0, (int) dx, 0))
    return;
  if (resting) {
    plancia_chart_remember (chart);
    gtk_widget_set_cursor_from_name (GTK_WIDGET (chart), "grabbing");
  }
  note_velocity (drag, input, dx);
  plancia_chart_pan (chart, target - plancia_chart_get_visible_span (chart).start);
}

static void
dragged (GtkGestureDrag *drag, double dx, double dy, PlanciaChart *chart)
{
  Input             *input = input_of (chart);
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);
  double             x = inside (plot, input->drag_x + dx);

  switch (input->drag) {
  case DRAG_CURSOR:
    plancia_cursors_set_time (plancia_chart_get_cursors (chart),
                              input->dragging,
                              plancia_plot_time (plot, x));
    break;
  case DRAG_BOX:
    plancia_crosshair_set_box (PLANCIA_CROSSHAIR (chart->crosshair),
                               inside (plot, input->drag_x),
                               x);
    break;
  case DRAG_PAN:
  default:
    drag_pan (drag, dx, chart);
  }
}

static void
end_box (PlanciaChart *chart, double dx)
{
  const PlanciaPlot *plot = plancia_chart_get_plot (chart);
  double             from = inside (plot, input_of (chart)->drag_x);
  double             to = inside (plot, input_of (chart)->drag_x + dx);

  plancia_crosshair_set_box (PLANCIA_CROSSHAIR (chart->crosshair), 0, 0);
  if (!gtk_drag_check_threshold (GTK_WIDGET (chart), (int) from, 0, (int) to, 0))
    return;
  plancia_chart_zoom_to (chart,
                         (PlanciaSpan){plancia_plot_time (plot, MIN (from, to)),
                                       plancia_plot_time (plot, MAX (from, to))});
  plancia_chart_set_boxing (chart, FALSE);
}

static void
drag_ended (GtkGestureDrag *drag, double dx, double dy, PlanciaChart *chart)
{
  Input *input = input_of (chart);
  gint64 now = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (drag));

  if (input->drag == DRAG_BOX)
    end_box (chart, dx);
  else
    gtk_widget_set_cursor (GTK_WIDGET (chart), NULL);
  if (input->drag == DRAG_PAN && input->recent_time != 0 && now - input->recent_time <= VELOCITY_MS)
    plancia_chart_glide (chart, input->velocity);
}

static void
drag_cancelled (GtkGesture *drag, GdkEventSequence *sequence, PlanciaChart *chart)
{
  plancia_crosshair_set_box (PLANCIA_CROSSHAIR (chart->crosshair), 0, 0);
}

/* --- clicks ---------------------------------------------------------------------------------- */

static gboolean
ask_cb (gpointer user_data)
{
  PlanciaChart *chart = user_data;
  Input        *input = input_of (chart);

  input->asking = 0;
  plancia_chart_ask_hole (chart, input->ask_time);
  return G_SOURCE_REMOVE;
}

static void
pressed (GtkGestureClick *click, int n_press, double x, double y, PlanciaChart *chart)
{
  g_clear_handle_id (&input_of (chart)->asking, g_source_remove);
  stop_glide (chart);
  if (n_press == 2)
    plancia_chart_fit (chart);
}

static void
released (GtkGestureClick *click, int n_press, double x, double y, PlanciaChart *chart)
{
  Input      *input = input_of (chart);
  PlanciaSpan hole;

  if (n_press != 1 || input->drag != DRAG_PAN || ABS (x - input->drag_x) > CLICK_REACH ||
      !plancia_chart_find_hole (chart, x, y, &hole))
    return;
  input->ask_time = plancia_plot_time (plancia_chart_get_plot (chart), x);
  input->asking = g_timeout_add (CLICK_PAUSE_MS, ask_cb, chart);
}

/* --- pinching -------------------------------------------------------------------------------- */

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

/* --- keys ------------------------------------------------------------------------------------ */

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
now_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  plancia_chart_now (PLANCIA_CHART (widget));
  return plancia_chart_can_follow (PLANCIA_CHART (widget));
}

static gboolean
hole_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  return plancia_chart_next_hole (PLANCIA_CHART (widget));
}

static gboolean
box_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  PlanciaCursors *cursors = plancia_chart_get_cursors (PLANCIA_CHART (widget));

  if (!plancia_cursors_get_shown (cursors))
    return FALSE;
  plancia_chart_zoom_to (PLANCIA_CHART (widget), plancia_cursors_get_span (cursors));
  return TRUE;
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
  bind (klass, GDK_KEY_n, 0, now_by_key, NULL);
  bind (klass, GDK_KEY_g, 0, hole_by_key, NULL);
  bind (klass, GDK_KEY_z, 0, box_by_key, NULL);
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
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancelled), chart);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), chart);
  g_signal_connect (click, "released", G_CALLBACK (released), chart);
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
  g_object_set_data_full (G_OBJECT (chart), "plancia-chart-input", g_new0 (Input, 1), input_free);
  attach_motion (chart);
  attach_gestures (chart);
}
