/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/tape-index.h"

#include "base/error.h"
#include <string.h>

#include "tape-fixture.h"

static PlanciaTapeIndex *
make_index (GString *text)
{
  g_autoptr (PlanciaTape) tape = parse_tape (text->str, (gssize) text->len);

  g_string_free (text, TRUE);
  return plancia_tape_index_new (tape, 0);
}

static GString *
begin (void)
{
  GString *text = g_string_new (NULL);

  plancia_tape_append_head (text, START);
  plancia_tape_append_link (text, 0, "modbus-tcp://192.168.1.60");
  plancia_tape_append_link (text, 1, "modbus-tcp://192.168.1.61");
  return text;
}

static gboolean
ask (PlanciaTapeIndex *index,
     gint64            at,
     guint16           address,
     guint16           count,
     guint16          *words,
     GError          **error)
{
  return plancia_tape_index_read (index, START + at, 1, 3, address, count, words, NULL, error);
}

static void
assert_words (PlanciaTapeIndex *index,
              gint64            at,
              guint16           address,
              guint16           count,
              const guint16    *wanted)
{
  guint16 words[8] = {0};
  g_autoptr (GError) error = NULL;

  g_assert_true (ask (index, at, address, count, words, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (words, count * sizeof (guint16), wanted, count * sizeof (guint16));
}

static void
assert_fails (PlanciaTapeIndex *index,
              gint64            at,
              guint16           address,
              guint16           count,
              GQuark            domain,
              int               code)
{
  guint16 words[8] = {0};
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (index, at, address, count, words, &error));
  g_assert_error (error, domain, code);
}

#define NOT_THERE PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING

/* An answer counts from when it was there, until the next one. */
static void
test_time (void)
{
  GString *text = begin ();
  g_autoptr (PlanciaTapeIndex) index = NULL;

  put_exchange (text, 0, make_read (1000, 1, 10, (guint16[]){1, 2}, 2));
  put_exchange (text, 0, make_read (9000, 1, 10, (guint16[]){3, 4}, 2));
  put_exchange (text, 1, make_read (1000, 1, 20, (guint16[]){9}, 1));
  put_exchange (text, 0, make_read (1000, 2, 30, (guint16[]){9}, 1));
  index = make_index (text);
  assert_fails (index, 1999, 10, 2, NOT_THERE);
  assert_words (index, 2000, 10, 2, (guint16[]){1, 2});
  assert_words (index, 9999, 10, 2, (guint16[]){1, 2});
  assert_words (index, 10000, 10, 2, (guint16[]){3, 4});
  assert_words (index, 99999999, 11, 1, (guint16[]){4});
  assert_fails (index, 99999999, 10, 3, NOT_THERE);
  /* Another link, another unit. */
  assert_fails (index, 99999999, 20, 1, NOT_THERE);
  assert_fails (index, 99999999, 30, 1, NOT_THERE);
}

/* Pieces of different requests make a whole; of what several have, the newest counts. */
static void
test_overlap (void)
{
  GString *text = begin ();
  g_autoptr (PlanciaTapeIndex) index = NULL;
  guint16 words[8];
  gint64  time = 0;

  put_exchange (text, 0, make_read (1000, 1, 10, (guint16[]){1, 2, 3}, 3));
  put_exchange (text, 0, make_read (5000, 1, 12, (guint16[]){33, 4}, 2));
  put_exchange (text, 0, make_read (9000, 1, 8, (guint16[]){8, 9, 11}, 3));
  index = make_index (text);
  assert_words (index, 3000, 10, 3, (guint16[]){1, 2, 3});
  assert_words (index, 6000, 10, 4, (guint16[]){1, 2, 33, 4});
  assert_words (index, 10000, 8, 6, (guint16[]){8, 9, 11, 2, 33, 4});
  g_assert_true (plancia_tape_index_read (index, START + 10000, 1, 3, 10, 4, words, &time, NULL));
  g_assert_cmpint (time, ==, START + 2000);
  assert_fails (index, 10000, 7, 2, NOT_THERE);
}

static void
test_failures (void)
{
  GString *text = begin ();
  g_autoptr (PlanciaTapeIndex) index = NULL;

  put_exchange (text, 0, make_failed_read (1000, 1, 10, 2, NULL));
  put_exchange (text, 0, make_read (3000, 1, 20, (guint16[]){1, 2}, 2));
  put_exchange (
    text,
    0,
    make_failed_read (5000, 1, 20, 2, g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "x")));
  put_exchange (text, 0, make_read (7000, 1, 20, (guint16[]){3, 4}, 2));
  index = make_index (text);
  assert_fails (index, 99999, 10, 2, PLANCIA_MODBUS_ERROR, 2);
  assert_fails (index, 99999, 11, 1, PLANCIA_MODBUS_ERROR, 2);
  assert_words (index, 5999, 20, 2, (guint16[]){1, 2});
  assert_fails (index, 6000, 20, 2, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  /* What was known of a part is not less true. */
  assert_words (index, 6000, 21, 1, (guint16[]){2});
  assert_words (index, 8000, 20, 2, (guint16[]){3, 4});
  g_assert_null (plancia_tape_index_get_failure (index, START + 1500, 1));
  /* A refusal is an answer. */
  g_assert_null (plancia_tape_index_get_failure (index, START + 2500, 1));
  g_assert_error (plancia_tape_index_get_failure (index, START + 6500, 1),
                  G_IO_ERROR,
                  G_IO_ERROR_TIMED_OUT);
  g_assert_error (plancia_tape_index_get_failure (index, START + 6500, -1),
                  G_IO_ERROR,
                  G_IO_ERROR_TIMED_OUT);
  g_assert_null (plancia_tape_index_get_failure (index, START + 6500, 2));
  g_assert_null (plancia_tape_index_get_failure (index, START + 8000, 1));
}

static void
test_coils (void)
{
  static const guint8 said[] = {1, 2, 0x05, 0x02};
  GString            *text = begin ();
  g_autoptr (PlanciaTapeIndex) index = NULL;
  g_autoptr (GBytes) question = plancia_modbus_pdu_read (1, 100, 10);
  guint16 words[10];

  put_exchange (text,
                0,
                make_exchange (1000, 1, question, g_bytes_new_static (said, sizeof said), NULL));
  index = make_index (text);
  g_assert_true (plancia_tape_index_read (index, START + 9000, 1, 1, 100, 10, words, NULL, NULL));
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (words[i], ==, i == 0 || i == 2 || i == 9);
  g_assert_true (plancia_tape_index_read (index, START + 9000, 1, 1, 109, 1, words, NULL, NULL));
  g_assert_cmpuint (words[0], ==, 1);
}

#define SPACE 40

/* Against the plainest model: an array of the newest word and its time. */
static void
test_random (void)
{
  for (guint round = 0; round < 40; round++) {
    GString *text = begin ();
    guint16  truth[60][SPACE];
    gint64   read_at[60][SPACE];
    guint16  now[SPACE] = {0};
    gint64   when[SPACE];
    g_autoptr (PlanciaTapeIndex) index = NULL;

    for (guint i = 0; i < SPACE; i++)
      when[i] = -1;
    for (guint step = 0; step < 60; step++) {
      guint16 address = (guint16) g_test_rand_int_range (0, SPACE);
      guint16 count = (guint16) g_test_rand_int_range (1, MIN (9, SPACE - address + 1));
      guint16 words[8];

      for (guint i = 0; i < count; i++) {
        words[i] = now[address + i] = (guint16) g_test_rand_int ();
        when[address + i] = step;
      }
      put_exchange (text, 0, make_read (step * 10000, 1, address, words, count));
      memcpy (truth[step], now, sizeof now);
      memcpy (read_at[step], when, sizeof when);
    }
    index = make_index (text);
    for (guint asked = 0; asked < 200; asked++) {
      guint    step = (guint) g_test_rand_int_range (0, 60);
      guint16  address = (guint16) g_test_rand_int_range (0, SPACE);
      guint16  count = (guint16) g_test_rand_int_range (1, MIN (9, SPACE - address + 1));
      guint16  words[8];
      gboolean known = TRUE;

      for (guint i = 0; i < count; i++)
        known = known && read_at[step][address + i] >= 0;
      g_assert_cmpint (ask (index, step * 10000 + 5000, address, count, words, NULL), ==, known);
      if (known)
        g_assert_cmpmem (words, count * 2u, truth[step] + address, count * 2u);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tape-index/time", test_time);
  g_test_add_func ("/tape-index/overlap", test_overlap);
  g_test_add_func ("/tape-index/failures", test_failures);
  g_test_add_func ("/tape-index/coils", test_coils);
  g_test_add_func ("/tape-index/random", test_random);
  return g_test_run ();
}
