/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/note-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog;
  GtkEditable      *entry;
  PlanciaNoteFunc   func;
  gpointer          user_data;
  GDestroyNotify    destroy;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  question->destroy (question->user_data);
  g_free (question);
}

static char *
dup_text (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
on_changed (Question *question)
{
  g_autofree char *text = dup_text (question);

  adw_message_dialog_set_response_enabled (question->dialog, "add", text[0] != '\0');
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *text = dup_text (question);

  if (g_str_equal (response, "add") && text[0] != '\0')
    question->func (text, question->user_data);
}

/**
 * plancia_note_dialog_show:
 *
 * Main thread.
 */
void
plancia_note_dialog_show (GtkWindow      *parent,
                          PlanciaNoteFunc func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  GtkWidget *widget =
    adw_message_dialog_new (parent,
                            _ ("Add a note"), _ ("It stays with the row and cannot be removed."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GtkWidget        *entry = gtk_entry_new ();
  Question         *question = g_new (Question, 1);

  *question = (Question){dialog, GTK_EDITABLE (entry), func, user_data, destroy};
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "add", FALSE);
  adw_message_dialog_set_default_response (dialog, "add");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_changed), question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
