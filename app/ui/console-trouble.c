/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-trouble.h"

#include "ui/port-problem.h"

struct _PlanciaConsoleTrouble
{
  AdwBin parent_instance;

  PlanciaPortProblem *problem;

  PlanciaBackend    *backend;
  char              *path;
  PlanciaPortAccess *access;
  GCancellable      *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleTrouble, plancia_console_trouble, ADW_TYPE_BIN)

/* A port that closed for want of a person has no error. */
static const GError *
get_error (PlanciaConsoleTrouble *self)
{
  PlanciaState state = self->backend ? plancia_backend_get_state (self->backend)
                                     : PLANCIA_STATE_CLOSED;

  return state == PLANCIA_STATE_CLOSED && self->backend ? plancia_backend_get_error (self->backend)
                                                        : NULL;
}

static void
show (PlanciaConsoleTrouble *self)
{
  const GError *error = get_error (self);
  gboolean      wanted = error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (wanted)
    plancia_port_problem_set (self->problem, self->path, self->access, error);
  gtk_widget_set_visible (GTK_WIDGET (self), wanted);
}

static void
access_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PlanciaPortAccess     *access = plancia_port_access_query_finish (result, &error);
  PlanciaConsoleTrouble *self;

  /* Cancelled: the bar may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_pointer (&self->access, plancia_port_access_free);
  self->access = access;
  show (self);
}

static void
stop_asking (PlanciaConsoleTrouble *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->access, plancia_port_access_free);
}

static void
state_changed_cb (PlanciaConsoleTrouble *self)
{
  stop_asking (self);
  show (self);
  if (!get_error (self))
    return;
  self->cancellable = g_cancellable_new ();
  plancia_port_access_query_async (self->path, self->cancellable, access_cb, self);
}

static void
try_again_cb (PlanciaConsoleTrouble *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "console.connect", NULL);
}

/* --- GObject -------------------------------------------------------------------------------------- */

static void
plancia_console_trouble_dispose (GObject *object)
{
  PlanciaConsoleTrouble *self = PLANCIA_CONSOLE_TROUBLE (object);

  stop_asking (self);
  if (self->backend)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (plancia_console_trouble_parent_class)->dispose (object);
}

static void
plancia_console_trouble_finalize (GObject *object)
{
  g_free (PLANCIA_CONSOLE_TROUBLE (object)->path);
  G_OBJECT_CLASS (plancia_console_trouble_parent_class)->finalize (object);
}

static void
plancia_console_trouble_class_init (PlanciaConsoleTroubleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_trouble_dispose;
  object_class->finalize = plancia_console_trouble_finalize;
}

static void
plancia_console_trouble_init (PlanciaConsoleTrouble *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->path = g_strdup ("");
  self->problem = g_object_new (PLANCIA_TYPE_PORT_PROBLEM,
                                "margin-top",
                                12,
                                "margin-bottom",
                                12,
                                "margin-start",
                                12,
                                "margin-end",
                                12,
                                NULL);
  g_signal_connect_swapped (self->problem, "try-again", G_CALLBACK (try_again_cb), self);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->problem));
  adw_bin_set_child (ADW_BIN (self), clamp);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_console_trouble_set_backend:
 * @backend: (nullable): whose error is explained
 * @path: of its port
 */
void
plancia_console_trouble_set_backend (PlanciaConsoleTrouble *self,
                                     PlanciaBackend        *backend,
                                     const char            *path)
{
  if (self->backend)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  g_set_object (&self->backend, backend);
  g_free (self->path);
  self->path = g_strdup (path);
  if (backend)
    g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (state_changed_cb), self);
  state_changed_cb (self);
}
