/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/transcript.h"

#include "base/error.h"
#include <gio/gio.h>
#include <string.h>

static const char file[] = "plancia-transcript 1\n"
                           "12.345 > 01 030484000a\n"
                           "\n"
                           "# a remark\n"
                           "12.391 < 01 03020001\r\n"
                           "13.400 ! 01 io 24 no whole answer in time\n";

static void
test_parse_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = plancia_transcript_parse_all (file, "a.txt", &error);
  PlanciaTranscriptLine *request, *answer, *failure;

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 3);
  request = g_ptr_array_index (lines, 0);
  g_assert_cmpint (request->direction, ==, '>');
  g_assert_cmpfloat_with_epsilon (request->seconds, 12.345, 1e-9);
  g_assert_cmpuint (request->unit, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (request->pdu, NULL),
                   g_bytes_get_size (request->pdu),
                   "\x03\x04\x84\x00\x0a",
                   5);
  answer = g_ptr_array_index (lines, 1);
  g_assert_cmpint (answer->direction, ==, '<');
  g_assert_cmpuint (g_bytes_get_size (answer->pdu), ==, 4);
  failure = g_ptr_array_index (lines, 2);
  g_assert_null (failure->pdu);
  g_assert_error (failure->failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpstr (failure->failure->message, ==, "no whole answer in time");
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "0.000 > ff 03",
    "12.345 < 01 03020001",
    "3600.001 ! 0a modbus 2 illegal address",
    "1.000 ! 01 protocol 1 bad CRC",
    "1.000 ! 01 device 4 taken over",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaTranscriptLine) line = plancia_transcript_parse (texts[i], &error);
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    again = plancia_transcript_format (line);
    g_assert_cmpstr (again, ==, texts[i]);
  }
}

/* Words of a failure come from anywhere and must not make a second line; domains that the format
 * does not know become "io 0". */
static void
test_failures_stay_on_a_line (void)
{
  g_autoptr (GError)
    failure = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "first\nsecond\r");
  PlanciaTranscriptLine line = {.seconds = 1.5, .direction = '!', .unit = 3, .failure = failure};
  g_autofree char      *text = plancia_transcript_format (&line);
  g_autoptr (PlanciaTranscriptLine) again = plancia_transcript_parse (text, NULL);

  g_assert_cmpstr (text, ==, "1.500 ! 03 io 0 first second ");
  g_assert_nonnull (again);
  g_assert_error (again->failure, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_bad_lines (void)
{
  static const char *const texts[] = {
    "",
    "1.0",
    "1.0 > 01",
    "x > 01 03",
    "nan > 01 03",
    "1.0 = 01 03",
    "1.0 >> 01 03",
    "1.0 > 1 03",
    "1.0 > 0x1 03",
    "1.0 > zz 03",
    "1.0 > 01 3",
    "1.0 > 01 ",
    "1.0 > 01 zz",
    "1.0 ! 01 io",
    "1.0 ! 01 io x words",
    "1.0 ! 01 quark 3 words",
  };
  g_autofree char *zeros = g_strnfill (2 * 254, '0');
  g_autofree char *too_long = g_strconcat ("1.0 > 01 ", zeros, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (texts); i++) {
    const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : too_long;
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_transcript_parse (text, &error));
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
  }
}

static void
test_bad_files (void)
{
  g_autoptr (GError) header = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) line = NULL;

  g_assert_null (plancia_transcript_parse_all ("plancia-transcript 2\n", "b.txt", &header));
  g_assert_error (header, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_VERSION);
  g_assert_nonnull (strstr (header->message, "b.txt: line 1"));
  g_assert_null (plancia_transcript_parse_all ("", "b.txt", &empty));
  g_assert_error (empty, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_VERSION);
  g_assert_null (
    plancia_transcript_parse_all ("plancia-transcript 1\n\n1.0 > 01 q\n", "b.txt", &line));
  g_assert_error (line, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
  g_assert_nonnull (strstr (line->message, "b.txt: line 3"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transcript/parse-all", test_parse_all);
  g_test_add_func ("/transcript/round-trip", test_round_trip);
  g_test_add_func ("/transcript/one-line", test_failures_stay_on_a_line);
  g_test_add_func ("/transcript/bad-lines", test_bad_lines);
  g_test_add_func ("/transcript/bad-files", test_bad_files);
  return g_test_run ();
}
