/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/error-dialog.h"

#include "base/log.h"
#include "ui/error-text.h"
#include "ui/help-topic.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

/* Messages of the core are for the log, so they stand apart and in their own type. */
static GtkWidget *
make_detail (const char *message)
{
  GtkWidget *label = gtk_label_new (message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_widget_add_css_class (label, "cmd");
  return label;
}

/* The program has the action; the parent may be a dialog, which has not. */
static void
response_cb (AdwMessageDialog *dialog, const char *response, const char *place)
{
  GApplication *application = g_application_get_default ();

  if (g_str_equal (response, "help") && application)
    g_action_group_activate_action (G_ACTION_GROUP (application),
                                    "help",
                                    g_variant_new_string (place));
}

/**
 * plancia_error_dialog_show:
 * @parent: the window it belongs to
 * @heading: what could not be done, in the user's language
 * @error: why
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_error_dialog_show (GtkWindow *parent, const char *heading, const GError *error)
{
  const char      *advice = plancia_error_advice (error);
  g_autofree char *body = g_strjoin (advice ? " " : "", plancia_error_text (error), advice, NULL);
  GtkWidget       *dialog = adw_message_dialog_new (NULL, heading, body);

  plancia_window_parent_set (GTK_WINDOW (dialog), parent);
  plancia_log_say (PLANCIA_LOG_WARNING,
                   G_LOG_DOMAIN,
                   "%s: %s (%s)",
                   heading,
                   plancia_error_text (error),
                   error->message);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_detail (error->message));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "help", _("_Help"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect (dialog,
                    "response",
                    G_CALLBACK (response_cb),
                    (gpointer) plancia_help_topic_of_error (error));
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
