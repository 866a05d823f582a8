/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/portal-dialog.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "ui/account-letter.h"
#include "ui/account-quiet.h"
#include "ui/account-trial.h"
#include "ui/add-entry.h"
#include "ui/error-dialog.h"
#include "ui/profile-dialog.h"
#include "ui/row-names.h"

#include <glib/gi18n.h>

struct _PlanciaPortalDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle       *heading;
  GtkWidget            *add_button;
  GtkSpinner           *spinner;
  GtkWidget            *form;
  GtkWidget            *source_group;
  GtkToggleButton      *portal_button;
  GtkToggleButton      *system_button;
  PlanciaAccountLetter *letter;
  GtkEditable          *client_row;
  GtkEditable          *key_row;
  GtkEditable          *token_row;
  GtkEditable          *url_row;
  PlanciaAccountTrial  *trial;
  GtkWidget            *things_group;
  GtkEditable          *serials_row;
  GtkEditable          *name_row;
  AdwActionRow         *profile_row;
  GtkWidget            *unverified;
  PlanciaAccountQuiet  *quiet_row;

  PlanciaWorker       *worker;
  char                *account;     /* names the secrets; new for a new account */
  PlanciaEntry        *entry;       /* of one that exists; or NULL */
  PlanciaCloudProfile *profile;     /* what counts */
  gboolean             own_profile; /* a person changed it here */
  char                *pin;         /* trusted here; or NULL */
  gint64               worked;      /* when a test of what stands here succeeded; 0 not */
  gboolean             in_memory;
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

/* --- what stands there ----------------------------------------------------------------------- */

static gboolean
is_system (PlanciaPortalDialog *self)
{
  return !gtk_toggle_button_get_active (self->portal_button);
}

static const char *
get_source (PlanciaPortalDialog *self)
{
  return is_system (self) ? "system" : "portal";
}

static char *
dup_clean (GtkEditable *row)
{
  return plancia_portal_dialog_clean (gtk_editable_get_text (row));
}

/* NULL where nothing stands. */
static char *
dup_secret (GtkEditable *row)
{
  char *text = dup_clean (row);

  if (text[0] == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
take_credentials (PlanciaPortalDialog *self, PlanciaCloudCredentials *out)
{
  out->client = is_system (self) ? NULL : dup_secret (self->client_row);
  out->key = is_system (self) ? NULL : dup_secret (self->key_row);
  out->token = is_system (self) ? dup_secret (self->token_row) : NULL;
}

/* Whether all that the profile needs stands there, or nothing at all of an account that has it. */
static gboolean
has_credentials (PlanciaPortalDialog *self, gboolean *given)
{
  PlanciaCloudCredentials all = {0};
  gboolean                whole;

  take_credentials (self, &all);
  *given = all.client || all.key || all.token;
  whole = (all.client || !plancia_cloud_profile_needs (self->profile, "client")) &&
          (all.key || !plancia_cloud_profile_needs (self->profile, "key")) &&
          (all.token || !plancia_cloud_profile_needs (self->profile, "token"));
  plancia_cloud_credentials_clear (&all);
  return whole || (self->entry && !*given);
}

/* An own address; NULL: the profile's. */
static char *
dup_url (PlanciaPortalDialog *self)
{
  if (!is_system (self))
    return self->entry ? g_strdup (plancia_entry_get_url (self->entry)) : NULL;
  return dup_secret (self->url_row);
}

static gboolean
has_address (PlanciaPortalDialog *self)
{
  g_autofree char *url = dup_url (self);

  if (!url || (self->entry && g_strcmp0 (url, plancia_entry_get_url (self->entry)) == 0))
    return url || plancia_cloud_profile_has_url (self->profile);
  /* The credentials go there. */
  return g_str_has_prefix (url, "https://") || plancia_cloud_url_is_local (url);
}

static void
changed_cb (PlanciaPortalDialog *self)
{
  g_autofree char *name = dup_clean (self->name_row);
  gboolean         given;
  gboolean         complete = has_credentials (self, &given) && has_address (self);

  self->worked = 0;
  plancia_account_trial_forget (self->trial);
  gtk_widget_set_sensitive (GTK_WIDGET (self->trial), complete);
  gtk_widget_set_sensitive (self->add_button, complete && name[0] != '\0');
}

static void
show_profile (PlanciaPortalDialog *self)
{
  gboolean unverified = self->profile->unverified && self->worked == 0 &&
                        plancia_cloud_settings_get_verified (self->account) == 0;
  g_autofree char *own = g_strdup_printf (_ ("%s, changed"), self->profile->name);
  gboolean changed = self->own_profile || plancia_cloud_settings_has_own_profile (self->account);

  adw_action_row_set_subtitle (self->profile_row, changed ? own : self->profile->name);
  gtk_widget_set_visible (self->unverified, unverified);
}

static void
load_profile (PlanciaPortalDialog *self)
{
  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);
  self->profile = plancia_cloud_settings_load_profile (self->account, get_source (self), NULL);
  /* What a person wrote there cannot be read any more: the editor shows the shipped one. */
  if (!self->profile)
    self->profile = plancia_cloud_profile_shipped (is_system (self) ? PLANCIA_CLOUD_SYSTEM
                                                                    : PLANCIA_CLOUD_PORTAL);
}

static void
source_cb (PlanciaPortalDialog *self)
{
  gboolean    system = is_system (self);
  const char *title = system ? "Azzurro System" : "Azzurro Portal";

  adw_window_title_set_subtitle (self->heading, title);
  plancia_account_letter_set_system (self->letter, system);
  gtk_widget_set_visible (GTK_WIDGET (self->client_row), !system);
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), !system);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), system);
  gtk_widget_set_visible (GTK_WIDGET (self->url_row), system);
  if (!self->entry)
    gtk_editable_set_text (self->name_row, title);
  self->own_profile = FALSE;
  load_profile (self);
  changed_cb (self);
  show_profile (self);
}

