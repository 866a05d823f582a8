/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/journal-dialog.h"

#include "model/journal-words.h"
#include "model/open-plant-journal.h"
#include "ui/error-dialog.h"
#include "ui/error-text.h"
#include "ui/journal-row.h"
#include "ui/journal-undo.h"
#include "ui/line-dialog.h"
#include "ui/save-question.h"
#include "ui/window-parent.h"
#include <glib/gi18n.h>
#include <string.h>

/* Rows that are shown; the export has all. */
#define SHOWN 200

struct _PlanciaJournalDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkDropDown     *devices;
  GtkStack        *stack;
  GtkListBox      *list;
  GtkLabel        *more;
  GtkWidget       *export_button;

  PlanciaSession *session;
  PlanciaJournal *journal;
  GPtrArray      *names;   /* of devices that were written to, as in the drop-down after "all" */
  char           *chosen;  /* name of one, or NULL */
  GPtrArray      *entries; /* PlanciaJournalEntry*, all */
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaJournalDialog, plancia_journal_dialog, ADW_TYPE_WINDOW)

static void reload (PlanciaJournalDialog *self);

static void
toast (PlanciaJournalDialog *self, const char *text)
{
  /* Closed meanwhile. */
  if (self->journal == NULL)
    return;
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/* --- what a row asks for ---------------------------------------------------------------------- */

static void
on_noted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaJournalDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_journal_note_finish (PLANCIA_JOURNAL (object), result, &error))
    toast (self, plancia_error_text (error));
}

typedef struct
{
  PlanciaJournalDialog *dialog;
  PlanciaJournalEntry  *entry;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_object_unref (self->dialog);
  plancia_journal_entry_unref (self->entry);
  g_free (self);
}

static Asked *
asked_new (PlanciaJournalDialog *dialog, PlanciaJournalRow *row)
{
  Asked *self = g_new0 (Asked, 1);

  self->dialog = g_object_ref (dialog);
  self->entry = plancia_journal_entry_ref (plancia_journal_row_get_entry (row));
  return self;
}

static void
take_note (const char *text, gpointer user_data)
{
  Asked *asked = user_data;

  plancia_journal_note_async (asked->dialog->journal,
                              asked->entry->id,
                              text,
                              on_noted,
                              g_object_ref (asked->dialog));
}

static void
on_note (PlanciaJournalDialog *self, PlanciaJournalRow *row)
{
  const PlanciaLineQuestion asked = {
    .heading = _("Add a note"),
                  .body = _("It stays with the row and cannot be removed."),
                             .label = _("Note"), .accept = _("_Add"), .text = ""};

  plancia_line_dialog_show (GTK_WINDOW (self),
                            &asked,
                            take_note,
                            asked_new (self, row),
                            asked_free);
}

static void
on_undo (PlanciaJournalDialog *self, PlanciaJournalRow *row)
{
  GtkWidget *dialog = plancia_journal_undo (self->session, plancia_journal_row_get_entry (row));

  if (dialog == NULL) {
    toast (self, _ ("There is nothing to undo: the device has these values, or another map."));
    return;
  }
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_settled (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaJournalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  PlanciaVerdict verdict;

  if (!plancia_journal_settle_finish (PLANCIA_JOURNAL (object), result, &verdict, &error))
    toast (self, plancia_error_text (error));
  else if (verdict == PLANCIA_VERDICT_VERIFIED)
    toast (self, _ ("The device has what was sent."));
  else if (verdict == PLANCIA_VERDICT_DIFFERS)
    toast (self, _ ("The device has another value than was sent."));
}

static void
on_leave (PlanciaJournalDialog *self, PlanciaJournalRow *row)
{
  plancia_journal_settle_async (self->journal,
                                plancia_journal_row_get_entry (row),
                                NULL,
                                on_settled,
                                g_object_ref (self));
}

static void
on_words (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (object), result, &error);

  if (asked->dialog->journal == NULL)
    ;
  else if (words != NULL)
    plancia_journal_settle_async (asked->dialog->journal,
                                  asked->entry,
                                  (const guint16 *) (gpointer) words->data,
                                  on_settled,
                                  g_object_ref (asked->dialog));
  else
    toast (asked->dialog, plancia_error_text (error));
  asked_free (asked);
}

