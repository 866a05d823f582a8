/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-flow.h"

#include "base/signal-new.h"
#include "chart/chart-text.h"
#include "ui/power-flow-draw.h"
#include <math.h>

#define FRAME          (G_USEC_PER_SEC / 30)
#define SPEECH         10 /* s between two sentences */
#define MINIMUM_WIDTH  288
#define NATURAL_WIDTH  480
#define NATURAL_HEIGHT 366

struct _PlanciaPowerFlow
{
  GtkWidget parent_instance;

  PlanciaFlowReading *reading;
  PlanciaFlowGeometry geometry;
  PlanciaFlowColors   colors;
  int                 natural_height;

  GskRenderNode *ribbons; /* NULL: draw them anew */
  GskRenderNode *nodes;
  double         phases[PLANCIA_N_FLOWS];
  guint          tick;
  gint64         last_frame;

  gboolean    activatable;
  PlanciaFlow focus;
  guint       speech; /* source that says the next sentence; 0: none has to be said */
  gint64      last_speech;
  char       *sentence;
};

enum {
  SIGNAL_FLOW_ACTIVATED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaPowerFlow, plancia_power_flow, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
forget_picture (PlanciaPowerFlow *self)
{
  g_clear_pointer (&self->ribbons, gsk_render_node_unref);
  g_clear_pointer (&self->nodes, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
compute_geometry (PlanciaPowerFlow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  plancia_flow_geometry_compute (&self->geometry,
                                 gtk_widget_get_width (widget),
                                 gtk_widget_get_height (widget),
                                 plancia_chart_text_scale (widget),
                                 self->reading->present);
  forget_picture (self);
}

/* --- motion ---------------------------------------------------------------------------------- */

static gboolean
animations_enabled (void)
{
  gboolean enabled = FALSE;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

static gboolean
something_flows (PlanciaPowerFlow *self)
{
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (plancia_flow_reading_flows (self->reading, i))
      return TRUE;
  }
  return FALSE;
}

static gboolean
advance (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PlanciaPowerFlow *self = PLANCIA_POWER_FLOW (widget);
  gint64            now = gdk_frame_clock_get_frame_time (clock);
  double            passed = (double) (now - self->last_frame) / G_USEC_PER_SEC;

  if (now - self->last_frame < FRAME)
    return G_SOURCE_CONTINUE;

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    double share = plancia_flow_reading_share (self->reading, i);

    self->phases[i] = fmod (self->phases[i] + plancia_flow_speed (share) * fmin (passed, 0.2), 22);
  }
  self->last_frame = now;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* Nothing moves that nobody sees or that is not so any more. */
static void
update_motion (PlanciaPowerFlow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   moves = gtk_widget_get_mapped (widget) && !self->reading->as_of &&
                   something_flows (self) && animations_enabled ();

  if (moves == (self->tick != 0))
    return;
  if (moves) {
    self->last_frame = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (widget));
    self->tick = gtk_widget_add_tick_callback (widget, advance, NULL, NULL);
  } else {
    gtk_widget_remove_tick_callback (widget, self->tick);
    self->tick = 0;
  }
}

/* --- words ----------------------------------------------------------------------------------- */

static void
speak (PlanciaPowerFlow *self)
{
  g_autofree char *sentence = plancia_flow_reading_to_text (self->reading);

  self->last_speech = g_get_monotonic_time ();
  if (g_strcmp0 (sentence, self->sentence) == 0)
    return;
  g_free (self->sentence);
  self->sentence = g_steal_pointer (&sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->sentence,
                                  -1);
}

static gboolean
speak_later (gpointer data)
{
  PlanciaPowerFlow *self = data;

  self->speech = 0;
  speak (self);
  return G_SOURCE_REMOVE;
}

/* A screen reader that is told every second is of no use: at most one sentence in ten seconds. */
static void
queue_speech (PlanciaPowerFlow *self)
{
  gint64 since = (g_get_monotonic_time () - self->last_speech) / G_USEC_PER_SEC;

  if (self->speech != 0)
    return;
  if (self->last_speech == 0 || since >= SPEECH)
    speak (self);
  else
    self->speech = g_timeout_add_seconds ((guint) (SPEECH - since), speak_later, self);
}

/* --- input ----------------------------------------------------------------------------------- */

static void
activate (PlanciaPowerFlow *self, PlanciaFlow flow)
{
  if (self->activatable && flow < PLANCIA_N_FLOWS && self->reading->present[flow])
    g_signal_emit (self, signals[SIGNAL_FLOW_ACTIVATED], 0, (int) flow);
}

static void
released (PlanciaPowerFlow *self, int n_press, double x, double y)
{
  activate (self, plancia_flow_geometry_find (&self->geometry, x, y));
}

static void
moved (PlanciaPowerFlow *self, double x, double y)
{
  gboolean on_node = plancia_flow_geometry_find (&self->geometry, x, y) < PLANCIA_N_FLOWS;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   on_node && self->activatable ? "pointer" : NULL);
}

static gboolean
move_focus (PlanciaPowerFlow *self, int step)
{
  int flow = self->focus;

  do
    flow += step;
  while (flow >= 0 && flow < PLANCIA_N_FLOWS && !self->reading->present[flow]);
  if (flow < 0 || flow >= PLANCIA_N_FLOWS)
    return FALSE;
  self->focus = (PlanciaFlow) flow;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
key_pressed (PlanciaPowerFlow *self, guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Up:
  case GDK_KEY_Left:
    return move_focus (self, -1);
  case GDK_KEY_Down:
  case GDK_KEY_Right:
    return move_focus (self, 1);
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    activate (self, self->focus);
    return TRUE;
  default:
    return FALSE;
  }
}

/* --- drawing --------------------------------------------------------------------------------- */

static GskRenderNode *
record (PlanciaPowerFlow *self, void (*draw) (const PlanciaFlowPicture *, GtkSnapshot *))
{
  const PlanciaFlowPicture picture = {GTK_WIDGET (self),
                                      &self->geometry,
                                      self->reading,
                                      &self->colors};
  GtkSnapshot             *snapshot = gtk_snapshot_new ();

