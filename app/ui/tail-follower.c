/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tail-follower.h"

/* Frames of the display until a list has found its place again. */
#define SETTLE 3

struct _PlanciaTailFollower
{
  GObject parent_instance;

  GtkScrolledWindow *scroller; /* weak */
  GtkAdjustment     *adjustment;
  gboolean           following;
  guint              settling; /* frames left in which moves are the list's own */
  guint              tick;
};

enum {
  PROP_0,
  PROP_FOLLOWING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaTailFollower, plancia_tail_follower, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
go_to_end (PlanciaTailFollower *self)
{
  gtk_adjustment_set_value (self->adjustment,
                            gtk_adjustment_get_upper (self->adjustment) -
                              gtk_adjustment_get_page_size (self->adjustment));
}

static gboolean
is_at_end (PlanciaTailFollower *self)
{
  return gtk_adjustment_get_value (self->adjustment) +
           gtk_adjustment_get_page_size (self->adjustment) >=
         gtk_adjustment_get_upper (self->adjustment) - 1;
}

static void
set_following (PlanciaTailFollower *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaTailFollower *self = user_data;

  if (self->following)
    go_to_end (self);
  if (--self->settling > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (PlanciaTailFollower *self)
{
  if (self->following)
    go_to_end (self);
}

static void
value_cb (PlanciaTailFollower *self)
{
  if (is_at_end (self))
    set_following (self, TRUE);
  else if (self->settling == 0)
    set_following (self, FALSE);
}

/* A wheel that turns up is meant, whatever the list does meanwhile. */
static gboolean
scroll_cb (PlanciaTailFollower *self, double dx, double dy)
{
  if (dy < 0 && gtk_adjustment_get_upper (self->adjustment) >
                  gtk_adjustment_get_page_size (self->adjustment)) {
    self->settling = MIN (self->settling, 1);
    set_following (self, FALSE);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
plancia_tail_follower_dispose (GObject *object)
{
  PlanciaTailFollower *self = PLANCIA_TAIL_FOLLOWER (object);

  if (self->scroller && self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scroller), self->tick);
  self->tick = 0;
  g_clear_weak_pointer (&self->scroller);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (plancia_tail_follower_parent_class)->dispose (object);
}

static void
plancia_tail_follower_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_FOLLOWING:
    g_value_set_boolean (value, PLANCIA_TAIL_FOLLOWER (object)->following);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_tail_follower_class_init (PlanciaTailFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_tail_follower_dispose;
  object_class->get_property = plancia_tail_follower_get_property;
  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_tail_follower_init (PlanciaTailFollower *self)
{
  self->following = TRUE;
}

/**
 * plancia_tail_follower_new:
 * @scroller: around a list
 *
 * Returns: (transfer full): follows from the start
 */
PlanciaTailFollower *
plancia_tail_follower_new (GtkScrolledWindow *scroller)
{
  PlanciaTailFollower *self = g_object_new (PLANCIA_TYPE_TAIL_FOLLOWER, NULL);
  GtkEventController  *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GConnectFlags flags = G_CONNECT_SWAPPED;

  g_set_weak_pointer (&self->scroller, scroller);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (changed_cb), self, flags);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_cb), self, flags);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, flags);
  gtk_widget_add_controller (GTK_WIDGET (scroller), scroll);
  return self;
}

gboolean
plancia_tail_follower_get_following (PlanciaTailFollower *self)
{
  return self->following;
}

void
plancia_tail_follower_set_following (PlanciaTailFollower *self, gboolean following)
{
  set_following (self, following);
  if (following)
    plancia_tail_follower_changing (self);
}

/** plancia_tail_follower_changing: before or just after the list gets or loses something */
void
plancia_tail_follower_changing (PlanciaTailFollower *self)
{
  self->settling = SETTLE;
  if (self->following)
    go_to_end (self);
  if (self->tick == 0 && self->scroller)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), tick_cb, self, NULL);
}
