/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the callback service takes, and what it turns away or cuts. */
#include "backend/callback-server.h"
#include "base/worker.h"
#include <libsoup/soup.h>
#include <string.h>

#define SECRET   "0123456789abcdef0123456789abcdef"
#define WATCHDOG (20 * G_USEC_PER_SEC)

typedef struct
{
  PlanciaWorker         *worker;
  PlanciaCallbackServer *server;
  PlanciaMailbox        *arrivals;
  GPtrArray             *bodies; /* texts */
  guint                  limit;
  guint16                port;
} Fixture;

static void
arrived (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  Fixture *self = user_data;

  for (guint i = 0; i < items->len; i++) {
    PlanciaCallbackArrival *arrival = g_ptr_array_index (items, i);
    gsize                   length;
    const char             *text = g_bytes_get_data (arrival->body, &length);

    g_assert_cmpstr (arrival->peer, ==, "127.0.0.1");
    g_assert_cmpint (arrival->time, >, 0);
    g_ptr_array_add (self->bodies, g_strndup (text, length));
  }
}

static void
start_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fixture *self = task_data;
  GError  *error = NULL;

  self->server = plancia_callback_server_new ("127.0.0.1", 0, SECRET, self->arrivals, &error);
  g_assert_no_error (error);
  if (self->limit != 0)
    plancia_callback_server_set_limit (self->server, self->limit);
  self->port = plancia_callback_server_get_port (self->server);
  g_task_return_boolean (task, TRUE);
}

static void
stop_func (gpointer data)
{
  plancia_callback_server_free (((Fixture *) data)->server);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + WATCHDOG;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  self->limit = GPOINTER_TO_UINT (data);
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->arrivals =
    plancia_mailbox_new (NULL, 16, (GDestroyNotify) plancia_callback_arrival_free, arrived, self);
  self->worker = plancia_worker_new ("callbacks");
  g_task_set_task_data (task, self, NULL);
  plancia_worker_run (self->worker, task, start_func);
  while (!g_task_get_completed (task) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (self->port, !=, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_true (plancia_worker_finish (self->worker, stop_func, self, WATCHDOG));
  g_object_unref (self->worker);
  plancia_mailbox_close (self->arrivals);
  plancia_mailbox_unref (self->arrivals);
  g_ptr_array_unref (self->bodies);
}

/* Status of the answer; 0: the connection was cut. */
static guint
ask (Fixture *self, const char *method, const char *path, const char *type, const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;

  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, type, sent);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  return answer != NULL ? soup_message_get_status (message) : 0;
}

static void
wait_bodies (Fixture *self, guint count)
{
  gint64 end = g_get_monotonic_time () + WATCHDOG;

  while (self->bodies->len < count && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (self->bodies->len, ==, count);
}

static void
test_takes (Fixture *self, gconstpointer data)
{
  g_autofree char *full = g_strnfill (64 * 1024 - 2, ' ');
  g_autofree char *largest = g_strconcat ("{", full, "}", NULL);

  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/json", "{\"a\": 1}"), ==, 200);
  g_assert_cmpuint (
    ask (self, "POST", "/zcs/hook/" SECRET, "application/json; charset=utf-8", largest),
    ==,
    200);
  /* What is no JSON is kept all the same. */
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/json", "hello"), ==, 400);
  wait_bodies (self, 3);
  g_assert_cmpstr (g_ptr_array_index (self->bodies, 0), ==, "{\"a\": 1}");
  g_assert_cmpstr (g_ptr_array_index (self->bodies, 1), ==, largest);
  g_assert_cmpstr (g_ptr_array_index (self->bodies, 2), ==, "hello");
}

static void
test_turns_away (Fixture *self, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (64 * 1024 + 1, ' ');
  guint            status;

  g_assert_cmpuint (ask (self, "POST", "/", "application/json", "{}"), ==, 404);
  g_assert_cmpuint (ask (self, "POST", "/" SECRET "0", "application/json", "{}"), ==, 404);
  g_assert_cmpuint (
    ask (self, "POST", "/1123456789abcdef0123456789abcdef", "application/json", "{}"),
    ==,
    404);
  /* Without the secret nobody learns what else would be wrong. */
  g_assert_cmpuint (ask (self, "GET", "/", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask (self, "GET", "/" SECRET, NULL, NULL), ==, 405);
  g_assert_cmpuint (ask (self, "PUT", "/" SECRET, "application/json", "{}"), ==, 405);
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "text/plain", "{}"), ==, 415);
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/x-www-form-urlencoded", "a=1"),
                    ==,
                    415);
  status = ask (self, "POST", "/" SECRET, "application/json", huge);
  g_assert_true (status == 413 || status == 0);
  /* It goes on. */
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/json", "{}"), ==, 200);
  wait_bodies (self, 1);
}

