/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/error-dialog.h"

#include "ui/error-text.h"

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
  GtkWidget       *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_detail (error->message));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
