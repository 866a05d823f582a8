/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-paste.h"

#include "ui/console-settings.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <string.h>

/* Shown of the first line. */
#define SHOWN 60

typedef struct
{
  PlanciaConsoleFeed *feed;
  char               *text;
} Paste;

static void
paste_free (gpointer data, GClosure *closure)
{
  Paste *self = data;

  g_object_unref (self->feed);
  g_free (self->text);
  g_free (self);
}

static guint
count_lines (const char *text)
{
  gsize length = strlen (text);
  guint count = length > 0 && text[length - 1] != '\n';

  for (const char *at = strchr (text, '\n'); at; at = strchr (at + 1, '\n'))
    count++;
  return count;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Paste *paste = user_data;
  guint  delay = g_settings_get_uint (plancia_settings_get (), "console-paste-delay");

  if (g_str_equal (response, "send"))
    plancia_console_player_play (
      plancia_console_feed_get_player (paste->feed),
      plancia_console_steps_of_lines (paste->text, plancia_console_settings_get_ending (), delay));
}

static GtkWidget *
delay_row (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Pause after each line, ms"));
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 60000, 10);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), spin);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (spin),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label,
                                  NULL,
                                  -1);
  g_settings_bind (plancia_settings_get (),
                   "console-paste-delay",
                   gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin)),
                   "value",
                   G_SETTINGS_BIND_DEFAULT);
  return row;
}

/**
 * plancia_console_paste_show:
 * @text: several lines
 */
void
plancia_console_paste_show (GtkWindow *parent, PlanciaConsoleFeed *feed, const char *text)
{
  guint            count = count_lines (text);
  g_autofree char *heading =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Send %u line?", "Send %u lines?", count),
                     count);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SHOWN));
  GtkWidget       *dialog;
  Paste           *paste = g_new0 (Paste, 1);

  shown[strcspn (shown, "\r\n")] = '\0';
  paste->feed = g_object_ref (feed);
  paste->text = g_strdup (text);
  dialog = adw_message_dialog_new (parent, heading, shown);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"), "send", _ ("_Send"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "send",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), delay_row ());
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), paste, paste_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
