/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/recording-actions.h"

#include "base/file-read.h"
#include "base/worker.h"
#include "model/tape-scenario.h"
#include "ui/error-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static PlanciaTapePlayer *
get_player (PlanciaWindow *window)
{
  return plancia_plant_keeper_get_player (plancia_window_get_keeper (window));
}

/* --- recording ------------------------------------------------------------------------------- */

static void
kept_cb (PlanciaWindow *window, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: %s is a file */
  g_autofree char *text = g_strdup_printf (_ ("Recording kept: %s"), name);

  plancia_window_toast_button (window, text, _ ("Open it"), "win.open-recent", path);
}

static void
failed_cb (PlanciaWindow *window, const GError *error)
{
  plancia_error_dialog_show (GTK_WINDOW (window), _ ("The visit is not recorded any more"), error);
}

/* Neither nothing nor what is a recording itself can be recorded. */
static void
plant_changed_cb (PlanciaWindow *window)
{
  gboolean any = plancia_session_get_plant (plancia_window_get_session (window)) != NULL;
  gboolean replay = get_player (window) != NULL;
  struct
  {
    const char *name;
    gboolean    enabled;
  } actions[] = {
    {"save-recording",  replay        },
    {"export-scenario", replay        },
    {"replay-toggle",   replay        },
    {"replay-skip",     replay        },
    {"commission-of",   any && !replay},
    {"import-history",  any && !replay},
    {"commission",      any && !replay},
    {"rename-plant",    any && !replay},
    {"save-plant-as",   any && !replay},
    {"add-device",      !replay       },
    {"add-portal",      !replay       },
    {"discover",        !replay       },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), actions[i].name);

    if (action)
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), actions[i].enabled);
  }
}

/* --- files ----------------------------------------------------------------------------------- */

static void
add_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Recordings"));
  gtk_file_filter_add_suffix (filter, PLANCIA_TAPE_SUFFIX + 1);
  gtk_file_chooser_add_filter (chooser, filter);
}

static char *
dup_chosen (GtkNativeDialog *dialog, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return NULL;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  return file ? g_file_get_path (file) : NULL;
}

static void
open_response_cb (GtkNativeDialog *dialog, int response, PlanciaWindow *window)
{
  g_autofree char *path = dup_chosen (dialog, response);

  if (path)
    plancia_plant_keeper_open_file (plancia_window_get_keeper (window), path);
  g_object_unref (dialog);
}

static void
open_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Open recording"), user_data, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autofree char *folder = plancia_record_button_dup_folder ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  add_filter (GTK_FILE_CHOOSER (dialog));
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), file, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* What is written to a file in the background. */
typedef struct
{
  PlanciaTape *tape; /* to make a scenario of; NULL: a copy */
  char        *name;
  char        *from;
  char        *to;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->tape, plancia_tape_unref);
  g_free (self->name);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static void
write_job (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize       length;
  const char *data;

  if (job->tape)
    bytes = plancia_tape_scenario_make (job->tape, job->name, &error);
  else
    bytes = plancia_file_read (job->from, PLANCIA_TAPE_LIMIT, &error);
  if (bytes) {
    data = g_bytes_get_data (bytes, &length);
    g_file_set_contents (job->to, data, (gssize) length, &error);
  }
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaWindow   *window = PLANCIA_WINDOW (source);
  Job             *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_filename_display_basename (job->to);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    plancia_error_dialog_show (GTK_WINDOW (window), _ ("The file could not be written"), error);
    return;
  }
  /* Translators: %s is a file */
  text = g_strdup_printf (_ ("Saved: %s"), name);
  plancia_window_toast (window, text);
}

static void
save_response_cb (GtkNativeDialog *dialog, int response, PlanciaWindow *window)
{
  PlanciaTapePlayer *player = get_player (window);
  gboolean           scenario = g_object_get_data (G_OBJECT (dialog), "scenario") != NULL;
  g_autofree char   *path = dup_chosen (dialog, response);
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_object_unref (dialog);
  if (!path || !player)
    return;
  job = g_new0 (Job, 1);
  job->to = g_steal_pointer (&path);
  job->from = g_strdup (plancia_tape_player_get_path (player));
  job->name = g_strdup (plancia_plant_get_name (plancia_tape_player_get_plant (player)));
  if (scenario)
    job->tape = plancia_tape_ref (plancia_tape_player_get_tape (player));
  task = g_task_new (window, NULL, written_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  plancia_worker_run (plancia_tape_player_get_worker (player), task, write_job);
}

static void
ask_for_file (PlanciaWindow *window, const char *title, const char *suffix, gboolean scenario)
{
  PlanciaTapePlayer    *player = get_player (window);
  GtkFileChooserNative *dialog;
  g_autofree char      *name = NULL;

  if (!player)
    return;
  name =
    g_strconcat (plancia_plant_get_name (plancia_tape_player_get_plant (player)), suffix, NULL);
  g_strdelimit (name, "/", '-');
  dialog = gtk_file_chooser_native_new (title,
                                        GTK_WINDOW (window),
                                        GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (scenario)
    g_object_set_data (G_OBJECT (dialog), "scenario", dialog);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_for_file (user_data, _ ("Save a copy of the recording"), PLANCIA_TAPE_SUFFIX, FALSE);
}

static void
export_scenario_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_for_file (user_data, _ ("Export as simulator scenario"), ".json", TRUE);
}

/* --- replay ---------------------------------------------------------------------------------- */

static void
toggle_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_replay_bar_toggle (g_object_get_data (user_data, "replay-bar"));
}

static void
skip_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_replay_bar_skip (g_object_get_data (user_data, "replay-bar"),
                           g_variant_get_int32 (parameter));
}

/**
 * plancia_recording_actions_add:
 * @window: that has them; after its other actions were added
 * @button: a part of it
 * @bar: a part of it
 */
void
plancia_recording_actions_add (PlanciaWindow       *window,
                               PlanciaRecordButton *button,
                               PlanciaReplayBar    *bar)
{
  static const GActionEntry entries[] = {
    {"open-recording",  open_recording_cb,  NULL, NULL, NULL, {0}},
    {"save-recording",  save_recording_cb,  NULL, NULL, NULL, {0}},
    {"export-scenario", export_scenario_cb, NULL, NULL, NULL, {0}},
    {"replay-toggle",   toggle_cb,          NULL, NULL, NULL, {0}},
    {"replay-skip",     skip_cb,            "i",  NULL, NULL, {0}},
  };
  g_autoptr (GPropertyAction) record = g_property_action_new ("record-visit", button, "recording");

  g_object_set_data (G_OBJECT (window), "replay-bar", bar);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (record));
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_object (button, "kept", G_CALLBACK (kept_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "failed", G_CALLBACK (failed_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (plancia_window_get_session (window),
                           "notify::plant",
                           G_CALLBACK (plant_changed_cb),
                           window,
                           G_CONNECT_SWAPPED);
  plant_changed_cb (window);
}
