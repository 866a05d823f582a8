/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/late-answers.h"

#include "base/error.h"
#include "link/links.h"
#include "peer.h"
#include "protocol/modbus-pdu.h"

/* A serial line has neither connections nor numbers: what tells a late answer from the right one is its shape. */

#define PATIENCE 5000

static GBytes *
answer_of (guint8 function, guint count)
{
  static const guint16 words[PLANCIA_MODBUS_MAX_READ];

  return plancia_modbus_pdu_read_answer (function, words, count);
}

static void
expect (PlanciaLateAnswers *late, guint8 unit, guint16 address, guint16 count)
{
  g_autoptr (GBytes) request = plancia_modbus_pdu_read (3, address, count);

  plancia_late_answers_expect (late, unit, request);
}

static void
take (PlanciaLateAnswers *late, guint8 unit, guint count)
{
  g_autoptr (GBytes) answer = answer_of (3, count);

  plancia_late_answers_take (late, unit, answer);
}

static void
take_exception (PlanciaLateAnswers *late, guint8 unit)
{
  g_autoptr (GBytes) answer = plancia_modbus_pdu_exception (3, 2);

  plancia_late_answers_take (late, unit, answer);
}

/* Count of what it would ask, which is then open; 0: nothing. */
static guint
ask (PlanciaLateAnswers *late, guint8 unit, guint patience, guint16 *address)
{
  g_autoptr (GBytes) request = plancia_late_answers_choose (late, unit, patience);
  PlanciaModbusRequest asked = {0};

  if (request == NULL)
    return 0;
  g_assert_true (plancia_modbus_pdu_decode_request (request, &asked, NULL));
  plancia_late_answers_expect (late, unit, request);
  if (address != NULL)
    *address = asked.address;
  return asked.count;
}

static void
test_order (void)
{
  g_autoptr (PlanciaLateAnswers) late = plancia_late_answers_new ();
  guint first, second;

  g_assert_false (plancia_late_answers_is_open (late, 1));
  expect (late, 1, 0x100, 10);
  g_assert_true (plancia_late_answers_is_open (late, 1));
  g_assert_false (plancia_late_answers_is_open (late, 2));
  first = ask (late, 1, PATIENCE, NULL);
  second = ask (late, 1, PATIENCE, NULL);
  g_assert_cmpuint (first, !=, second);

  /* The first of three; then the last, and with it the one that is never answered. */
  take (late, 1, 10);
  g_assert_true (plancia_late_answers_is_open (late, 1));
  take (late, 1, second);
  g_assert_false (plancia_late_answers_is_open (late, 1));
}

/* As many as there are, each once: none comes a second time while the first one is open. */
static void
test_shapes (void)
{
  g_autoptr (PlanciaLateAnswers) late = plancia_late_answers_new ();
  guint8 seen[PLANCIA_MODBUS_MAX_READ + 1] = {0};
  guint  count, n = 0;

  expect (late, 1, 0x100, 7);
  seen[7] = 1;
  while ((count = ask (late, 1, PATIENCE, NULL)) != 0) {
    g_assert_cmpuint (count, <=, PLANCIA_MODBUS_MAX_READ);
    g_assert_cmpuint (seen[count]++, ==, 0);
    n++;
  }
  g_assert_cmpuint (n, >=, 8);
  /* Another unit has all of them. */
  expect (late, 2, 0x100, 7);
  g_assert_cmpuint (ask (late, 2, PATIENCE, NULL), >, 0);
  /* The device was gone: after long enough they are free again. */
  g_usleep (30 * 1000);
  g_assert_cmpuint (ask (late, 1, 20, NULL), >, 0);
}

static void
test_exceptions (void)
{
  g_autoptr (PlanciaLateAnswers) late = plancia_late_answers_new ();

  /* One of two: nobody knows whose. */
  expect (late, 1, 0x100, 10);
  ask (late, 1, PATIENCE, NULL);
  take_exception (late, 1);
  g_assert_true (plancia_late_answers_is_open (late, 1));
  g_assert_true (plancia_late_answers_is_refused (late, 1));
  /* Two of two. */
  take_exception (late, 1);
  g_assert_false (plancia_late_answers_is_open (late, 1));
  g_assert_false (plancia_late_answers_is_refused (late, 1));

  /* Long silence. */
  expect (late, 1, 0x100, 10);
  ask (late, 1, PATIENCE, NULL);
  take_exception (late, 1);
  plancia_late_answers_forget (late, 1);
  g_assert_false (plancia_late_answers_is_open (late, 1));
}

/* What nobody asked for makes the line suspect, and its shape is not used. */
static void
test_stray (void)
{
  g_autoptr (PlanciaLateAnswers) late = plancia_late_answers_new ();
  guint count;

  take (late, 1, 1);
  g_assert_true (plancia_late_answers_is_open (late, 1));
  count = ask (late, 1, PATIENCE, NULL);
  g_assert_cmpuint (count, !=, 1);
  take (late, 1, count);
  g_assert_false (plancia_late_answers_is_open (late, 1));

  take_exception (late, 1);
  g_assert_true (plancia_late_answers_is_open (late, 1));
  take (late, 1, ask (late, 1, PATIENCE, NULL));
  g_assert_false (plancia_late_answers_is_open (late, 1));
}