static GSocketConnection *
connect_raw (Fixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  return connection;
}

/* TRUE if the other side ended, FALSE if it is still waiting after the time-out of the socket. */
static gboolean
was_cut (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GError) error = NULL;
  char   buffer[512];
  gssize got;

  do
    got = g_input_stream_read (in, buffer, sizeof buffer, NULL, &error);
  while (got > 0);
  return got == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
send_text (GSocketConnection *connection, const char *text)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

static void
test_cuts_slow (Fixture *self, gconstpointer data)
{
  static const char *const beginnings[] = {
    "",
    "POST /" SECRET " HTTP/1.1\r\nHost: a\r\nX",
    "POST /" SECRET " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
    "20\r\n\r\n{\"a\"",
    "POST /" SECRET " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: "
    "chunked\r\n\r\n3\r\n{\"a\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    g_autoptr (GSocketConnection) connection = connect_raw (self);

    send_text (connection, beginnings[i]);
    g_assert_true (was_cut (connection));
  }
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/json", "{}"), ==, 200);
  wait_bodies (self, 1);
}

/* A body without a length, and heads without an end. */
static void
test_cuts_huge (Fixture *self, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, 'a');
  g_autofree char *chunk = g_strdup_printf ("%x\r\n%s\r\n", 1024 * 1024, filler);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GSocketConnection) connection = connect_raw (self);

    if (i == 0) {
      send_text (connection,
                 "POST /" SECRET
                 " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                 "chunked\r\n\r\n");
      send_text (connection, chunk);
    } else {
      send_text (connection, "POST /" SECRET " HTTP/1.1\r\nHost: a\r\nX: ");
      send_text (connection, filler);
    }
    g_assert_true (was_cut (connection));
  }
  g_assert_cmpuint (self->bodies->len, ==, 0);
  g_assert_cmpuint (ask (self, "POST", "/" SECRET, "application/json", "{}"), ==, 200);
  wait_bodies (self, 1);
}

static void
test_cuts_many (Fixture *self, gconstpointer data)
{
  GSocketConnection *held[16];
  g_autoptr (GSocketConnection) more = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (held); i++) {
    held[i] = connect_raw (self);
    send_text (held[i], "POST /");
  }
  more = connect_raw (self);
  send_text (more, "POST /");
  g_assert_true (was_cut (more));
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    g_object_unref (held[i]);
}

static void
test_stops_while_reading (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketConnection) connection = connect_raw (self);

  send_text (connection, "POST /" SECRET " HTTP/1.1\r\nHost: a\r\n");
  /* The fixture ends with the request half read. */
}

int
main (int argc, char **argv)
{
  const gconstpointer slow = GUINT_TO_POINTER (400);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/callback-server/takes", Fixture, NULL, set_up, test_takes, tear_down);
  g_test_add ("/callback-server/turns-away", Fixture, NULL, set_up, test_turns_away, tear_down);
  g_test_add ("/callback-server/cuts-slow", Fixture, slow, set_up, test_cuts_slow, tear_down);
  g_test_add ("/callback-server/cuts-huge", Fixture, NULL, set_up, test_cuts_huge, tear_down);
  g_test_add ("/callback-server/cuts-many", Fixture, NULL, set_up, test_cuts_many, tear_down);
  g_test_add ("/callback-server/stops-while-reading",
              Fixture,
              NULL,
              set_up,
              test_stops_while_reading,
              tear_down);
  return g_test_run ();
}
