/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/secrets.h"

/* There is no Secret Service on the bus of the tests. */

static void
assert_secret (const char *account, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = plancia_secrets_lookup (account, name, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
test_memory (void)
{
  assert_secret ("home", "key", NULL);
  plancia_secrets_remember ("home", "key", "first");
  plancia_secrets_remember ("home", "key", "second");
  plancia_secrets_remember ("home", "client", "somebody");
  plancia_secrets_remember ("homes", "key", "of another");
  assert_secret ("home", "key", "second");
  assert_secret ("home", "client", "somebody");
  assert_secret ("home", "token", NULL);
  g_assert_true (plancia_secrets_clear ("home", NULL, NULL));
  assert_secret ("home", "key", NULL);
  assert_secret ("home", "client", NULL);
  assert_secret ("homes", "key", "of another");
}

static void
test_fallback (void)
{
  gboolean in_memory = FALSE;
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_secrets_store ("office", "token", "tk", &in_memory, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (in_memory);
  assert_secret ("office", "token", "tk");
  g_assert_true (plancia_secrets_clear ("office", NULL, NULL));
  assert_secret ("office", "token", NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean in_memory = FALSE;

  g_cancellable_cancel (cancellable);
  g_assert_false (plancia_secrets_store ("x", "key", "k", &in_memory, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_secret ("x", "key", NULL);
}

static GLogWriterOutput
look_for_secret (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0 && strstr (fields[i].value, "very-secret-42") != NULL)
      *(gboolean *) data = TRUE;
  return G_LOG_WRITER_HANDLED;
}

static void
test_never_logged (void)
{
  gboolean seen = FALSE;

  g_log_set_writer_func (look_for_secret, &seen, NULL);
  g_assert_true (plancia_secrets_store ("log", "key", "very-secret-42", NULL, NULL, NULL));
  assert_secret ("log", "key", "very-secret-42");
  g_assert_true (plancia_secrets_clear ("log", NULL, NULL));
  g_assert_false (seen);
}

int
main (int argc, char **argv)
{
  /* An address at which nobody listens: no keyring of the person who runs the tests. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/plancia-test-bus", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plant/secrets/memory", test_memory);
  g_test_add_func ("/plant/secrets/fallback", test_fallback);
  g_test_add_func ("/plant/secrets/cancelled", test_cancelled);
  g_test_add_func ("/plant/secrets/never-logged", test_never_logged);
  return g_test_run ();
}
