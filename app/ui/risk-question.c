/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/risk-question.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWindow *parent;
  GtkWidget *question; /* that is open */
  GPtrArray *sentences;
  guint      next;
  char      *yes;
  void (*func) (gpointer user_data);
  GObject *user_data;
} Questions;

static void ask_next (Questions *self);

static void
questions_free (Questions *self)
{
  g_clear_weak_pointer (&self->parent);
  g_ptr_array_unref (self->sentences);
  g_object_unref (self->user_data);
  g_free (self->yes);
  g_free (self);
}

/* One answer a question, whoever gives it. */
static void
on_response (Questions *self, const char *response)
{
  g_signal_handlers_disconnect_by_data (self->question, self);
  gtk_window_close (GTK_WINDOW (self->question));
  if (g_str_equal (response, "write") && self->parent != NULL)
    ask_next (self);
  else
    questions_free (self);
}

static void
ask_next (Questions *self)
{
  if (self->next >= self->sentences->len) {
    self->func (self->user_data);
    questions_free (self);
    return;
  }
  self->question = adw_message_dialog_new (self->parent,
                                           _ ("Write it all the same?"),
                                              g_ptr_array_index (self->sentences, self->next));
  self->next++;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self->question),
                                    "cancel",
                                    _ ("Cancel"), "write", self->yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->question),
                                              "write",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self->question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self->question), "cancel");
  g_signal_connect_swapped (self->question, "response", G_CALLBACK (on_response), self);
  gtk_window_present (GTK_WINDOW (self->question));
}

/**
 * plancia_risk_question_ask:
 * @yes: words of the button that goes on
 *
 * See the header.
 */
void
plancia_risk_question_ask (GtkWindow  *parent,
                           GPtrArray  *sentences,
                           const char *yes,
                           void (*func) (gpointer user_data),
                           GObject *user_data)
{
  Questions *self = g_new0 (Questions, 1);

  g_set_weak_pointer (&self->parent, parent);
  self->sentences = g_ptr_array_ref (sentences);
  self->yes = g_strdup (yes);
  self->func = func;
  self->user_data = g_object_ref (user_data);
  ask_next (self);
}
