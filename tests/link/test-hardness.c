/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "link-faulty.h"
#include "link/link-shared.h"
#include "link/links.h"
#include "peer.h"
#include "protocol/modbus-pdu.h"
#include <fcntl.h>
#include <unistd.h>

/* Everything that can go wrong, one after the other, and late answers by the thousand: what comes out is an error or
 * the right words, nothing hangs, nothing is left open, no write leaves twice. */

#define LIMIT 200 /* of a request, ms */
/* A system call that fails only then: more than any of the links makes. */
#define CALLS     2000
#define EXCHANGES 10000

typedef enum {
  LINK_MODBUS_TCP,
  LINK_RTU_OVER_TCP,
  LINK_SOLARMAN,
  LINK_MODBUS_RTU,
  LINK_AUTO,
  LINK_SHARED,
  N_LINKS,
} LinkKind;

static const char *const names[] =
  {"modbus-tcp", "rtu-over-tcp", "solarman", "modbus-rtu", "auto", "shared"};
static const PeerFraming framings[] = {PEER_MODBUS_TCP,
                                       PEER_RTU_OVER_TCP,
                                       PEER_SOLARMAN,
                                       PEER_RTU_PTY,
                                       PEER_MODBUS_TCP,
                                       PEER_MODBUS_TCP};

static PlanciaLink *
link_to (LinkKind kind, Peer *peer, guint limit)
{
  guint16 port = peer_get_port (peer);

  switch (kind) {
  case LINK_RTU_OVER_TCP:
    return plancia_link_rtu_over_tcp_new ("127.0.0.1", port, limit);
  case LINK_SOLARMAN:
    return plancia_link_solarman_new ("127.0.0.1", port, PEER_SERIAL, limit);
  case LINK_MODBUS_RTU:
    return plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", limit);
  case LINK_AUTO:
    return plancia_link_auto_new ("127.0.0.1", port, limit);
  case LINK_SHARED:
    return plancia_link_shared_new ("hardness",
                                    0,
                                    plancia_link_modbus_tcp_new ("127.0.0.1", port, limit));
  case LINK_MODBUS_TCP:
  case N_LINKS:
  default:
    return plancia_link_modbus_tcp_new ("127.0.0.1", port, limit);
  }
}

