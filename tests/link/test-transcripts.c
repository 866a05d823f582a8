/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "base/error.h"
#include "link/links.h"
#include "protocol/transcript.h"
#include <string.h>

/* What link-record writes, link-replay answers from. */

static char *
take_text (GOutputStream *stream)
{
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static char *
record (void)
{
  static const PeerDeed deeds[] = {PEER_GOOD, PEER_EXCEPTION, PEER_SILENT, PEER_GOOD};
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, G_N_ELEMENTS (deeds), 0);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (PlanciaLink)
    inner = plancia_link_modbus_tcp_new ("127.0.0.1", peer_get_port (peer), 150);
  PlanciaLink  *link = plancia_link_record_new (inner, stream);
  guint16       words[2];
  const guint16 sent = 7;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) late = NULL;

  g_assert_true (plancia_link_open (link, NULL, NULL));
  g_assert_true (plancia_link_read_words (link, 1, 3, 0x0404, 2, words, NULL, NULL));
  g_assert_false (plancia_link_read_words (link, 1, 3, 0x7000, 1, words, NULL, &refused));
  g_assert_error (refused, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  g_assert_false (plancia_link_read_words (link, 2, 3, 0x0404, 1, words, NULL, &late));
  g_assert_error (late, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_true (plancia_link_write_words (link, 1, 16, 0x0500, &sent, 1, NULL, NULL));
  g_object_unref (link);
  return take_text (stream);
}

static void
test_record (void)
{
  g_autofree char *text = record ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = plancia_transcript_parse_all (text, "recorded", &error);
  g_autoptr (GString) directions = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_c (directions,
                       ((PlanciaTranscriptLine *) g_ptr_array_index (lines, i))->direction);
  g_assert_cmpstr (directions->str, ==, "><><>!><");
  g_assert_nonnull (strstr (text, " > 01 0304040002\n"));
  g_assert_nonnull (strstr (text, " < 01 030404040405\n"));
  g_assert_nonnull (strstr (text, " ! 02 io 24 "));
}

static void
test_replay (void)
{
  g_autofree char *text = record ();
  g_autoptr (GPtrArray) lines = plancia_transcript_parse_all (text, "recorded", NULL);
  g_autoptr (PlanciaLink) link = plancia_link_replay_new (lines);
  guint16       words[2] = {0};
  const guint16 sent = 7, other = 8;

  /* In any order, and again. */
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) refused = NULL;
    g_autoptr (GError) late = NULL;
    g_autoptr (GError) unknown = NULL;

    g_assert_true (plancia_link_open (link, NULL, NULL));
    g_assert_true (plancia_link_write_words (link, 1, 16, 0x0500, &sent, 1, NULL, NULL));
    g_assert_false (plancia_link_read_words (link, 2, 3, 0x0404, 1, words, NULL, &late));
    g_assert_error (late, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_assert_true (plancia_link_read_words (link, 1, 3, 0x0404, 2, words, NULL, NULL));
    g_assert_cmpuint (words[0], ==, 0x0404);
    g_assert_cmpuint (words[1], ==, 0x0405);
    g_assert_false (plancia_link_read_words (link, 1, 3, 0x7000, 1, words, NULL, &refused));
    g_assert_error (refused, PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
    g_assert_false (plancia_link_write_words (link, 1, 16, 0x0500, &other, 1, NULL, &unknown));
    g_assert_error (unknown, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    plancia_link_close (link);
  }
}

/* Different answers to the same request come in their order. */
static void
test_replay_in_order (void)
{
  g_autoptr (GPtrArray)
    lines = plancia_transcript_parse_all ("plancia-transcript 1\n"
                                          "0.1 > 01 0304040001\n0.2 < 01 03020001\n"
                                          "1.1 > 01 0304040001\n1.2 < 01 03020002\n",
                                          "written",
                                          NULL);
  g_autoptr (PlanciaLink) link = plancia_link_replay_new (lines);
  static const guint16 expected[] = {1, 2, 1};

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    guint16 word = 0;

    g_assert_true (plancia_link_read_words (link, 1, 3, 0x0404, 1, &word, NULL, NULL));
    g_assert_cmpuint (word, ==, expected[i]);
  }
}

/* A disk that is full does not disturb the device. */
static void
test_record_to_a_broken_stream (void)
{
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, NULL, 0, 0);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (NULL, 0, NULL, NULL);
  g_autoptr (PlanciaLink)
    inner = plancia_link_modbus_tcp_new ("127.0.0.1", peer_get_port (peer), 500);
  g_autoptr (PlanciaLink) link = plancia_link_record_new (inner, stream);
  guint16 word = 0;

  g_assert_true (plancia_link_read_words (link, 1, 3, 0x0404, 1, &word, NULL, NULL));
  g_assert_cmpuint (word, ==, 0x0404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transcripts/record", test_record);
  g_test_add_func ("/transcripts/replay", test_replay);
  g_test_add_func ("/transcripts/replay-in-order", test_replay_in_order);
  g_test_add_func ("/transcripts/broken-stream", test_record_to_a_broken_stream);
  return g_test_run ();
}
