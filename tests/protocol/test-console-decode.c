/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-decode.h"

#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include <string.h>

static void
put (GByteArray *burst, guint8 unit, GBytes *pdu)
{
  g_autoptr (GBytes) frame = plancia_modbus_rtu_encode (unit, pdu);

  g_byte_array_append (burst, g_bytes_get_data (frame, NULL), (guint) g_bytes_get_size (frame));
  g_bytes_unref (pdu);
}

static PlanciaConsoleFrame
frame_at (GArray *frames, guint i)
{
  g_assert_cmpuint (i, <, frames->len);
  return g_array_index (frames, PlanciaConsoleFrame, i);
}

static void
test_request_and_answer (void)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GArray) frames = NULL;
  PlanciaConsoleAsked asked = {0};
  PlanciaConsoleFrame frame;
  const guint16       words[] = {1, 0xabcd};

  put (burst, 7, plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_HOLDING, 0x0404, 2));
  put (burst, 7, plancia_modbus_pdu_read_answer (PLANCIA_MODBUS_READ_HOLDING, words, 2));
  frames = plancia_console_decode (burst->data, burst->len, &asked);
  g_assert_cmpuint (frames->len, ==, 2);
  frame = frame_at (frames, 0);
  g_assert_cmpint (frame.kind, ==, PLANCIA_CONSOLE_FRAME_REQUEST);
  g_assert_cmpuint (frame.unit, ==, 7);
  g_assert_cmpuint (frame.address, ==, 0x0404);
  g_assert_cmpuint (frame.count, ==, 2);
  g_assert_true (frame.crc_right);
  frame = frame_at (frames, 1);
  g_assert_cmpint (frame.kind, ==, PLANCIA_CONSOLE_FRAME_ANSWER);
  g_assert_true (frame.has_address);
  g_assert_cmpuint (frame.address, ==, 0x0404);
  g_assert_cmpmem (frame.values, frame.n_values, "\0\1\xab\xcd", 4);
  g_assert_false (asked.known);
}

/* A write of one register and its answer are the same bytes. */
static void
test_echo (void)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  g_autoptr (GArray) third = NULL;
  PlanciaConsoleAsked asked = {0};

  put (burst, 1, plancia_modbus_pdu_write_single (0x1000, 42));
  first = plancia_console_decode (burst->data, burst->len, &asked);
  second = plancia_console_decode (burst->data, burst->len, &asked);
  third = plancia_console_decode (burst->data, burst->len, &asked);
  g_assert_cmpint (frame_at (first, 0).kind, ==, PLANCIA_CONSOLE_FRAME_REQUEST);
  g_assert_cmpmem (frame_at (first, 0).values, 2, "\0\x2a", 2);
  g_assert_cmpint (frame_at (second, 0).kind, ==, PLANCIA_CONSOLE_FRAME_ANSWER);
  g_assert_cmpint (frame_at (third, 0).kind, ==, PLANCIA_CONSOLE_FRAME_REQUEST);
}

static void
test_exception (void)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GArray) frames = NULL;
  PlanciaConsoleAsked asked = {0};

  put (burst, 3, plancia_modbus_pdu_exception (PLANCIA_MODBUS_READ_INPUT, 2));
  frames = plancia_console_decode (burst->data, burst->len, &asked);
  g_assert_cmpint (frame_at (frames, 0).kind, ==, PLANCIA_CONSOLE_FRAME_ANSWER);
  g_assert_cmpuint (frame_at (frames, 0).exception, ==, 2);
  g_assert_cmpuint (frame_at (frames, 0).function, ==, 4);
}

static void
test_wrong_crc (void)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GArray) frames = NULL;
  PlanciaConsoleAsked asked = {0};

  put (burst, 1, plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_HOLDING, 0, 10));
  burst->data[burst->len - 1] ^= 1;
  frames = plancia_console_decode (burst->data, burst->len, &asked);
  g_assert_cmpuint (frames->len, ==, 1);
  g_assert_cmpint (frame_at (frames, 0).kind, ==, PLANCIA_CONSOLE_FRAME_REQUEST);
  g_assert_false (frame_at (frames, 0).crc_right);
  g_assert_cmpuint (frame_at (frames, 0).count, ==, 10);
}

static void
test_noise_between (void)
{
  g_autoptr (GByteArray) burst = g_byte_array_new ();
  g_autoptr (GArray) frames = NULL;
  PlanciaConsoleAsked asked = {0};
  gsize               covered = 0;

  g_byte_array_append (burst, (const guint8 *) "\xff\x00\x55", 3);
  put (burst, 1, plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_INPUT, 5, 1));
  g_byte_array_append (burst, (const guint8 *) "\x01\x02", 2);
  frames = plancia_console_decode (burst->data, burst->len, &asked);
  g_assert_cmpuint (frames->len, ==, 3);
  g_assert_cmpint (frame_at (frames, 0).kind, ==, PLANCIA_CONSOLE_FRAME_NONE);
  g_assert_cmpint (frame_at (frames, 1).kind, ==, PLANCIA_CONSOLE_FRAME_REQUEST);
  g_assert_cmpint (frame_at (frames, 2).kind, ==, PLANCIA_CONSOLE_FRAME_NONE);
  for (guint i = 0; i < frames->len; i++) {
    g_assert_cmpuint (frame_at (frames, i).start, ==, covered);
    covered += frame_at (frames, i).length;
  }
  g_assert_cmpuint (covered, ==, burst->len);
}

/* Whatever comes, the frames cover it and never point outside. */
static void
test_anything (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  PlanciaConsoleAsked asked = {0};

  for (guint n = 0; n < 2000; n++) {
    guint8 data[300];
    gsize  length = (gsize) g_rand_int_range (random, 0, sizeof data), covered = 0;
    g_autoptr (GArray) frames = NULL;

    for (gsize i = 0; i < length; i++)
      data[i] = (guint8) g_rand_int_range (random, 0, i % 3 ? 8 : 256);
    frames = plancia_console_decode (data, length, &asked);
    for (guint i = 0; i < frames->len; i++) {
      PlanciaConsoleFrame frame = frame_at (frames, i);

      g_assert_cmpuint (frame.start, ==, covered);
      g_assert_cmpuint (frame.length, >, 0);
      covered += frame.length;
      g_assert_true (frame.values == NULL || frame.values + frame.n_values <= data + covered);
    }
    g_assert_cmpuint (covered, ==, length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console-decode/request-and-answer", test_request_and_answer);
  g_test_add_func ("/console-decode/echo", test_echo);
  g_test_add_func ("/console-decode/exception", test_exception);
  g_test_add_func ("/console-decode/wrong-crc", test_wrong_crc);
  g_test_add_func ("/console-decode/noise-between", test_noise_between);
  g_test_add_func ("/console-decode/anything", test_anything);
  return g_test_run ();
}
