/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/snapshot-ask.h"

#include "model/snapshot-words.h"
#include "ui/error-dialog.h"
#include "ui/name-dialog.h"

#include <glib/gi18n.h>

/* What a dialog was opened for. */
typedef struct
{
  PlanciaSnapshots *snapshots;
  PlanciaSnapshot  *snapshot;
} Question;

static Question *
question_new (PlanciaSnapshots *snapshots, PlanciaSnapshot *snapshot)
{
  Question *question = g_new0 (Question, 1);

  question->snapshots = g_object_ref (snapshots);
  question->snapshot = g_object_ref (snapshot);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->snapshots);
  g_object_unref (question->snapshot);
  g_free (question);
}

/* --- taking one ------------------------------------------------------------------------------ */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot   *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshots_take_finish (result, &error);

  if (snapshot != NULL && overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_("Snapshot taken")));
  else if (snapshot == NULL && root != NULL)
    plancia_error_dialog_show (GTK_WINDOW (root), _("The snapshot could not be taken"), error);
}

/**
 * plancia_snapshot_ask_take:
 * @widget: of the window that says how it went
 * @session: whose device is read
 */
void
plancia_snapshot_ask_take (GtkWidget *widget, PlanciaSession *session)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  PlanciaDevice    *device = plancia_session_get_device (session);

  if (plant == NULL || device == NULL)
    return;
  plancia_snapshots_take_async (plancia_snapshots_for (plant),
                                device,
                                PLANCIA_SNAPSHOT_REQUEST,
                                NULL,
                                NULL,
                                taken_cb,
                                g_object_ref (widget));
}

/* --- note ------------------------------------------------------------------------------------ */

static void
noted (const char *note, gpointer user_data)
{
  Question *question = user_data;

  plancia_snapshots_set_note (question->snapshots, question->snapshot, note);
}

void
plancia_snapshot_ask_note (GtkWidget        *widget,
                           PlanciaSnapshots *snapshots,
                           PlanciaSnapshot  *snapshot)
{
  plancia_name_dialog_show (GTK_WINDOW (gtk_widget_get_root (widget)),
                            _("Note of the snapshot"),
                               plancia_snapshot_get_note (snapshot),
                               noted,
                               question_new (snapshots, snapshot),
                               question_free);
}

/* --- removing -------------------------------------------------------------------------------- */

static void
remove_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_str_equal (response, "remove"))
    plancia_snapshots_remove (question->snapshots, question->snapshot);
}

static void
closure_free (gpointer data, GClosure *closure)
{
  question_free (data);
}

void
plancia_snapshot_ask_remove (GtkWidget        *widget,
                             PlanciaSnapshots *snapshots,
                             PlanciaSnapshot  *snapshot)
{
  GtkRoot         *root = gtk_widget_get_root (widget);
  g_autofree char *title = plancia_snapshot_words_title (snapshot);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Remove the snapshot?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* TRANSLATORS: %s is the note of a snapshot */
                                  _("“%s” is removed for good."), title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (remove_answered_cb),
                         question_new (snapshots, snapshot),
                         closure_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}
