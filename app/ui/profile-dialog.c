/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/profile-dialog.h"

#include "base/document.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "ui/error-dialog.h"
#include "ui/text-export.h"
#include <glib/gi18n.h>

struct _PlanciaProfileDialog
{
  AdwWindow parent_instance;

  GtkWidget           *use_button;
  GtkWidget           *export_button;
  GtkTextView         *view;
  GtkLabel            *verdict;
  PlanciaAccountTrial *trial;

  char                   *source;
  PlanciaCloudProfile    *profile; /* what stands there; NULL: it is wrong */
  gboolean                works;   /* a test of it succeeded */
  PlanciaAccountTrialFunc func;
  gpointer                user_data;
  PlanciaWorker          *worker;
  GCancellable           *cancellable;
};

enum {
  SIGNAL_USED,
  SIGNAL_TRUSTED,
  SIGNAL_TESTED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaProfileDialog, plancia_profile_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- the text -------------------------------------------------------------------------------- */

static char *
dup_text (PlanciaProfileDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_text (PlanciaProfileDialog *self, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

static void
show_verdict (PlanciaProfileDialog *self, const GError *error)
{
  const char      *classes[] = {error ? "error" : "dim-label", NULL};
  g_autofree char *host = NULL;

  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict), classes);
  gtk_widget_set_sensitive (self->use_button, error == NULL);
  gtk_widget_set_sensitive (self->export_button, error == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->trial), error == NULL);
  /* Translators: %s is the address of a service */
  host = error ? NULL
               : g_strdup_printf (_ ("Complete. Credentials go to %s"), self->profile->base_url);
  gtk_label_set_text (self->verdict, error ? error->message : host);
}

static void
changed_cb (GtkTextBuffer *buffer, PlanciaProfileDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);
  self->profile = plancia_cloud_profile_parse (bytes, _ ("Profile"), self->source, &error);
  self->works = FALSE;
  plancia_account_trial_forget (self->trial);
  show_verdict (self, error);
}

static void
use_cb (PlanciaProfileDialog *self)
{
  g_autofree char *text = dup_text (self);

  if (!self->profile)
    return;
  g_signal_emit (self, signals[SIGNAL_USED], 0, text, self->works);
  gtk_window_close (GTK_WINDOW (self));
}

static void
original_cb (PlanciaProfileDialog *self)
{
  gboolean system = g_str_equal (self->source, "system");
  g_autoptr (PlanciaCloudProfile)
    shipped = plancia_cloud_profile_shipped (system ? PLANCIA_CLOUD_SYSTEM : PLANCIA_CLOUD_PORTAL);

  set_text (self, shipped->text);
}

/* --- files ----------------------------------------------------------------------------------- */

static void
export_cb (PlanciaProfileDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *name = g_strconcat (self->profile->name, ".json", NULL);

  plancia_text_export_ask (GTK_WIDGET (self), self->worker, _ ("Export profile"), name, text);
}

static void
load_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = plancia_document_load (data, cancellable, &error);

  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaProfileDialog *self = PLANCIA_PROFILE_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (bytes) {
    text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    set_text (self, text);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    plancia_error_dialog_show (GTK_WINDOW (self), _ ("The profile could not be opened"), error);
  }
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                             : NULL;
  PlanciaProfileDialog *self = user_data;

  if (file && self->worker) {
    g_autoptr (GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

    g_task_set_task_data (task, g_steal_pointer (&file), g_object_unref);
    plancia_worker_run (self->worker, task, load_on_worker);
  }
  g_object_unref (chooser);
}

static void
import_cb (PlanciaProfileDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Import profile"),
                                                                  GTK_WINDOW (self),
                                                                  GTK_FILE_CHOOSER_ACTION_OPEN,
                                                                  _ ("_Open"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- the test -------------------------------------------------------------------------------- */

static PlanciaCloudTrial *
make_trial (gpointer user_data)
{
  PlanciaProfileDialog *self = user_data;
  PlanciaCloudTrial    *trial = self->profile ? self->func (self->user_data) : NULL;

  if (!trial)
    return NULL;
  g_clear_pointer (&trial->profile, plancia_cloud_profile_unref);
  trial->profile = plancia_cloud_profile_ref (self->profile);
  return trial;
}

static void
trusted_cb (PlanciaAccountTrial *trial, const char *fingerprint, PlanciaProfileDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_TRUSTED], 0, fingerprint);
}

static void
tested_cb (PlanciaAccountTrial *trial, gboolean works, PlanciaProfileDialog *self)
{
  self->works = works;
  g_signal_emit (self, signals[SIGNAL_TESTED], 0, works);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_profile_dialog_dispose (GObject *object)
{
  PlanciaProfileDialog *self = PLANCIA_PROFILE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);

  G_OBJECT_CLASS (plancia_profile_dialog_parent_class)->dispose (object);
}

static void
plancia_profile_dialog_finalize (GObject *object)
{
  g_free (PLANCIA_PROFILE_DIALOG (object)->source);

  G_OBJECT_CLASS (plancia_profile_dialog_parent_class)->finalize (object);
}

static void
plancia_profile_dialog_class_init (PlanciaProfileDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = plancia_profile_dialog_dispose;
  object_class->finalize = plancia_profile_dialog_finalize;

  signals[SIGNAL_USED] = plancia_signal_new (type, "used", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_TRUSTED] = plancia_signal_new (type, "trusted", 1, G_TYPE_STRING);
  signals[SIGNAL_TESTED] = plancia_signal_new (type, "tested", 1, G_TYPE_BOOLEAN);

  g_type_ensure (PLANCIA_TYPE_ACCOUNT_TRIAL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/profile-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaProfileDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaProfileDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaProfileDialog, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaProfileDialog, verdict);
  gtk_widget_class_bind_template_child (widget_class, PlanciaProfileDialog, trial);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, original_cb);
}

static void
plancia_profile_dialog_init (PlanciaProfileDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-profile");
  self->cancellable = g_cancellable_new ();
  plancia_account_trial_set_func (self->trial, make_trial, self);
  g_signal_connect_object (self->trial, "trusted", G_CALLBACK (trusted_cb), self, 0);
  g_signal_connect_object (self->trial, "tested", G_CALLBACK (tested_cb), self, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           0);
}

/**
 * plancia_profile_dialog_new:
 * @parent: the window it belongs to
 * @text: the profile as it is
 * @source: "portal" or "system"
 * @func: gives account, credentials and a thing for a test
 * @user_data: for @func; lives longer than the dialog
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_profile_dialog_new (GtkWindow              *parent,
                            const char             *text,
                            const char             *source,
                            PlanciaAccountTrialFunc func,
                            gpointer                user_data)
{
  PlanciaProfileDialog *self =
    g_object_new (PLANCIA_TYPE_PROFILE_DIALOG, "transient-for", parent, NULL);

  self->source = g_strdup (source);
  self->func = func;
  self->user_data = user_data;
  set_text (self, text);
  return GTK_WINDOW (self);
}