/* --- the test -------------------------------------------------------------------------------- */

static char *
dup_first_thing (PlanciaPortalDialog *self)
{
  g_auto (GStrv)
    serials = plancia_portal_dialog_split_serials (gtk_editable_get_text (self->serials_row));
  g_autoptr (PlanciaEntry) child =
    self->entry ? g_list_model_get_item (plancia_entry_get_children (self->entry), 0) : NULL;

  if (serials[0])
    return g_strdup (serials[0]);
  return child ? g_strdup (plancia_address_get_thing (plancia_entry_get_address (child))) : NULL;
}

static PlanciaCloudTrial *
make_trial (gpointer user_data)
{
  PlanciaPortalDialog *self = user_data;
  PlanciaCloudTrial   *trial = plancia_cloud_trial_new (self->account, get_source (self));
  gboolean             given;

  has_credentials (self, &given);
  trial->has_credentials = given;
  take_credentials (self, &trial->credentials);
  trial->profile = plancia_cloud_profile_ref (self->profile);
  trial->url = dup_url (self);
  trial->thing = dup_first_thing (self);
  trial->pin = g_strdup (self->pin);
  return trial;
}

static void
tested_cb (PlanciaAccountTrial *trial, gboolean works, PlanciaPortalDialog *self)
{
  self->worked = works ? plancia_clock_now () : 0;
  show_profile (self);
}

static void
trusted_cb (GObject *trial, const char *fingerprint, PlanciaPortalDialog *self)
{
  g_free (self->pin);
  self->pin = g_strdup (fingerprint);
}

static void
used_cb (PlanciaProfileDialog *dialog, const char *text, gboolean works, PlanciaPortalDialog *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  PlanciaCloudProfile *profile =
    plancia_cloud_profile_parse (bytes, _ ("Profile"), get_source (self), NULL);

  if (!profile)
    return;
  plancia_cloud_profile_unref (self->profile);
  self->profile = profile;
  self->own_profile = TRUE;
  changed_cb (self);
  self->worked = works ? plancia_clock_now () : 0;
  show_profile (self);
}

