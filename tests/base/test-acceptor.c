/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/acceptor.h"

#include <string.h>

#define WATCHDOG_US (20 * G_USEC_PER_SEC)
#define CLIENTS     60

typedef struct
{
  PlanciaAcceptor *acceptor;
  guint            came;
  GThread         *server; /* where they came */
} Fixture;

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* Answers "ping", in one piece and at once. */
static void
came_in (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GSocket) socket = plancia_acceptor_dup_socket (remote);
  char word[4] = {0};

  g_assert_true (g_thread_self () == self->server);
  g_assert_true (G_IS_INET_SOCKET_ADDRESS (local));
  g_assert_true (G_IS_INET_SOCKET_ADDRESS (remote));
  g_assert_true (G_IS_SOCKET (socket));
  g_assert_null (plancia_acceptor_dup_socket (local));
  self->came++;
  g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (stream),
                                          word,
                                          sizeof word,
                                          NULL,
                                          NULL,
                                          NULL));
  g_assert_cmpmem (word, sizeof word, "ping", 4);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                            "pong",
                                            4,
                                            NULL,
                                            NULL,
                                            NULL));
  g_io_stream_close (stream, NULL, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  self->server = g_thread_self ();
  self->acceptor = plancia_acceptor_new (address, came_in, self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plancia_acceptor_get_port (self->acceptor), >, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  plancia_acceptor_free (self->acceptor);
}

static gboolean
trust (GTlsConnection      *connection,
       GTlsCertificate     *certificate,
       GTlsCertificateFlags errors,
       gpointer             user_data)
{
  return TRUE;
}

static void
event_cb (GSocketClient      *client,
          GSocketClientEvent  event,
          GSocketConnectable *connectable,
          GIOStream          *stream,
          gpointer            user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (trust), NULL);
}

typedef struct
{
  guint16  port;
  gboolean tls;
  gboolean wordy; /* says more than an answer is waited for */
  guint    clients;
  guint    answered;
  gint     finished; /* atomic */
} Clients;

static gboolean
ask (Clients *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) stream = NULL;
  const char *question = self->wordy ? "GET / HTTP/1.1\r\nHost: here\r\n\r\n" : "ping";
  char        word[4] = {0};

  g_socket_client_set_tls (client, self->tls);
  g_socket_client_set_timeout (client, 20);
  g_signal_connect (client, "event", G_CALLBACK (event_cb), NULL);
  stream = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  return stream != NULL &&
         g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)),
                                    question,
                                    strlen (question),
                                    NULL,
                                    NULL,
                                    NULL) &&
         g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (stream)),
                                  word,
                                  sizeof word,
                                  NULL,
                                  NULL,
                                  NULL) &&
         memcmp (word, "pong", sizeof word) == 0;
}

static gpointer
ask_again_and_again (gpointer data)
{
  Clients *self = data;

  for (guint i = 0; i < self->clients; i++)
    self->answered += ask (self) ? 1 : 0;
  g_atomic_int_set (&self->finished, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
run_clients (Fixture *self, Clients *clients)
{
  GThread *thread = g_thread_new ("clients", ask_again_and_again, clients);
  gint64   end = g_get_monotonic_time () + WATCHDOG_US;

  while (!g_atomic_int_get (&clients->finished) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

/* Whoever goes leaves nothing open behind. */
static void
test_nothing_stays_open (Fixture *self, gconstpointer data)
{
  Clients clients = {.port = plancia_acceptor_get_port (self->acceptor), .clients = CLIENTS};
  guint   before = count_descriptors ();

  run_clients (self, &clients);
  g_assert_cmpuint (clients.answered, ==, CLIENTS);
  g_assert_cmpuint (self->came, ==, CLIENTS);
  g_assert_cmpuint (count_descriptors (), <=, before + 1);
}

static void
use_certificate (Fixture *self)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"),
                                            "..",
                                            "data",
                                            "scenarios",
                                            "certificate.pem",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  plancia_acceptor_set_certificate (self->acceptor, certificate);
}

/* A client that does not speak TLS does not come in, and keeps nobody out. */
static void
test_tls (Fixture *self, gconstpointer data)
{
  guint16 port = plancia_acceptor_get_port (self->acceptor);
  Clients plain = {.port = port, .clients = 3, .wordy = TRUE};
  Clients good = {.port = port, .clients = 5, .tls = TRUE};
  guint   before;

  use_certificate (self);
  run_clients (self, &good);
  g_assert_cmpuint (good.answered, ==, 5);
  before = count_descriptors ();
  run_clients (self, &plain);
  g_assert_cmpuint (plain.answered, ==, 0);
  good = (Clients){.port = port, .clients = 5, .tls = TRUE};
  run_clients (self, &good);
  g_assert_cmpuint (good.answered, ==, 5);
  g_assert_cmpuint (self->came, ==, 10);
  g_assert_cmpuint (count_descriptors (), <=, before + 1);
}

/* One that says nothing is shut out with all others. */
static void
test_ends_while_shaking_hands (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) stream = NULL;
  char   byte;
  gssize length;

  use_certificate (self);
  stream = g_socket_client_connect_to_host (client,
                                            "127.0.0.1",
                                            plancia_acceptor_get_port (self->acceptor),
                                            NULL,
                                            NULL);
  g_assert_nonnull (stream);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_clear_pointer (&self->acceptor, plancia_acceptor_free);
  g_socket_set_timeout (g_socket_connection_get_socket (stream), 1);
  do {
    while (g_main_context_iteration (NULL, FALSE)) {
    }
    length = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (stream)),
                                  &byte,
                                  1,
                                  NULL,
                                  NULL);
  } while (length > 0);
  g_assert_cmpuint (self->came, ==, 0);
}

static void
test_taken_port (Fixture *self, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress)
    address = g_inet_socket_address_new (loopback, plancia_acceptor_get_port (self->acceptor));
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_acceptor_new (address, came_in, self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

#define ADD(name, func) g_test_add ("/acceptor/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing-stays-open", test_nothing_stays_open);
  ADD ("tls", test_tls);
  ADD ("ends-while-shaking-hands", test_ends_while_shaking_hands);
  ADD ("taken-port", test_taken_port);
  return g_test_run ();
}
