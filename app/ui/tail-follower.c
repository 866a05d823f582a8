/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tail-follower.h"

/* Frames of the display until a list has found its place again after a change. */
#define SETTLE 4

struct _PlanciaTailFollower
{
  GObject parent_instance;

  GtkScrolledWindow *scroller; /* weak */
  GtkAdjustment     *adjustment;
  GdkFrameClock     *clock;
  gboolean           in_frame; /* the display is being drawn */
  gboolean           following;
  guint              settling; /* frames left until the list has found its place again */
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

  /* Before the list has laid out what is new its end is not known. */
  if (self->following && self->settling < SETTLE)
    go_to_end (self);
  if (--self->settling > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
settle (PlanciaTailFollower *self)
{
  self->settling = SETTLE;
  if (self->tick == 0 && self->scroller)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scroller), tick_cb, self, NULL);
}

/* The list is in the middle of its layout and does not listen: it is moved before the next one. */
static void
changed_cb (PlanciaTailFollower *self)
{
  if (self->following)
    settle (self);
}

/* A list moves by itself while it is laid out, and is moved by us in ticks: both are within a frame of the display.
 * What a person does comes between two frames. */
static void
value_cb (PlanciaTailFollower *self)
{
  if (is_at_end (self))
    set_following (self, TRUE);
  else if (!self->in_frame)
    set_following (self, FALSE);
}

static void
before_cb (PlanciaTailFollower *self)
{
  self->in_frame = TRUE;
}

static void
after_cb (PlanciaTailFollower *self)
{
  self->in_frame = FALSE;
}

static void
realized_cb (PlanciaTailFollower *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->scroller));
  GConnectFlags  flags = G_CONNECT_SWAPPED;

  if (clock == self->clock || !clock)
    return;
  if (self->clock)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_set_object (&self->clock, clock);
  self->in_frame = FALSE;
  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_cb), self, flags);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_cb), self, flags);
}

static void
plancia_tail_follower_dispose (GObject *object)
{
  PlanciaTailFollower *self = PLANCIA_TAIL_FOLLOWER (object);

  if (self->scroller && self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scroller), self->tick);
  self->tick = 0;
  g_clear_weak_pointer (&self->scroller);
  if (self->clock)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
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
  GConnectFlags        flags = G_CONNECT_SWAPPED;

  g_set_weak_pointer (&self->scroller, scroller);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (changed_cb), self, flags);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_cb), self, flags);
  g_signal_connect_object (scroller, "realize", G_CALLBACK (realized_cb), self, flags);
  if (gtk_widget_get_realized (GTK_WIDGET (scroller)))
    realized_cb (self);
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
  settle (self);
}