  draw (&picture, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
append (GtkSnapshot *snapshot, GskRenderNode *node)
{
  if (node)
    gtk_snapshot_append_node (snapshot, node);
}

static void
draw_focus (PlanciaPowerFlow *self, GtkSnapshot *snapshot)
{
  const PlanciaFlowPlace *place = &self->geometry.places[self->focus];
  double                  radius = self->geometry.radius + 1;
  cairo_t                *cr;

  if (!place->present || !gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT (0, 0, (float) self->geometry.width, (float) self->geometry.height));
  cairo_arc (cr, place->x, place->y, radius, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &self->colors.text);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
plancia_power_flow_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaPowerFlow        *self = PLANCIA_POWER_FLOW (widget);
  const PlanciaFlowPicture picture = {widget, &self->geometry, self->reading, &self->colors};

  if (!self->ribbons)
    self->ribbons = record (self, plancia_flow_draw_ribbons);
  if (!self->nodes)
    self->nodes = record (self, plancia_flow_draw_nodes);

  append (snapshot, self->ribbons);
  plancia_flow_draw_marks (&picture, snapshot, self->phases);
  append (snapshot, self->nodes);
  draw_focus (self, snapshot);
}

static void
plancia_power_flow_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  PlanciaPowerFlow *self = PLANCIA_POWER_FLOW (widget);
  double            scale = plancia_chart_text_scale (widget);
  double            least = plancia_flow_minimum_height (scale, self->reading->present);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MINIMUM_WIDTH;
    *natural = NATURAL_WIDTH;
    return;
  }
  *natural = (int) fmax (self->natural_height * (1 + (scale - 1) * 0.6),
                         least > 330 * (1 + (scale - 1) * 0.6) ? least : 0);
  *minimum = MIN ((int) least, *natural);
}

static void
plancia_power_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  compute_geometry (PLANCIA_POWER_FLOW (widget));
}

static void
plancia_power_flow_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaPowerFlow *self = PLANCIA_POWER_FLOW (widget);

  GTK_WIDGET_CLASS (plancia_power_flow_parent_class)->css_changed (widget, change);
  plancia_flow_colors_load (&self->colors, widget);
  forget_picture (self);
}

static void
plancia_power_flow_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_power_flow_parent_class)->map (widget);
  update_motion (PLANCIA_POWER_FLOW (widget));
}