/* It asks for less of what the device answered before. */
static void
test_place (void)
{
  g_autoptr (PlanciaLateAnswers) late = plancia_late_answers_new ();
  g_autoptr (GBytes) good = plancia_modbus_pdu_read (3, 0x0484, 6);
  guint16 address = 0;

  plancia_late_answers_note_good (late, 1, good);
  expect (late, 1, 0x1000, 3);
  for (guint i = 0; i < 5; i++) {
    guint count = ask (late, 1, PATIENCE, &address);

    g_assert_cmphex (address, ==, 0x0484);
    g_assert_cmpuint (count, <=, 6);
    g_assert_cmpuint (count, !=, 3);
  }
  expect (late, 2, 0xffff, 1);
  g_assert_cmpuint (ask (late, 2, PATIENCE, &address), >, 0);
  g_assert_cmphex (address, <, 0xfff0);
}

/* --- on a line ------------------------------------------------------------------------------- */

#define LIMIT 200 /* ms of a request */

/* Right, or an error. */
static gboolean
read_at (PlanciaLink *link, guint8 unit, guint16 address, guint16 count)
{
  guint16 words[16] = {0};

  if (!plancia_link_read_words (link, unit, 3, address, count, words, NULL, NULL))
    return FALSE;
  for (guint i = 0; i < count; i++)
    g_assert_cmphex (words[i], ==, address + i);
  return TRUE;
}

static PlanciaLink *
link_to (Peer *peer)
{
  return plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", LIMIT);
}

/* It heals by itself, and is never wrong on the way. */
static void
read_until_right (PlanciaLink *link, guint8 unit)
{
  guint16 address = 0x200;

  for (guint i = 0; i < 100; i++)
    if (read_at (link, unit, address++, 1))
      return;
  g_assert_not_reached ();
}

/* The exception is for the first request, and the answer to the question that tells comes when the line seems to have
 * said all. */
static void
test_late_exception (void)
{
  const PeerDeed deed = PEER_EXCEPTION;
  const guint    delays[] = {500, 250};
  g_autoptr (Peer) peer = peer_new (PEER_RTU_PTY, &deed, 1, 0);
  g_autoptr (PlanciaLink) link = link_to (peer);

  peer_set_delays (peer, delays, G_N_ELEMENTS (delays));
  g_assert_false (read_at (link, 1, 0x100, 10));
  read_until_right (link, 1);
  read_until_right (link, 1);
}

/* What another unit does in between does not make the first one trustworthy. */
static void
test_two_units (void)
{
  const guint delays[] = {900};
  g_autoptr (Peer) peer = peer_new (PEER_RTU_PTY, NULL, 0, 0);
  g_autoptr (PlanciaLink) link = link_to (peer);

  peer_set_delays (peer, delays, G_N_ELEMENTS (delays));
  g_assert_false (read_at (link, 1, 0x100, 1));
  read_at (link, 2, 0x180, 1);
  read_until_right (link, 1);
  read_until_right (link, 2);
}

/* A device that says nothing for long, and then all at once. */
static void
test_stall (void)
{
  for (guint delay = 1500; delay < 2000; delay += 250) {
    g_autoptr (Peer) peer = peer_new (PEER_RTU_PTY, NULL, 0, 0);
    g_autoptr (PlanciaLink)
      link = plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", LIMIT / 8);
    guint16 address = 0x300;
    gint64  end = g_get_monotonic_time () + (delay + 200) * 1000;

    peer_set_delays (peer, &delay, 1);
    while (g_get_monotonic_time () < end)
      read_at (link, 1, address++, 1);
    read_until_right (link, 1);
  }
}

/* A write whose answer is late is not taken for the answer to another one. */
static void
test_write (void)
{
  const guint   delays[] = {500};
  const guint16 word = 0xcafe;
  g_autoptr (Peer) peer = peer_new (PEER_RTU_PTY, NULL, 0, 0);
  g_autoptr (PlanciaLink) link = link_to (peer);

  g_assert_true (read_at (link, 1, 0x100, 10));
  peer_set_delays (peer, delays, G_N_ELEMENTS (delays));
  g_assert_false (plancia_link_write_words (link, 1, 16, 0x800, &word, 1, NULL, NULL));
  read_until_right (link, 1);
  g_assert_cmpuint (peer_get_writes (peer), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late-answers/order", test_order);
  g_test_add_func ("/late-answers/shapes", test_shapes);
  g_test_add_func ("/late-answers/exceptions", test_exceptions);
  g_test_add_func ("/late-answers/stray", test_stray);
  g_test_add_func ("/late-answers/place", test_place);
  g_test_add_func ("/late-answers/line/late-exception", test_late_exception);
  g_test_add_func ("/late-answers/line/two-units", test_two_units);
  g_test_add_func ("/late-answers/line/stall", test_stall);
  g_test_add_func ("/late-answers/line/write", test_write);
  return g_test_run ();
}