static gboolean
read_at (PlanciaLink *link, guint16 address, GError **error)
{
  guint16 words[10] = {0};

  if (!plancia_link_read_words (link, PEER_UNIT, 3, address, 10, words, NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmphex (words[i], ==, (guint16) (address + i));
  return TRUE;
}

static guint
count_descriptors (void)
{
  guint count = 0;

  for (int i = 0; i < 256; i++)
    count += fcntl (i, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

/* --- every call fails once ------------------------------------------------------------------- */

/* FALSE if something failed. */
static gboolean
use_all (PlanciaLink *link)
{
  const guint16 words[] = {0xcafe, 0xf00d};
  gboolean      good = plancia_link_open (link, NULL, NULL);

  good &= read_at (link, 0x100, NULL);
  good &= plancia_link_write_words (link, PEER_UNIT, 16, 0x800, words, 2, NULL, NULL);
  good &= read_at (link, 0x200, NULL);
  plancia_link_close (link);
  return good;
}

/* TRUE if the n-th call was reached. */
static gboolean
fail_call (LinkKind kind, guint n)
{
  guint before = count_descriptors ();
  g_autoptr (GError) error = NULL;
  Peer        *peer = peer_new (framings[kind], NULL, 0, 0);
  PlanciaLink *link = link_to (kind, peer, LIMIT);
  gint64       begin = g_get_monotonic_time ();
  gboolean     reached;

  link_faulty_arm (n);
  use_all (link);
  reached = link_faulty_disarm ();
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * LIMIT * 1000);
  g_assert_cmpuint (peer_get_writes (peer), <=, 1);

  /* And nothing is left of it. */
  read_at (link, 0x300, &error);
  g_assert_no_error (error);
  g_object_unref (link);
  peer_free (peer);
  /* What is made once and kept (a pipe of GLib's, the name service) is not a leak. */
  if (n < CALLS)
    g_assert_cmpuint (count_descriptors (), ==, before);
  return reached;
}

static void
test_every_call (gconstpointer data)
{
  guint n = 1;

  fail_call ((LinkKind) GPOINTER_TO_INT (data), CALLS);
  while (fail_call ((LinkKind) GPOINTER_TO_INT (data), n))
    g_assert_cmpuint (++n, <, CALLS);
  g_test_message ("%u calls failed", n - 1);
  g_assert_cmpuint (n, >, 8);
}

/* --- late answers ---------------------------------------------------------------------------- */

/* Answers come at any time, also long after the link has given up. */
static void
test_late_answers (gconstpointer data)
{
  LinkKind kind = (LinkKind) GPOINTER_TO_INT (data);
  g_autoptr (Peer) peer = peer_new (framings[kind], NULL, 0, 0);
  g_autoptr (PlanciaLink) link = link_to (kind, peer, 4);
  guint right = 0, late = 0;

  read_at (link, 0x10, NULL);
  peer_set_jitter (peer, 40, 16000); /* us, four times the limit */
  for (guint i = 0; i < EXCHANGES; i++) {
    g_autoptr (GError) error = NULL;

    /* Of one shape, each with other words: read_at ends the test if they are another one's. */
    if (read_at (link, (guint16) (i * 17), &error))
      right++;
    else
      late++;
  }
  g_test_message ("%u right, %u given up", right, late);
  g_assert_cmpuint (right, >, EXCHANGES / 2);
  g_assert_cmpuint (late, >, EXCHANGES / 200);
}

/* --- two holders of one endpoint ------------------------------------------------------------- */

typedef struct
{
  PlanciaLink *link;
  guint16      first;
  guint        right;
} Holder;

static gpointer
ask_many (gpointer data)
{
  Holder *holder = data;

  for (guint i = 0; i < 200; i++)
    holder->right += read_at (holder->link, (guint16) (holder->first + 16 * i), NULL) ? 1 : 0;
  return NULL;
}

static void
test_one_connection (void)
{
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, NULL, 0, 0);
  g_autoptr (PlanciaLink) one = link_to (LINK_SHARED, peer, 1000);
  g_autoptr (PlanciaLink) two = link_to (LINK_SHARED, peer, 1000);
  Holder holders[] = {
    {one, 0x1000, 0},
    {two, 0x4000, 0},
  };
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("holder", ask_many, &holders[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (holders[0].right, ==, 200);
  g_assert_cmpuint (holders[1].right, ==, 200);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);
}

/* The distance is kept whoever asks, and a line that was taken is not taken back by the other holder. */
static void
test_manners_together (void)
{
  const PeerDeed deeds[] = {PEER_GOOD, PEER_GOOD, PEER_CLOSES};
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, 3, 0);
  guint16 port = peer_get_port (peer);
  g_autoptr (PlanciaLink) one =
    plancia_link_shared_new ("manners", 150, plancia_link_modbus_tcp_new ("127.0.0.1", port, 1000));
  g_autoptr (PlanciaLink) two =
    plancia_link_shared_new ("manners", 100, plancia_link_modbus_tcp_new ("127.0.0.1", port, 1000));
  gint64 begin;

  plancia_link_set_reconnect (two, FALSE);
  g_assert_true (read_at (one, 0x100, NULL));
  begin = g_get_monotonic_time ();
  g_assert_true (read_at (two, 0x200, NULL));
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 145 * 1000);

  g_assert_false (read_at (one, 0x300, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_clear_error (&error);
  g_assert_false (read_at (two, 0x400, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);
  /* Until a person asks for it. */
  g_assert_true (plancia_link_open (two, NULL, NULL));
  g_assert_true (read_at (one, 0x500, NULL));
  g_assert_cmpuint (peer_get_connections (peer), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int kind = 0; kind < N_LINKS; kind++) {
    g_autofree char *calls = g_strdup_printf ("/hardness/%s/every-call", names[kind]);
    g_autofree char *late = g_strdup_printf ("/hardness/%s/late-answers", names[kind]);

    g_test_add_data_func (calls, GINT_TO_POINTER (kind), test_every_call);
    g_test_add_data_func (late, GINT_TO_POINTER (kind), test_late_answers);
  }
  g_test_add_func ("/hardness/shared/one-connection", test_one_connection);
  g_test_add_func ("/hardness/shared/manners", test_manners_together);
  return g_test_run ();
}
