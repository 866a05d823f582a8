/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/account-removal.h"

#include "backend/cloud-writes.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "ui/callback-service.h"
#include "ui/settings.h"
#include <string.h>

/* What goes to the thread, and what comes back. */
typedef struct
{
  char    *account;
  char    *own;    /* file of the plant that it is removed from; "" if it has none */
  GStrv    recent; /* other plants of this person */
  gboolean receiver_too;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *self = data;

  g_free (self->account);
  g_free (self->own);
  g_strfreev (self->recent);
  g_free (self);
}

static gboolean
file_has (const char *path, const char *text)
{
  g_autofree char *contents = NULL;

  return g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, text) != NULL;
}

/* Whether one of the files that is not the own one has the text. */
static gboolean
any_has (Removal *self, const char *const *paths, const char *text)
{
  for (guint i = 0; paths[i] != NULL; i++)
    if (!g_str_equal (paths[i], self->own) && file_has (paths[i], text))
      return TRUE;
  return FALSE;
}

static gboolean
is_used_elsewhere (Removal *self)
{
  g_auto (GStrv) noted = plancia_cloud_settings_list_plants (self->account);
  g_autofree char *address = g_strconcat ("://", self->account, "\"", NULL);

  return any_has (self, (const char *const *) noted, address) ||
         any_has (self, (const char *const *) self->recent, address);
}

static void
forget_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Removal *self = data;
  g_autoptr (GError) error = NULL;

  if (is_used_elsewhere (self)) {
    g_info ("another plant has the account that was removed: it is kept");
    g_task_return_boolean (task, FALSE);
    return;
  }
  plancia_cloud_settings_forget (self->account);
  if (!plancia_secrets_clear (self->account, cancellable, &error))
    g_info ("secrets of an account that was removed: %s", error->message);
  g_task_return_boolean (task,
                         self->receiver_too &&
                           !any_has (self, (const char *const *) self->recent, "\"system://"));
}

/* Nobody waits for answers of a cloud any more. */
static void
forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_settings_set_boolean (plancia_settings_get (), "receiver-on", FALSE);
  plancia_callback_receiver_forget (plancia_callback_service_get ());
}

static gboolean
is_system (PlanciaEntry *entry)
{
  return plancia_address_get_kind (plancia_entry_get_address (entry)) == PLANCIA_ADDRESS_SYSTEM;
}

static gboolean
has_other_system (PlanciaPlant *plant, PlanciaEntry *account)
{
  GListModel *entries = plancia_plant_get_entries (plant);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    if (entry != account && is_system (entry))
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_account_removal_note:
 * @plant: what was opened or saved
 * @path: its file
 */
void
plancia_account_removal_note (PlanciaPlant *plant, const char *path)
{
  GListModel *entries = plancia_plant_get_entries (plant);

  for (guint i = 0; path != NULL && i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    const char *account = plancia_address_get_account (plancia_entry_get_address (entry));

    if (account != NULL && g_str_equal (plancia_entry_get_kind (entry), "portal"))
      plancia_cloud_settings_note_plant (account, path);
  }
}

/**
 * plancia_account_removal_forget:
 * @plant: the plant that still has it
 * @account: which one
 *
 * Of its writes those that have ended go from the list; those that wait are still recorded when they end.
 */
void
plancia_account_removal_forget (PlanciaOpenPlant *plant, PlanciaEntry *account)
{
  PlanciaPlant *document = plancia_open_plant_get_plant (plant);
  const char   *name = plancia_address_get_account (plancia_entry_get_address (account));
  GSettings    *settings = plancia_settings_get ();
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  if (plancia_plant_get_simulated (document) || name == NULL)
    return;
  plancia_cloud_writes_forget (plancia_cloud_writes_get_default (), name);
  removal = g_new0 (Removal, 1);
  removal->account = g_strdup (name);
  removal->own = g_settings_get_string (settings, "plant");
  removal->recent = g_settings_get_strv (settings, "recent-plants");
  removal->receiver_too = is_system (account) && !has_other_system (document, account);
  task = g_task_new (NULL, NULL, forgotten, NULL);
  g_task_set_task_data (task, removal, removal_free);
  g_task_run_in_thread (task, forget_on_thread);
}
