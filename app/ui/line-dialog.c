/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/line-dialog.h"

#include <glib/gi18n.h>

#define ACCEPT "accept"

typedef struct
{
  AdwMessageDialog *dialog;
  GtkEditable      *entry;
  PlanciaLineFunc   func;
  gpointer          user_data;
  GDestroyNotify    destroy;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->destroy)
    question->destroy (question->user_data);
  g_free (question);
}

static char *
dup_text (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
changed_cb (Question *question)
{
  g_autofree char *text = dup_text (question);

  adw_message_dialog_set_response_enabled (question->dialog, ACCEPT, text[0] != '\0');
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *text = dup_text (question);

  if (g_str_equal (response, ACCEPT) && text[0] != '\0')
    question->func (text, question->user_data);
}

GtkWidget *
plancia_line_dialog_show (GtkWindow                 *parent,
                          const PlanciaLineQuestion *asked,
                          PlanciaLineFunc            func,
                          gpointer                   user_data,
                          GDestroyNotify             destroy)
{
  GtkWidget        *widget = adw_message_dialog_new (parent, asked->heading, asked->body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GtkWidget        *entry = gtk_entry_new ();
  Question         *question = g_new (Question, 1);

  *question = (Question){dialog, GTK_EDITABLE (entry), func, user_data, destroy};
  gtk_editable_set_text (GTK_EDITABLE (entry), asked->text);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  asked->label,
                                  -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), ACCEPT, asked->accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, ACCEPT);
  adw_message_dialog_set_close_response (dialog, "cancel");
  changed_cb (question);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return widget;
}
