/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "base/error.h"
#include "protocol/pcapng.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* The file read back block by block, and by Wireshark's own program where it is installed. */

static PlanciaExchange *
make (PlanciaWire wire, const char *peer, const char *sent, const char *received, gint64 time)
{
  g_autoptr (GBytes) asked = plancia_hex_decode (sent, NULL);
  g_autoptr (GBytes) said = plancia_hex_decode (received, NULL);
  char                *name = g_ref_string_new (peer);
  PlanciaExchangeParts parts = {.wire = wire, .unit = 1, .peer = name};
  g_autoptr (GError) error = NULL;
  PlanciaExchange *exchange;

  parts.time = time;
  parts.duration = 14000;
  parts.sent = g_bytes_get_data (asked, &parts.n_sent);
  parts.received = g_bytes_get_data (said, &parts.n_received);
  if (parts.n_received == 0)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no whole answer in time");
  parts.error = error;
  parts.verdict = error != NULL ? PLANCIA_EXCHANGE_NO_ANSWER : PLANCIA_EXCHANGE_AS_ASKED;
  exchange = plancia_exchange_new (&parts);
  g_ref_string_release (name);
  return exchange;
}

#define START G_GINT64_CONSTANT (1786528800000000)

static void
append (PlanciaPcapng *pcapng,
        GByteArray    *file,
        PlanciaWire    wire,
        const char    *peer,
        const char    *sent,
        const char    *received)
{
  g_autoptr (PlanciaExchange)
    exchange = make (wire, peer, sent, received, START + file->len * 1000);

  plancia_pcapng_append (pcapng, exchange, file);
}

/* A HUB line, a panel, both kinds of RTU, a WIFI stick, a console, a cloud. */
static GByteArray *
make_file (void)
{
  g_autoptr (PlanciaPcapng) pcapng = plancia_pcapng_new ();
  GByteArray *file = g_byte_array_new ();

  for (guint i = 0; i < 2; i++) {
    append (pcapng,
            file,
            PLANCIA_WIRE_MODBUS_TCP,
            "192.168.1.60:55400",
            "2A1700000006010304840002",
            "2A170000000701030400010002");
    append (pcapng,
            file,
            PLANCIA_WIRE_MODBUS_TCP,
            "192.168.1.60:55400",
            "2A180000000B011010230002040001003C",
            "2A1800000006011010230002");
  }
  append (pcapng,
          file,
          PLANCIA_WIRE_MODBUS_TCP,
          "magic.local:502",
          "0001000000060106010700FF",
          "000100000003018602");
  append (pcapng, file, PLANCIA_WIRE_MODBUS_TCP, "[fe80::1]:502", "000200000006010301070001", "");
  append (pcapng, file, PLANCIA_WIRE_RTU, "/dev/ttyUSB0", "010300000001840A", "01030200023985");
  append (pcapng,
          file,
          PLANCIA_WIRE_RTU_OVER_TCP,
          "192.168.1.61:8899",
          "010300000001840A",
          "01030200023985");
  append (pcapng,
          file,
          PLANCIA_WIRE_SOLARMAN,
          "192.168.1.62:8899",
          "A51700104512004E1CABA1020000000000000000000000000000010304040001C4FB0215",
          "A515001015122B4E1CABA10201011E01009313000080277367010302000239853D15");
  append (pcapng, file, PLANCIA_WIRE_CONSOLE, "/dev/ttyACM0", "68656C700D0A", "4F4B0D0A");
  append (pcapng,
          file,
          PLANCIA_WIRE_HTTP,
          "third.example:443",
          "504F5354202F20485454502F312E310D0A486F73743A20780D0A0D0A",
          "485454502F312E31203230300D0A436F6E74656E742D4C656E6774683A20300D0A0D0A");
  return file;
}

static guint32
le32 (const guint8 *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 |
         (guint32) data[3] << 24;
}

static guint
be16 (const guint8 *data)
{
  return (guint) (data[0] << 8 | data[1]);
}