static void
on_read_back (PlanciaJournalDialog *self, PlanciaJournalRow *row)
{
  const PlanciaJournalEntry *entry = plancia_journal_row_get_entry (row);
  PlanciaDevice             *device = plancia_journal_find_device (self->session, entry);
  PlanciaBackend            *backend = device != NULL ? plancia_device_get_backend (device) : NULL;

  if (backend == NULL || plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN) {
    toast (self, _ ("The device is not connected."));
    return;
  }
  plancia_backend_read_raw_async (backend,
                                  entry->unit,
                                  3,
                                  entry->address,
                                  (guint16) entry->count,
                                  self->cancellable,
                                  on_words,
                                  asked_new (self, row));
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Numbers of the rows that somebody has opened: they stay so when the list is read anew. */
static GHashTable *
find_expanded (PlanciaJournalDialog *self)
{
  GHashTable *expanded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
      g_hash_table_add (expanded,
                        g_memdup2 (&plancia_journal_row_get_entry (PLANCIA_JOURNAL_ROW (row))->id,
                                   sizeof (gint64)));
  return expanded;
}

static void
add_row (PlanciaJournalDialog *self, PlanciaJournalEntry *entry, GHashTable *expanded)
{
  static const struct
  {
    const char *signal;
    void (*func) (PlanciaJournalDialog *self, PlanciaJournalRow *row);
  } handlers[] = {
    {"note",      on_note     },
    {"undo",      on_undo     },
    {"read-back", on_read_back},
    {"leave",     on_leave    },
  };
  GtkWidget *row =
    plancia_journal_row_new (entry, plancia_journal_find_device (self->session, entry) != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (row,
                             handlers[i].signal,
                             G_CALLBACK (handlers[i].func),
                             self,
                             G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
  /* What waits for an answer is open at once. */
  if (entry->state == PLANCIA_JOURNAL_OPEN || g_hash_table_contains (expanded, &entry->id))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

static gboolean
is_shown (PlanciaJournalDialog *self, const PlanciaJournalEntry *entry)
{
  return self->chosen == NULL || g_strcmp0 (entry->device, self->chosen) == 0;
}

static void
show_rows (PlanciaJournalDialog *self)
{
  g_autoptr (GHashTable) expanded = find_expanded (self);
  guint            n = 0;
  GtkWidget       *row;
  g_autofree char *more = NULL;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->entries->len; i++) {
    PlanciaJournalEntry *entry = g_ptr_array_index (self->entries, i);

    if (is_shown (self, entry) && n++ < SHOWN)
      add_row (self, entry, expanded);
  }
  more = g_strdup_printf (
    /* TRANSLATORS: how many rows of the journal are shown, how many there are */
    _ ("The newest %u of %u are shown; the export has all."), SHOWN, n);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > SHOWN);
  gtk_widget_set_sensitive (self->export_button, n > 0);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

/* --- the choice of a device ------------------------------------------------------------------- */

static gboolean
has_name (PlanciaJournalDialog *self, const char *name, guint *index)
{
  return g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, index);
}

static void
show_devices (PlanciaJournalDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint index = 0;

  gtk_string_list_append (model, _ ("All devices"));
  g_ptr_array_set_size (self->names, 0);
  if (self->chosen != NULL)
    g_ptr_array_add (self->names, g_strdup (self->chosen));
  for (guint i = 0; i < self->entries->len; i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (self->entries, i);

    if (entry->device != NULL && !has_name (self, entry->device, NULL))
      g_ptr_array_add (self->names, g_strdup (entry->device));
  }
  for (guint i = 0; i < self->names->len; i++)
    gtk_string_list_append (model, g_ptr_array_index (self->names, i));
  g_signal_handlers_block_matched (self->devices, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_drop_down_set_model (self->devices, G_LIST_MODEL (model));
  gtk_drop_down_set_selected (
    self->devices,
    self->chosen != NULL && has_name (self, self->chosen, &index) ? index + 1 : 0);
  g_signal_handlers_unblock_matched (self->devices, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
}

static void
on_device (PlanciaJournalDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->devices);

  if (self->entries == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  g_free (self->chosen);
  self->chosen = selected > 0 ? g_strdup (g_ptr_array_index (self->names, selected - 1)) : NULL;
  show_rows (self);
}

/* --- reading the journal ---------------------------------------------------------------------- */

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaJournalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    entries = plancia_journal_list_finish (PLANCIA_JOURNAL (object), result, &error);

  if (self->journal == NULL)
    return;
  if (entries == NULL) {
    plancia_error_dialog_show (GTK_WINDOW (self), _ ("The journal cannot be read"), error);
    return;
  }
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_steal_pointer (&entries);
  show_devices (self);
  show_rows (self);
}

static void
reload (PlanciaJournalDialog *self)
{
  const PlanciaJournalFilter all = {0};

  plancia_journal_list_async (self->journal,
                              &all,
                              self->cancellable,
                              on_listed,
                              g_object_ref (self));
}

/* --- export ----------------------------------------------------------------------------------- */

static void
on_saved (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaJournalDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    toast (self, _ ("The journal was saved."));
  else if (self->journal != NULL)
    plancia_error_dialog_show (GTK_WINDOW (self), _ ("The journal could not be saved"), error);
}

static void
save_to (PlanciaJournalDialog *self, GFile *file)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  for (guint i = 0; i < self->entries->len; i++)
    if (is_shown (self, g_ptr_array_index (self->entries, i)))
      g_ptr_array_add (shown, g_ptr_array_index (self->entries, i));
  csv = plancia_journal_to_csv (shown);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_NONE,
                                       self->cancellable,
                                       on_saved,
                                       g_object_ref (self));
}

static void
on_file (GtkWidget *widget, GFile *file, gpointer user_data)
{
  save_to (PLANCIA_JOURNAL_DIALOG (widget), file);
}

static void
on_export (PlanciaJournalDialog *self)
{
  plancia_save_question_ask (GTK_WIDGET (self),
                             _ ("Export journal"), "journal.csv", on_file, NULL, NULL);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
plancia_journal_dialog_dispose (GObject *object)
{
  PlanciaJournalDialog *self = PLANCIA_JOURNAL_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  g_clear_object (&self->journal);
  G_OBJECT_CLASS (plancia_journal_dialog_parent_class)->dispose (object);
}

static void
plancia_journal_dialog_finalize (GObject *object)
{
  PlanciaJournalDialog *self = PLANCIA_JOURNAL_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_ptr_array_unref (self->names);
  g_free (self->chosen);
  G_OBJECT_CLASS (plancia_journal_dialog_parent_class)->finalize (object);
}

static void
plancia_journal_dialog_class_init (PlanciaJournalDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_journal_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_journal_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/journal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, devices);
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, more);
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, on_device);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_journal_dialog_init (PlanciaJournalDialog *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_journal_dialog_new:
 * @device: (nullable): whose writes to show at first
 */
GtkWindow *
plancia_journal_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaJournalDialog *self = g_object_new (PLANCIA_TYPE_JOURNAL_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->journal =
    g_object_ref (plancia_open_plant_get_journal (plancia_session_get_plant (session)));
  self->chosen = device != NULL ? g_strdup (plancia_device_get_name (device)) : NULL;
  g_signal_connect_swapped (self->journal, "changed", G_CALLBACK (reload), self);
  plancia_window_parent_set (GTK_WINDOW (self), parent);
  reload (self);
  return GTK_WINDOW (self);
}
