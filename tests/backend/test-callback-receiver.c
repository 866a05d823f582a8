/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's callback service: its path, its test of itself, whom a callback answers, what is kept. */
#include "backend/callback-receiver.h"
#include "base/acceptor.h"
#include "base/clock.h"
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define WATCHDOG (20 * G_USEC_PER_SEC)
#define THING    "ZM1TEST00001"

typedef struct
{
  PlanciaCloudWrites      *writes;
  PlanciaCallbackReceiver *receiver;
  char                    *folder;
  char                    *file;
} Fixture;

static PlanciaCallbackReceiver *
listening (Fixture *self)
{
  PlanciaCallbackReceiver *receiver = plancia_callback_receiver_new (self->writes, self->file);
  gint64                   end = g_get_monotonic_time () + WATCHDOG;

  g_assert_cmpint (plancia_callback_receiver_get_state (receiver), ==, PLANCIA_RECEIVER_OFF);
  plancia_callback_receiver_start (receiver, "127.0.0.1", 0);
  while (plancia_callback_receiver_get_state (receiver) == PLANCIA_RECEIVER_STARTING &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_no_error (plancia_callback_receiver_get_error (receiver));
  g_assert_cmpint (plancia_callback_receiver_get_state (receiver), ==, PLANCIA_RECEIVER_LISTENING);
  return receiver;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp (NULL, NULL);
  self->file = g_build_filename (self->folder, "deep", "callbacks.txt", NULL);
  self->writes = plancia_cloud_writes_new ();
  self->receiver = listening (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *deep = g_path_get_dirname (self->file);

  plancia_callback_receiver_close (self->receiver);
  g_object_unref (self->receiver);
  g_object_unref (self->writes);
  g_unlink (self->file);
  g_rmdir (deep);
  g_rmdir (self->folder);
  g_free (self->file);
  g_free (self->folder);
}

static guint
post (const char *url, const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  return answer != NULL ? soup_message_get_status (message) : 0;
}

static PlanciaCallbackBody *
wait_body (PlanciaCallbackReceiver *receiver, guint count)
{
  gint64 end = g_get_monotonic_time () + WATCHDOG;

  while (g_list_model_get_n_items (G_LIST_MODEL (receiver)) < count &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (receiver)), ==, count);
  return g_list_model_get_item (G_LIST_MODEL (receiver), 0);
}

static PlanciaCallbackFate
deliver (Fixture *self, const char *body)
{
  g_autofree char *url = plancia_callback_receiver_dup_loopback_url (self->receiver);
  guint            count = g_list_model_get_n_items (G_LIST_MODEL (self->receiver));
  g_autoptr (PlanciaCallbackBody) taken = NULL;

  g_assert_cmpuint (post (url, body), ==, 200);
  taken = wait_body (self->receiver, count + 1);
  g_assert_cmpint (plancia_callback_body_get_origin (taken), ==, PLANCIA_CALLBACK_FROM_NETWORK);
  return plancia_callback_body_get_fate (taken);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* A service that stays open for months: clients that have gone are not kept. */
static void
test_many_clients (Fixture *self, gconstpointer data)
{
  g_autofree char *url = plancia_callback_receiver_dup_loopback_url (self->receiver);
  gint64           end;
  guint            before;

  g_assert_cmpuint (post (url, "{}"), ==, 200);
  before = count_descriptors ();
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (post (url, "{}"), ==, 200);
  end = g_get_monotonic_time () + WATCHDOG;
  while (count_descriptors () > before + 5 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (count_descriptors (), <=, before + 5);
}

static char *
callback (const char *id, const char *thing, gboolean done)
{
  g_autofree char *member = id != NULL ? g_strdup_printf ("\"requestId\":\"%s\",", id)
                                       : g_strdup ("");

  return g_strdup_printf ("{\"writeCallback\":{\"success\":%s,%s\"params\":{\"value\":[{\"%s\":{%s"
                          "\"status\":\"%s\"}}]}}}",
                          done ? "true" : "false",
                          done ? "" : "\"errorCodes\":[2],\"errorMessages\":[\"illegal address\"],",
                          thing,
                          member,
                          done ? "done" : "failed");
}

static PlanciaCloudWrite *
add_write (Fixture *self, PlanciaCloudWriteState state)
{
  const guint16                words[] = {1, 2};
  const PlanciaCloudWritePlace place = {"account", THING, "device", "a-field", 16, 4400, 2, words};
  PlanciaCloudWrite           *write = plancia_cloud_write_new (&place);

  plancia_cloud_writes_add (self->writes, write);
  for (int i = PLANCIA_CLOUD_WRITE_SENT; i <= (int) state; i++)
    plancia_cloud_write_advance (write, (PlanciaCloudWriteState) i, PLANCIA_VERDICT_UNKNOWN, NULL);
  return write;
}

static void
test_path (Fixture *self, gconstpointer data)
{
  g_autofree char *url = plancia_callback_receiver_dup_loopback_url (self->receiver);
  const char      *secret = strrchr (url, '/') + 1;
  g_autofree char *public_ = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  guint16          port = plancia_callback_receiver_get_port (self->receiver);
  gint64           end = g_get_monotonic_time () + WATCHDOG;

  /* 128 bits. */
  g_assert_cmpuint (strlen (secret), ==, 32);
  g_assert_cmpuint (strspn (secret, "0123456789abcdef"), ==, 32);
  g_assert_null (plancia_cloud_writes_get_callback_url (self->writes));
  plancia_callback_receiver_set_public_url (self->receiver, " https://gate.example:8443/zcs ");
  public_ = plancia_callback_receiver_dup_public_url (self->receiver);
  g_assert_true (g_str_has_prefix (public_, "https://gate.example:8443/zcs/"));
  g_assert_true (g_str_has_suffix (public_, secret));
  g_assert_cmpstr (plancia_cloud_writes_get_callback_url (self->writes), ==, public_);

  /* The same after a restart, another one when a person asks for it. */
  plancia_callback_receiver_stop (self->receiver);
  g_assert_cmpuint (post (url, "{}"), ==, 0);
  plancia_callback_receiver_start (self->receiver, "127.0.0.1", port);
  while (plancia_callback_receiver_get_state (self->receiver) != PLANCIA_RECEIVER_LISTENING &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  again = plancia_callback_receiver_dup_loopback_url (self->receiver);
  g_assert_cmpstr (again, ==, url);
  plancia_callback_receiver_renew (self->receiver);
  while (plancia_callback_receiver_get_state (self->receiver) != PLANCIA_RECEIVER_LISTENING &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  other = plancia_callback_receiver_dup_loopback_url (self->receiver);
  g_assert_cmpstr (other, !=, url);
  g_assert_cmpuint (post (url, "{}"), ==, 404);
}

static void
test_cannot_listen (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaCallbackReceiver) second = plancia_callback_receiver_new (self->writes, NULL);
  gint64 end = g_get_monotonic_time () + WATCHDOG;

  plancia_callback_receiver_start (second,
                                   "127.0.0.1",
                                   plancia_callback_receiver_get_port (self->receiver));
  while (plancia_callback_receiver_get_state (second) == PLANCIA_RECEIVER_STARTING &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (plancia_callback_receiver_get_state (second), ==, PLANCIA_RECEIVER_FAILED);
  g_assert_error (plancia_callback_receiver_get_error (second),
                  G_IO_ERROR,
                  G_IO_ERROR_ADDRESS_IN_USE);
  plancia_callback_receiver_start (second, "not an address", 0);
  while (plancia_callback_receiver_get_state (second) == PLANCIA_RECEIVER_STARTING &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_error (plancia_callback_receiver_get_error (second),
                  G_IO_ERROR,
                  G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_by_id (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaCloudWrite) first = add_write (self, PLANCIA_CLOUD_WRITE_WAITING);
  g_autoptr (PlanciaCloudWrite) second = add_write (self, PLANCIA_CLOUD_WRITE_WAITING);
  g_autofree char *done = callback (plancia_cloud_write_get_id (second), THING, TRUE);
  g_autofree char *failed = callback (plancia_cloud_write_get_id (first), THING, FALSE);

  g_assert_cmpint (deliver (self, done), ==, PLANCIA_CALLBACK_MATCHED);
  g_assert_true (plancia_cloud_write_was_answered_done (second));
  g_assert_false (plancia_cloud_write_has_answer (first));
  /* The second time it says nothing new. */
  g_assert_cmpint (deliver (self, done), ==, PLANCIA_CALLBACK_REPEATED);
  g_assert_cmpint (deliver (self, failed), ==, PLANCIA_CALLBACK_MATCHED);
  g_assert_true (plancia_cloud_write_has_answer (first));
  g_assert_false (plancia_cloud_write_was_answered_done (first));
  g_assert_cmpstr (plancia_cloud_write_get_answer (first), ==, "illegal address (2)");
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaCloudWrite) write = add_write (self, PLANCIA_CLOUD_WRITE_WAITING);
  g_autofree char *other = callback ("somebody-elses", THING, TRUE);
  g_autofree char *thing = callback (plancia_cloud_write_get_id (write), "ANOTHER", TRUE);

  g_assert_cmpint (deliver (self, other), ==, PLANCIA_CALLBACK_UNKNOWN);
  g_assert_cmpint (deliver (self, thing), ==, PLANCIA_CALLBACK_UNKNOWN);
  g_assert_cmpint (deliver (self, "{}"), ==, PLANCIA_CALLBACK_UNREADABLE);
  g_assert_false (plancia_cloud_write_has_answer (write));
  g_assert_cmpint (plancia_cloud_write_get_state (write), ==, PLANCIA_CLOUD_WRITE_WAITING);
}

static void
test_without_id (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaCloudWrite) oldest = add_write (self, PLANCIA_CLOUD_WRITE_WAITING);
  g_autoptr (PlanciaCloudWrite) newer = add_write (self, PLANCIA_CLOUD_WRITE_WAITING);
  g_autoptr (PlanciaCloudWrite) queued = add_write (self, PLANCIA_CLOUD_WRITE_QUEUED);
  g_autofree char *text = callback (NULL, THING, TRUE);

  g_assert_cmpint (deliver (self, text), ==, PLANCIA_CALLBACK_MATCHED);
  g_assert_true (plancia_cloud_write_has_answer (oldest));
  g_assert_false (plancia_cloud_write_has_answer (newer));
  g_assert_cmpint (deliver (self, text), ==, PLANCIA_CALLBACK_MATCHED);
  g_assert_true (plancia_cloud_write_has_answer (newer));
  /* What has not left cannot have been answered. */
  g_assert_cmpint (deliver (self, text), ==, PLANCIA_CALLBACK_UNKNOWN);
  g_assert_false (plancia_cloud_write_has_answer (queued));
}

static void
test_pasted (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaCloudWrite) write = add_write (self, PLANCIA_CLOUD_WRITE_UNKNOWN);
  g_autofree char *text = callback (plancia_cloud_write_get_id (write), THING, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  PlanciaCallbackBody *body = plancia_callback_receiver_take (self->receiver, bytes);

  g_assert_cmpint (plancia_callback_body_get_fate (body), ==, PLANCIA_CALLBACK_MATCHED);
  g_assert_cmpint (plancia_callback_body_get_origin (body), ==, PLANCIA_CALLBACK_FROM_PERSON);
  g_assert_true (plancia_cloud_write_has_answer (write));
}

/* --- the test of itself ---------------------------------------------------------------------- */

static void
store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static PlanciaReceiverTest *
run_test (PlanciaCallbackReceiver *receiver, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 end = g_get_monotonic_time () + WATCHDOG;

  plancia_callback_receiver_test_async (receiver, NULL, store_result, &result);
  while (result == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (result);
  return plancia_callback_receiver_test_finish (receiver, result, error);
}

static void
say_yes (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
came_in (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer server)
{
  soup_server_accept_iostream (server, stream, local, remote, NULL);
}

static void
test_of_itself (Fixture *self, gconstpointer data)
{
  g_autofree char *here = g_strdup_printf ("http://127.0.0.1:%u/",
                                           plancia_callback_receiver_get_port (self->receiver));
  g_autoptr (PlanciaReceiverTest) first = run_test (self->receiver, NULL);
  g_autoptr (PlanciaReceiverTest) second = NULL;
  g_autoptr (PlanciaReceiverTest) third = NULL;
  g_autoptr (PlanciaReceiverTest) fourth = NULL;
  g_autoptr (SoupServer) other = soup_server_new (NULL, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new (loopback, 0);
  g_autoptr (PlanciaAcceptor) acceptor = NULL;
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_no_error (first->loopback);
  g_assert_false (first->has_public);
  /* A proxy that leads here. */
  plancia_callback_receiver_set_public_url (self->receiver, here);
  second = run_test (self->receiver, NULL);
  g_assert_true (second->has_public);
  g_assert_no_error (second->public_);
  plancia_callback_receiver_set_public_url (self->receiver, "http://127.0.0.1:1/");
  third = run_test (self->receiver, NULL);
  g_assert_no_error (third->loopback);
  g_assert_error (third->public_, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  /* Somebody else, who says yes to everything. */
  soup_server_add_handler (other, NULL, say_yes, NULL, NULL);
  acceptor = plancia_acceptor_new (place, came_in, other, &error);
  g_assert_no_error (error);
  there = g_strdup_printf ("http://127.0.0.1:%u/", plancia_acceptor_get_port (acceptor));
  plancia_callback_receiver_set_public_url (self->receiver, there);
  fourth = run_test (self->receiver, NULL);
  g_assert_error (fourth->public_, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  plancia_callback_receiver_stop (self->receiver);
  g_assert_null (run_test (self->receiver, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  /* A test is no call. */
  g_assert_cmpint (plancia_callback_receiver_get_last_call (self->receiver), ==, 0);
}

static void
test_keeps (Fixture *self, gconstpointer data)
{
  g_autofree char *text = callback ("x", THING, TRUE);
  g_autofree char *odd = g_strdup ("{\"a\":\"tab\\tand \u00e8\n\"}");
  g_autoptr (GBytes) bytes = g_bytes_new (odd, strlen (odd));
  g_autoptr (PlanciaCallbackBody) newest = NULL;
  g_autoptr (PlanciaCallbackBody) oldest = NULL;
  GStatBuf status;

  plancia_clock_simulate (G_GINT64_CONSTANT (1781265930123), 0);
  deliver (self, text);
  plancia_callback_receiver_take (self->receiver, bytes);
  plancia_callback_receiver_close (self->receiver);
  g_object_unref (self->receiver);
  g_assert_cmpint (g_stat (self->file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  self->receiver = listening (self);
  newest = wait_body (self->receiver, 2);
  oldest = g_list_model_get_item (G_LIST_MODEL (self->receiver), 1);
  g_assert_true (g_bytes_equal (plancia_callback_body_get_body (newest), bytes));
  g_assert_cmpint (plancia_callback_body_get_origin (newest), ==, PLANCIA_CALLBACK_FROM_PERSON);
  g_assert_cmpint (plancia_callback_body_get_fate (newest), ==, PLANCIA_CALLBACK_UNREADABLE);
  g_assert_null (plancia_callback_body_get_peer (newest));
  g_assert_cmpint (plancia_callback_body_get_time (oldest), ==, G_GINT64_CONSTANT (1781265930123));
  g_assert_cmpint (plancia_callback_body_get_fate (oldest), ==, PLANCIA_CALLBACK_UNKNOWN);
  g_assert_cmpstr (plancia_callback_body_get_peer (oldest), ==, "127.0.0.1");
  g_assert_cmpint (plancia_callback_receiver_get_last_call (self->receiver),
                   ==,
                   G_GINT64_CONSTANT (1781265930123));
  plancia_clock_reset ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/callback-receiver/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("path", test_path);
  ADD ("cannot-listen", test_cannot_listen);
  ADD ("by-id", test_by_id);
  ADD ("unknown", test_unknown);
  ADD ("without-id", test_without_id);
  ADD ("pasted", test_pasted);
  ADD ("test-of-itself", test_of_itself);
  ADD ("keeps", test_keeps);
  ADD ("many-clients", test_many_clients);
#undef ADD
  return g_test_run ();
}
