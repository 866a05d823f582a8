/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/secrets.h"

#include "base/log.h"

#include <libsecret/secret.h>
#include <string.h>

/* Times, and us between them, that what somebody else's "stop" made fail is tried again. */
#define REPEATS      10
#define REPEAT_PAUSE 20000

static const SecretSchema schema = {
  PLANCIA_APPLICATION_ID,
  SECRET_SCHEMA_NONE,
  {
    {"account", SECRET_SCHEMA_ATTRIBUTE_STRING},
    {"name", SECRET_SCHEMA_ATTRIBUTE_STRING},
    {NULL, 0},
    },
};

/* "account\nname" to secret. */
static GHashTable *memory;
static GMutex      memory_mutex;

static void
forget (gpointer secret)
{
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static char *
memory_key (const char *account, const char *name)
{
  return g_strconcat (account, "\n", name, NULL);
}

/* With the mutex held. */
static GHashTable *
get_memory (void)
{
  if (memory == NULL)
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, forget);
  return memory;
}

static char *
recall (const char *account, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&memory_mutex);
  g_autofree char *key = memory_key (account, name);

  return g_strdup (g_hash_table_lookup (get_memory (), key));
}

static void
drop (const char *account, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&memory_mutex);
  g_autofree char *key = memory_key (account, name);

  g_hash_table_remove (get_memory (), key);
}

static gboolean
is_of_account (gpointer key, gpointer value, gpointer user_data)
{
  return g_str_has_prefix (key, user_data);
}

static void
drop_account (const char *account)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&memory_mutex);
  g_autofree char *prefix = memory_key (account, "");

  g_hash_table_foreach_remove (get_memory (), is_of_account, prefix);
}

/* The session bus is one connection for the whole program: who cancels while it is being made makes it fail for all who
 * wait for it. That is not our "stop". */
static gboolean
is_to_repeat (GError **failure, GCancellable *cancellable, guint *attempts)
{
  if (!g_error_matches (*failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (cancellable) || ++*attempts > REPEATS)
    return FALSE;
  g_clear_error (failure);
  g_usleep (REPEAT_PAUSE);
  return TRUE;
}

/* Only a person's "stop" is an error: that a Secret Service is missing, or broken, is said by in_memory. */
static gboolean
check_error (GError *failure, GCancellable *cancellable, GError **error)
{
  if (failure == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_error_free (failure);
    return FALSE;
  }
  g_info ("no Secret Service: %s", failure->message);
  g_error_free (failure);
  return TRUE;
}

/**
 * plancia_secrets_lookup:
 * @account: the name of the cloud account
 * @name: "client", "key" or "token"
 * @cancellable: (nullable): stops it
 * @error: G_IO_ERROR_CANCELLED
 *
 * Blocks, perhaps until a person has unlocked the keyring: on a worker.
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without an error if there is none
 */
char *
plancia_secrets_lookup (const char   *account,
                        const char   *name,
                        GCancellable *cancellable,
                        GError      **error)
{
  char   *secret = recall (account, name);
  char   *stored = NULL;
  GError *failure = NULL;
  guint   attempts = 0;

  if (secret != NULL)
    return secret;
  do
    stored = secret_password_lookup_sync (&schema,
                                          cancellable,
                                          &failure,
                                          "account",
                                          account,
                                          "name",
                                          name,
                                          NULL);
  while (is_to_repeat (&failure, cancellable, &attempts));
  if (!check_error (failure, cancellable, error))
    return NULL;
  secret = g_strdup (stored);
  secret_password_free (stored);
  plancia_log_add_secret (secret);
  return secret;
}

/**
 * plancia_secrets_store:
 * @account: the name of the cloud account
 * @name: "client", "key" or "token"
 * @secret: what to keep
 * @in_memory: (out) (optional): %TRUE if no Secret Service took it: it will be gone at exit
 * @cancellable: (nullable): stops it
 * @error: G_IO_ERROR_CANCELLED
 *
 * Blocks, perhaps until a person has unlocked the keyring: on a worker.
 *
 * Returns: whether it is kept
 */
gboolean
plancia_secrets_store (const char   *account,
                       const char   *name,
                       const char   *secret,
                       gboolean     *in_memory,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autofree char *label = g_strdup_printf ("Plancia: %s, %s", account, name);
  GError          *failure = NULL;
  guint            attempts = 0;
  gboolean         stored;

  plancia_log_add_secret (secret);
  do
    stored = secret_password_store_sync (&schema,
                                         SECRET_COLLECTION_DEFAULT,
                                         label,
                                         secret,
                                         cancellable,
                                         &failure,
                                         "account",
                                         account,
                                         "name",
                                         name,
                                         NULL);
  while (is_to_repeat (&failure, cancellable, &attempts));
  if (!check_error (failure, cancellable, error))
    return FALSE;
  if (stored)
    drop (account, name);
  else
    plancia_secrets_remember (account, name, secret);
  if (in_memory != NULL)
    *in_memory = !stored;
  return TRUE;
}

/**
 * plancia_secrets_clear:
 * @account: the name of the cloud account
 * @cancellable: (nullable): stops it
 * @error: G_IO_ERROR_CANCELLED
 *
 * Forgets everything about @account, here and in the Secret Service. Blocks: on a worker.
 *
 * Returns: whether it is done
 */
gboolean
plancia_secrets_clear (const char *account, GCancellable *cancellable, GError **error)
{
  GError *failure = NULL;
  guint   attempts = 0;

  drop_account (account);
  do
    secret_password_clear_sync (&schema, cancellable, &failure, "account", account, NULL);
  while (is_to_repeat (&failure, cancellable, &attempts));
  return check_error (failure, cancellable, error);
}

/**
 * plancia_secrets_remember:
 * @account: the name of the cloud account
 * @name: "client", "key" or "token"
 * @secret: what to keep until the program ends
 *
 * Does not block. Any thread.
 */
void
plancia_secrets_remember (const char *account, const char *name, const char *secret)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&memory_mutex);

  plancia_log_add_secret (secret);
  g_hash_table_replace (get_memory (), memory_key (account, name), g_strdup (secret));
}
