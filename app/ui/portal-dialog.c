/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/portal-dialog.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "plant/secrets.h"
#include "ui/add-entry.h"
#include "ui/error-dialog.h"

#include <glib/gi18n.h>

struct _PlanciaPortalDialog
{
  AdwWindow parent_instance;

  GtkWidget   *add_button;
  GtkSpinner  *spinner;
  GtkWidget   *form;
  GtkEditable *name_row;
  GtkEditable *client_row;
  GtkEditable *key_row;
  GtkEditable *serials_row;

  PlanciaWorker *worker;
  char          *account; /* new for each dialog; names the secrets */
  gboolean       in_memory;
};

enum {
  SIGNAL_ACCEPTED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaPortalDialog, plancia_portal_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- what was pasted ------------------------------------------------------------------------- */

static gboolean
is_wrapping (gunichar c)
{
  return g_unichar_isspace (c) || strchr ("\"'", (int) c) || c == 0x201c || c == 0x201d ||
         c == 0xab || c == 0xbb;
}

/**
 * plancia_portal_dialog_clean:
 * @pasted: what came from a letter
 *
 * Returns: (transfer full): without line ends, and without blanks and quotes around it
 */
char *
plancia_portal_dialog_clean (const char *pasted)
{
  g_autofree char *line = g_strdup (pasted);
  const char      *start = line;
  const char      *end;

  g_strdelimit (line, "\r\n\t", ' ');
  while (*start && is_wrapping (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  end = start + strlen (start);
  while (end > start && is_wrapping (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, (gsize) (end - start));
}

char **
plancia_portal_dialog_split_serials (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;\t\r\n", -1);
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();

  for (guint i = 0; parts[i]; i++) {
    gboolean known = g_ptr_array_find_with_equal_func (serials, parts[i], g_str_equal, NULL);

    if (parts[i][0] != '\0' && !known)
      g_ptr_array_add (serials, g_strdup (parts[i]));
  }
  g_ptr_array_add (serials, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&serials), FALSE);
}

/* --- keeping the credentials ----------------------------------------------------------------- */

typedef struct
{
  char    *account;
  char    *client;
  char    *key;
  gboolean in_memory;
} Credentials;

static void
credentials_free (Credentials *credentials)
{
  g_free (credentials->account);
  explicit_bzero (credentials->client, strlen (credentials->client));
  explicit_bzero (credentials->key, strlen (credentials->key));
  g_free (credentials->client);
  g_free (credentials->key);
  g_free (credentials);
}

static void
keep (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Credentials *all = task_data;
  gboolean     client_in_memory = FALSE;
  gboolean     key_in_memory = FALSE;
  GError      *error = NULL;

  if (!plancia_secrets_store (all->account,
                              "client",
                              all->client,
                              &client_in_memory,
                              cancellable,
                              &error) ||
      !plancia_secrets_store (all->account, "key", all->key, &key_in_memory, cancellable, &error)) {
    g_task_return_error (task, error);
    return;
  }
  all->in_memory = client_in_memory || key_in_memory;
  g_task_return_boolean (task, TRUE);
}

static void
set_busy (PlanciaPortalDialog *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_sensitive (self->add_button, !busy);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaPortalDialog *self = PLANCIA_PORTAL_DIALOG (source);
  Credentials         *credentials = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    self->in_memory = credentials->in_memory;
    g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
    gtk_window_close (GTK_WINDOW (self));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    set_busy (self, FALSE);
    plancia_error_dialog_show (GTK_WINDOW (self), _("The credentials could not be kept"), error);
  }
}

static void
add_cb (PlanciaPortalDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, kept_cb, NULL);
  Credentials *credentials = g_new0 (Credentials, 1);

  credentials->account = g_strdup (self->account);
  credentials->client = plancia_portal_dialog_clean (gtk_editable_get_text (self->client_row));
  credentials->key = plancia_portal_dialog_clean (gtk_editable_get_text (self->key_row));
  g_task_set_task_data (task, credentials, (GDestroyNotify) credentials_free);
  set_busy (self, TRUE);
  plancia_worker_run (self->worker, task, keep);
}

static void
changed_cb (PlanciaPortalDialog *self)
{
  g_autofree char *client = plancia_portal_dialog_clean (gtk_editable_get_text (self->client_row));
  g_autofree char *key = plancia_portal_dialog_clean (gtk_editable_get_text (self->key_row));
  g_autofree char *name = plancia_portal_dialog_clean (gtk_editable_get_text (self->name_row));

  gtk_widget_set_sensitive (self->add_button, client[0] && key[0] && name[0]);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_portal_dialog_dispose (GObject *object)
{
  PlanciaPortalDialog *self = PLANCIA_PORTAL_DIALOG (object);

  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (plancia_portal_dialog_parent_class)->dispose (object);
}

static void
plancia_portal_dialog_finalize (GObject *object)
{
  g_free (PLANCIA_PORTAL_DIALOG (object)->account);

  G_OBJECT_CLASS (plancia_portal_dialog_parent_class)->finalize (object);
}

static void
plancia_portal_dialog_class_init (PlanciaPortalDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_portal_dialog_dispose;
  object_class->finalize = plancia_portal_dialog_finalize;

  signals[SIGNAL_ACCEPTED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "accepted", 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/portal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, client_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortalDialog, serials_row);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
plancia_portal_dialog_init (PlanciaPortalDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-secrets");
  self->account = g_uuid_string_random ();
  gtk_editable_set_text (self->name_row, "Azzurro Portal");
  gtk_widget_grab_focus (GTK_WIDGET (self->client_row));
}

/**
 * plancia_portal_dialog_new:
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_portal_dialog_new (GtkWindow *parent)
{
  return g_object_new (PLANCIA_TYPE_PORTAL_DIALOG, "transient-for", parent, NULL);
}

/**
 * plancia_portal_dialog_apply:
 * @self: the dialog after "accepted"
 * @plant: gets the account and its devices
 *
 * Returns: (transfer none): the account's entry
 */
PlanciaEntry *
plancia_portal_dialog_apply (PlanciaPortalDialog *self, PlanciaPlant *plant)
{
  g_auto (GStrv)
    serials = plancia_portal_dialog_split_serials (gtk_editable_get_text (self->serials_row));
  g_autofree char *name = plancia_portal_dialog_clean (gtk_editable_get_text (self->name_row));
  g_autofree char *text = g_strconcat ("portal://", self->account, NULL);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  PlanciaEntry *account;

  g_return_val_if_fail (address != NULL, NULL);

  account = plancia_add_entry (plant, "portal", name, address, NULL);
  plancia_entry_set_name (account, name);
  for (guint i = 0; serials[i]; i++) {
    g_autofree char *escaped = g_uri_escape_string (serials[i], NULL, FALSE);
    g_autofree char *thing_text = g_strconcat (text, "/", escaped, NULL);
    g_autoptr (PlanciaAddress) thing = plancia_address_parse (thing_text, NULL);

    if (thing)
      plancia_add_entry (plant, "thing", serials[i], thing, NULL);
  }
  return account;
}

gboolean
plancia_portal_dialog_get_in_memory (PlanciaPortalDialog *self)
{
  return self->in_memory;
}