static void
profile_cb (PlanciaPortalDialog *self)
{
  GtkWindow *dialog = plancia_profile_dialog_new (GTK_WINDOW (self),
                                                  self->profile->text,
                                                  get_source (self),
                                                  make_trial,
                                                  self);

  g_signal_connect_object (dialog, "used", G_CALLBACK (used_cb), self, 0);
  g_signal_connect_object (dialog, "trusted", G_CALLBACK (trusted_cb), self, 0);
  gtk_window_present (dialog);
}

/* --- keeping --------------------------------------------------------------------------------- */

/* What is kept of the account beside the plant. */
typedef struct
{
  char                   *account;
  PlanciaCloudCredentials credentials;
  char                   *profile; /* or NULL: as it is */
  char                   *pin;
  gint64                  worked;
  gboolean moved; /* to another address: what a test has shown of the old one is over */
  gboolean quiet;
  guint    from;
  guint    to;
  gboolean in_memory;
} Kept;

static void
kept_free (Kept *self)
{
  plancia_cloud_credentials_clear (&self->credentials);
  g_free (self->account);
  g_free (self->profile);
  g_free (self->pin);
  g_free (self);
}

static gboolean
keep_secrets (Kept *all, GCancellable *cancellable, GError **error)
{
  static const char *const names[] = {"client", "key", "token"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *secret = *plancia_cloud_credentials_get (&all->credentials, names[i]);
    gboolean    in_memory = FALSE;

    if (!secret)
      continue;
    if (!plancia_secrets_store (all->account, names[i], secret, &in_memory, cancellable, error))
      return FALSE;
    all->in_memory |= in_memory;
  }
  return TRUE;
}

static gboolean
keep_settings (const Kept *all, GError **error)
{
  if (all->profile && !plancia_cloud_settings_save_profile (all->account, all->profile, error))
    return FALSE;
  if (all->pin && !plancia_cloud_settings_set_pin (all->account, all->pin, error))
    return FALSE;
  if ((all->worked != 0 || all->moved) &&
      !plancia_cloud_settings_set_verified (all->account, all->worked, error))
    return FALSE;
  return plancia_cloud_settings_set_quiet (all->account, all->quiet, all->from, all->to, error);
}

static void
keep (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Kept   *all = task_data;
  GError *error = NULL;

  if (keep_secrets (all, cancellable, &error) && keep_settings (all, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
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
  Kept                *kept = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    self->in_memory = kept->in_memory;
    g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
    gtk_window_close (GTK_WINDOW (self));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    set_busy (self, FALSE);
    plancia_error_dialog_show (GTK_WINDOW (self), _ ("The credentials could not be kept"), error);
  }
}

static void
add_cb (PlanciaPortalDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, kept_cb, NULL);
  g_autofree char *url = dup_url (self);
  Kept            *all = g_new0 (Kept, 1);

  all->account = g_strdup (self->account);
  take_credentials (self, &all->credentials);
  all->profile = self->own_profile ? g_strdup (self->profile->text) : NULL;
  all->pin = g_strdup (self->pin);
  all->worked = self->worked;
  all->moved = self->entry && g_strcmp0 (url, plancia_entry_get_url (self->entry)) != 0;
  all->quiet = plancia_account_quiet_get (self->quiet_row, &all->from, &all->to);
  g_task_set_task_data (task, all, (GDestroyNotify) kept_free);
  set_busy (self, TRUE);
  plancia_worker_run (self->worker, task, keep);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_portal_dialog_dispose (GObject *object)
{
  PlanciaPortalDialog *self = PLANCIA_PORTAL_DIALOG (object);

  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->entry);
  g_clear_pointer (&self->profile, plancia_cloud_profile_unref);

  G_OBJECT_CLASS (plancia_portal_dialog_parent_class)->dispose (object);
}

