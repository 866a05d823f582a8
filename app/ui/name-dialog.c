/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/name-dialog.h"

#include <glib/gi18n.h>

/* What a name dialog was opened for. */
typedef struct
{
  AdwMessageDialog *dialog;
  GtkEditable      *entry;
  PlanciaNameFunc   func;
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
dup_name (Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
changed_cb (Question *question)
{
  g_autofree char *name = dup_name (question);

  adw_message_dialog_set_response_enabled (question->dialog, "rename", name[0] != '\0');
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *name = dup_name (question);

  if (g_str_equal (response, "rename") && name[0] != '\0')
    question->func (name, question->user_data);
}

/**
 * plancia_name_dialog_show:
 * @parent: the window it belongs to
 * @heading: what is renamed, in the user's language
 * @name: the present name
 * @func: called with the new name
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_name_dialog_show (GtkWindow      *parent,
                          const char     *heading,
                          const char     *name,
                          PlanciaNameFunc func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  GtkWidget        *widget = adw_message_dialog_new (parent, heading, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GtkWidget        *entry = gtk_entry_new ();
  Question         *question = g_new (Question, 1);

  *question = (Question){dialog, GTK_EDITABLE (entry), func, user_data, destroy};
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "rename");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return widget;
}
