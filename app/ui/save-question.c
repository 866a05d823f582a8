/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/save-question.h"

#include "ui/error-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget      *widget; /* weak */
  PlanciaSaveFunc func;
  gpointer        user_data;
  GDestroyNotify  destroy;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  g_clear_weak_pointer (&self->widget);
  if (self->destroy)
    self->destroy (self->user_data);
  g_free (self);
}

static void
response_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file && question->widget)
    question->func (question->widget, file, question->user_data);
  g_object_unref (chooser);
}

void
plancia_save_question_ask (GtkWidget      *widget,
                           const char     *title,
                           const char     *name,
                           PlanciaSaveFunc func,
                           gpointer        user_data,
                           GDestroyNotify  destroy)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title,
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Save"), _("_Cancel"));
  Question *question = g_new0 (Question, 1);

  g_set_weak_pointer (&question->widget, widget);
  question->func = func;
  question->user_data = user_data;
  question->destroy = destroy;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
say_saved (GtkWidget *widget, GFile *file)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *valid = g_filename_display_name (name);
  g_autofree char *shown = g_markup_escape_text (valid, -1);
  g_autofree char *text = g_strdup_printf (_("Saved %s"), shown);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

void
plancia_save_question_tell (GtkWidget    *widget,
                            GFile        *file,
                            const char   *failure,
                            const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!error)
    say_saved (widget, file);
  else if (root && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (root), failure, error);
}