static void
plancia_portal_dialog_finalize (GObject *object)
{
  PlanciaPortalDialog *self = PLANCIA_PORTAL_DIALOG (object);

  g_free (self->account);
  g_free (self->pin);

  G_OBJECT_CLASS (plancia_portal_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, heading);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, add_button);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, spinner);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, form);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, source_group);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, portal_button);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, system_button);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, letter);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, client_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, key_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, token_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, url_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, trial);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, things_group);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, serials_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, name_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, profile_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, unverified);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalDialog, quiet_row);
}

static void
plancia_portal_dialog_class_init (PlanciaPortalDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_portal_dialog_dispose;
  object_class->finalize = plancia_portal_dialog_finalize;

  signals[SIGNAL_ACCEPTED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "accepted", 0);

  g_type_ensure (PLANCIA_TYPE_ACCOUNT_LETTER);
  g_type_ensure (PLANCIA_TYPE_ACCOUNT_QUIET);
  g_type_ensure (PLANCIA_TYPE_ACCOUNT_TRIAL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/portal-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, profile_cb);
  gtk_widget_class_bind_template_callback (widget_class, source_cb);
}

static void
plancia_portal_dialog_init (PlanciaPortalDialog *self)
{
  self->account = g_uuid_string_random ();
  self->profile = plancia_cloud_profile_shipped (PLANCIA_CLOUD_PORTAL);
  self->worker = plancia_worker_new ("plancia-secrets");
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_row_names_complete (GTK_WIDGET (self->key_row));
  plancia_row_names_complete (GTK_WIDGET (self->token_row));
  plancia_account_trial_set_func (self->trial, make_trial, self);
  g_signal_connect_object (self->trial, "tested", G_CALLBACK (tested_cb), self, 0);
  g_signal_connect_object (self->trial, "trusted", G_CALLBACK (trusted_cb), self, 0);
  source_cb (self);
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
 * plancia_portal_dialog_new_for:
 * @parent: the window it belongs to
 * @entry: an account of a plant
 *
 * Credentials that are left empty stay as they are.
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_portal_dialog_new_for (GtkWindow *parent, PlanciaEntry *entry)
{
  PlanciaPortalDialog *self =
    g_object_new (PLANCIA_TYPE_PORTAL_DIALOG, "transient-for", parent, NULL);
  PlanciaAddress *address = plancia_entry_get_address (entry);
  const char     *url = plancia_entry_get_url (entry);
  guint           from, to;

  g_free (self->account);
  self->account = g_strdup (plancia_address_get_account (address));
  self->entry = g_object_ref (entry);
  if (plancia_address_get_kind (address) == PLANCIA_ADDRESS_SYSTEM)
    gtk_toggle_button_set_active (self->system_button, TRUE);
  gtk_widget_set_visible (self->source_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->serials_row), FALSE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->things_group), "");
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self->things_group),
    _ ("Credentials that are left empty stay as they are. Things are added in the tree."));
  gtk_editable_set_text (self->name_row, plancia_entry_get_name (entry));
  gtk_editable_set_text (self->url_row, url ? url : "");
  gtk_button_set_label (GTK_BUTTON (self->add_button), _ ("_Apply"));
  if (plancia_cloud_settings_get_quiet (self->account, &from, &to))
    plancia_account_quiet_set (self->quiet_row, from, to);
  source_cb (self);
  return GTK_WINDOW (self);
}

static PlanciaEntry *
change_account (PlanciaPortalDialog *self)
{
  g_autofree char *name = dup_clean (self->name_row);
  g_autofree char *url = dup_url (self);

  plancia_entry_set_name (self->entry, name);
  if (is_system (self))
    plancia_entry_set_url (self->entry, url);
  return self->entry;
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
  g_autofree char *text = g_strconcat (get_source (self), "://", self->account, NULL);
  g_autofree char *url = dup_url (self);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  PlanciaEntry *account;

  g_return_val_if_fail (address != NULL, NULL);
  if (self->entry)
    return change_account (self);

  account = plancia_add_entry (plant, "portal", name, address, NULL);
  plancia_entry_set_name (account, name);
  if (url)
    plancia_entry_set_url (account, url);
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