/* RFC 1071 over right data with its sum is all ones. */
static guint
sum_of (guint sum, const guint8 *data, guint length)
{
  for (guint i = 0; i < length; i++)
    sum += i % 2 == 0 ? (guint) data[i] << 8 : data[i];
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

static void
check_tcp (const guint8 *packet, guint length)
{
  g_assert_cmphex (be16 (packet + 12), ==, 0x0800);
  g_assert_cmpuint (be16 (packet + 16), ==, length - 14);
  g_assert_cmphex (sum_of (0, packet + 14, 20), ==, 0xffff);
  g_assert_cmphex (sum_of (sum_of (6 + length - 34, packet + 26, 8), packet + 34, length - 34),
                   ==,
                   0xffff);
}

static void
test_blocks (void)
{
  g_autoptr (GByteArray) file = make_file ();
  guint  interfaces = 0, packets = 0;
  guint8 types[16];
  gint64 last = 0;

  g_assert_cmphex (le32 (file->data), ==, 0x0a0d0d0a);
  for (guint at = 0; at < file->len;) {
    const guint8 *block = file->data + at;
    guint32       length = le32 (block + 4);

    g_assert_cmpuint (length % 4, ==, 0);
    g_assert_cmpuint (at + length, <=, file->len);
    g_assert_cmpuint (le32 (block + length - 4), ==, length);
    if (le32 (block) == 1) {
      types[interfaces++] = block[8];
    } else if (le32 (block) == 6) {
      gint64 time = (gint64) ((guint64) le32 (block + 12) << 32 | le32 (block + 16));

      g_assert_cmpuint (le32 (block + 8), <, interfaces);
      g_assert_cmpint (time, >=, last);
      last = time;
      if (types[le32 (block + 8)] == 1)
        check_tcp (block + 28, le32 (block + 20));
      packets++;
    }
    at += length;
  }
  g_assert_cmpuint (interfaces, ==, 8);
  g_assert_cmpuint (packets, ==, 2 * 11 - 1);
}

/* Sequence numbers go on within a stream, and each side acknowledges the other. */
static void
test_streams (void)
{
  g_autoptr (GByteArray) file = make_file ();
  guint32 client = 0, server = 0;
  guint   n = 0;

  for (guint at = 0; at < file->len; at += le32 (file->data + at + 4)) {
    const guint8 *packet = file->data + at + 28;
    guint         data;

    if (le32 (file->data + at) != 6 || le32 (file->data + at + 8) != 0)
      continue;
    data = le32 (file->data + at + 20) - 54;
    g_assert_cmpuint (be16 (packet + (n % 2 == 0 ? 36 : 34)), ==, 502);
    g_assert_cmpuint (be16 (packet + 40), ==, n % 2 == 0 ? client : server);
    g_assert_cmpuint (be16 (packet + 44), ==, n % 2 == 0 ? server : client);
    if (n % 2 == 0)
      client += data;
    else
      server += data;
    n++;
  }
  g_assert_cmpuint (n, ==, 8);
}

static char *
run_tshark (const char *path, const char *const *more)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_ptr_array_add (arguments, (gpointer) "tshark");
  g_ptr_array_add (arguments, (gpointer) "-r");
  g_ptr_array_add (arguments, (gpointer) path);
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer) more[i]);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL,
                (char **) arguments->pdata,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                &output,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&output);
}

static guint
count (const char *text, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);

  return g_strv_length (parts) - 1;
}

static void
test_tshark (void)
{
  static const char *const list[] = {NULL};
  static const char *const malformed[] = {"-Y",
                                          "_ws.malformed || _ws.expert.severity >= 6291456",
                                          NULL};
  static const char *const crc[] = {"-o",
                                    "mbrtu.crc_verification:TRUE",
                                    "-Y",
                                    "mbrtu.crc16.status == 1",
                                    NULL};
  static const char *const sums[] = {"-o",
                                     "tcp.check_checksum:TRUE",
                                     "-o",
                                     "ip.check_checksum:TRUE",
                                     "-Y",
                                     "tcp.checksum.status == 1 && ip.checksum.status == 1",
                                     NULL};
  static const char *const comment[] = {"-Y", "frame.comment contains \"no-answer\"", NULL};
  static const char *const named[] = {"-Y", "frame.interface_name == \"192.168.1.60:55400\"", NULL};
  g_autofree char         *program = g_find_program_in_path ("tshark");
  g_autoptr (GByteArray) file = make_file ();
  g_autofree char *path = NULL;
  char            *texts[6] = {0};

  if (program == NULL) {
    g_test_skip ("tshark is not installed");
    return;
  }
  path = g_build_filename (g_get_tmp_dir (), "plancia-test.pcapng", NULL);
  g_assert_true (g_file_set_contents (path, (char *) file->data, file->len, NULL));
  texts[0] = run_tshark (path, list);
  g_test_message ("%s", texts[0]);
  g_assert_cmpuint (count (texts[0], "\n"), ==, 21);
  g_assert_cmpuint (count (texts[0], "Modbus/TCP"), ==, 11);
  g_assert_cmpuint (count (texts[0], "Modbus RTU"), ==, 4);
  g_assert_cmpuint (count (texts[0], "Query: Trans:"), ==, 6);
  g_assert_cmpuint (count (texts[0], "Response: Trans:"), ==, 5);
  g_assert_cmpuint (count (texts[0], "8899"), >=, 2);
  g_assert_cmpuint (count (texts[0], "HTTP"), >=, 2);
  texts[1] = run_tshark (path, malformed);
  g_assert_cmpstr (texts[1], ==, "");
  texts[2] = run_tshark (path, crc);
  g_assert_cmpuint (count (texts[2], "\n"), ==, 4);
  texts[3] = run_tshark (path, sums);
  g_assert_cmpuint (count (texts[3], "\n"), ==, 15);
  texts[4] = run_tshark (path, comment);
  g_assert_cmpuint (count (texts[4], "\n"), ==, 1);
  texts[5] = run_tshark (path, named);
  g_assert_cmpuint (count (texts[5], "\n"), ==, 8);
  for (guint n = 0; n < G_N_ELEMENTS (texts); n++)
    g_free (texts[n]);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcapng/blocks", test_blocks);
  g_test_add_func ("/pcapng/streams", test_streams);
  g_test_add_func ("/pcapng/tshark", test_tshark);
  return g_test_run ();
}
