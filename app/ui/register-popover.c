/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-popover.h"

#include "base/signal-new.h"

struct _PlanciaRegisterPopover
{
  GObject parent_instance;

  GtkWidget             *over;   /* weak */
  GtkWidget             *after;  /* weak */
  PlanciaRegisterEditor *editor; /* while it is open */
  guint                  idle;
};

enum {
  SIGNAL_STAR,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterPopover, plancia_register_popover, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
drop_editor (PlanciaRegisterPopover *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->editor != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->editor));
  self->editor = NULL;
}

static gboolean
on_idle (gpointer user_data)
{
  PlanciaRegisterPopover *self = user_data;

  self->idle = 0;
  drop_editor (self);
  /* Back to the row it belonged to. */
  if (self->after != NULL)
    gtk_widget_grab_focus (self->after);
  return G_SOURCE_REMOVE;
}

/* It is still closing: it goes in the next turn. */
static void
on_closed (PlanciaRegisterPopover *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static void
on_star (PlanciaRegisterPopover *self, PlanciaRegisterRow *row, gboolean starred)
{
  g_signal_emit (self, signals[SIGNAL_STAR], 0, row, starred);
}

static void
plancia_register_popover_dispose (GObject *object)
{
  PlanciaRegisterPopover *self = PLANCIA_REGISTER_POPOVER (object);

  drop_editor (self);
  g_clear_weak_pointer (&self->over);
  g_clear_weak_pointer (&self->after);

  G_OBJECT_CLASS (plancia_register_popover_parent_class)->dispose (object);
}

static void
plancia_register_popover_class_init (PlanciaRegisterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_register_popover_dispose;

  signals[SIGNAL_STAR] = plancia_signal_new (G_TYPE_FROM_CLASS (klass),
                                             "star",
                                             2,
                                             PLANCIA_TYPE_REGISTER_ROW,
                                             G_TYPE_BOOLEAN);
}

static void
plancia_register_popover_init (PlanciaRegisterPopover *self)
{
}

PlanciaRegisterPopover *
plancia_register_popover_new (GtkWidget *over, GtkWidget *after)
{
  PlanciaRegisterPopover *self = g_object_new (PLANCIA_TYPE_REGISTER_POPOVER, NULL);

  g_set_weak_pointer (&self->over, over);
  g_set_weak_pointer (&self->after, after);
  return self;
}

void
plancia_register_popover_open (PlanciaRegisterPopover *self,
                               PlanciaSession         *session,
                               PlanciaRegisterSource  *source,
                               PlanciaRegisterRow     *row,
                               const GdkRectangle     *place)
{
  GConnectFlags flags = G_CONNECT_SWAPPED;

  g_return_if_fail (PLANCIA_IS_REGISTER_POPOVER (self));

  drop_editor (self);
  self->editor = plancia_register_editor_new (session, source, row);
  gtk_widget_set_parent (GTK_WIDGET (self->editor), self->over);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->editor), place);
  g_signal_connect_object (self->editor, "star", G_CALLBACK (on_star), self, flags);
  g_signal_connect_object (self->editor, "closed", G_CALLBACK (on_closed), self, flags);
  gtk_popover_popup (GTK_POPOVER (self->editor));
}

void
plancia_register_popover_close (PlanciaRegisterPopover *self)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_POPOVER (self));

  if (self->editor != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->editor));
}
