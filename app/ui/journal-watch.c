/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/journal-watch.h"

#include "model/journal-words.h"
#include "ui/journal-dialog.h"
#include <glib/gi18n.h>

static void
on_response (PlanciaWindow *window, const char *response)
{
  PlanciaSession *session = plancia_window_get_session (window);

  if (g_str_equal (response, "look") && plancia_session_get_plant (session) != NULL)
    gtk_window_present (plancia_journal_dialog_new (GTK_WINDOW (window), session, NULL));
}

static char *
create_body (GPtrArray *entries)
{
  g_autoptr (GString) text =
    g_string_new (_ ("Plancia ended before it knew what became of them. Nothing was sent again."));

  g_string_append (text, "\n");
  for (guint i = 0; i < MIN (entries->len, 5); i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (entries, i);
    g_autofree char           *values = plancia_journal_values_text (entry, FALSE);

    g_string_append_printf (text,
                            "\n%s: %s (%s)",
                            entry->device != NULL ? entry->device : "",
                            values,
                            plancia_journal_outcome_text (entry));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
ask (PlanciaWindow *window, GPtrArray *entries)
{
  g_autofree char *heading = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u write was cut off", "%u writes were cut off", entries->len),
    entries->len);
  g_autofree char *body = create_body (entries);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "later",
                                    _ ("_Later"), "look", _ ("_Read back…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "look",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "look");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (PlanciaWindow) window = g_weak_ref_get (weak);
  g_autoptr (GPtrArray)
    entries = plancia_journal_list_finish (PLANCIA_JOURNAL (object), result, NULL);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (window != NULL && entries != NULL && entries->len > 0)
    ask (window, entries);
}

static void
on_plant (PlanciaWindow *window)
{
  const PlanciaJournalFilter open = {.open_only = TRUE};
  PlanciaOpenPlant *plant = plancia_session_get_plant (plancia_window_get_session (window));
  GWeakRef         *weak;

  if (plant == NULL)
    return;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, window);
  plancia_journal_list_async (plancia_open_plant_get_journal (plant), &open, NULL, on_listed, weak);
}

/**
 * plancia_journal_watch_start:
 *
 * Main thread.
 */
void
plancia_journal_watch_start (PlanciaWindow *window)
{
  g_signal_connect_object (plancia_window_get_session (window),
                           "notify::plant",
                           G_CALLBACK (on_plant),
                           window,
                           G_CONNECT_SWAPPED);
}