static void
plancia_power_flow_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_power_flow_parent_class)->unmap (widget);
  update_motion (PLANCIA_POWER_FLOW (widget));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_power_flow_dispose (GObject *object)
{
  PlanciaPowerFlow *self = PLANCIA_POWER_FLOW (object);

  g_clear_handle_id (&self->speech, g_source_remove);
  g_clear_pointer (&self->ribbons, gsk_render_node_unref);
  g_clear_pointer (&self->nodes, gsk_render_node_unref);

  G_OBJECT_CLASS (plancia_power_flow_parent_class)->dispose (object);
}

static void
plancia_power_flow_finalize (GObject *object)
{
  PlanciaPowerFlow *self = PLANCIA_POWER_FLOW (object);

  plancia_flow_reading_free (self->reading);
  g_free (self->sentence);

  G_OBJECT_CLASS (plancia_power_flow_parent_class)->finalize (object);
}

static void
plancia_power_flow_class_init (PlanciaPowerFlowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_power_flow_dispose;
  object_class->finalize = plancia_power_flow_finalize;
  widget_class->snapshot = plancia_power_flow_snapshot;
  widget_class->measure = plancia_power_flow_measure;
  widget_class->size_allocate = plancia_power_flow_size_allocate;
  widget_class->css_changed = plancia_power_flow_css_changed;
  widget_class->map = plancia_power_flow_map;
  widget_class->unmap = plancia_power_flow_unmap;

  signals[SIGNAL_FLOW_ACTIVATED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "flow-activated", 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "powerflow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (PlanciaPowerFlow *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (released), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

static void
plancia_power_flow_init (PlanciaPowerFlow *self)
{
  self->reading = g_new (PlanciaFlowReading, 1);
  plancia_flow_reading_init (self->reading);
  self->natural_height = NATURAL_HEIGHT;
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++)
    self->phases[i] = 11; /* standing still, no mark is cut at an end */
  g_signal_connect_object (gtk_settings_get_default (),
                           "notify::gtk-enable-animations",
                           G_CALLBACK (update_motion),
                           self,
                           G_CONNECT_SWAPPED);
  add_controllers (self);
}

/**
 * plancia_power_flow_new:
 *
 * Returns: (transfer floating): a drawing of nothing
 */
GtkWidget *
plancia_power_flow_new (void)
{
  return g_object_new (PLANCIA_TYPE_POWER_FLOW, NULL);
}

static gboolean
same_nodes (const PlanciaFlowReading *a, const PlanciaFlowReading *b)
{
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (a->present[i] != b->present[i])
      return FALSE;
  }
  return TRUE;
}

/**
 * plancia_power_flow_set:
 * @self: a power flow
 * @reading: what it shows; a copy is taken
 *
 * Main thread. Asks for a new layout only when nodes come or go.
 */
void
plancia_power_flow_set (PlanciaPowerFlow *self, const PlanciaFlowReading *reading)
{
  gboolean moved = !same_nodes (self->reading, reading);

  if (plancia_flow_reading_equal (self->reading, reading))
    return;

  plancia_flow_reading_free (self->reading);
  self->reading = plancia_flow_reading_copy (reading);
  if (moved) {
    for (self->focus = 0; self->focus < PLANCIA_N_FLOWS - 1; self->focus++)
      if (reading->present[self->focus])
        break;
    gtk_widget_queue_resize (GTK_WIDGET (self));
    compute_geometry (self);
  }
  forget_picture (self);
  update_motion (self);
  queue_speech (self);
}

/**
 * plancia_power_flow_set_activatable:
 * @self: a power flow
 * @activatable: whether somebody listens to "flow-activated"
 */
void
plancia_power_flow_set_activatable (PlanciaPowerFlow *self, gboolean activatable)
{
  if (self->activatable == activatable)
    return;
  self->activatable = activatable;
  gtk_widget_set_focusable (GTK_WIDGET (self), activatable);
}

/**
 * plancia_power_flow_set_natural_height:
 * @self: a power flow
 * @height: pixels at the normal size of text, 290 or more
 */
void
plancia_power_flow_set_natural_height (PlanciaPowerFlow *self, int height)
{
  if (self->natural_height == height)
    return;
  self->natural_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
