/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "protocol/dissect.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "protocol/solarman-v5.h"
#include <string.h>

static PlanciaExchange *
make (PlanciaWire wire, const char *sent, const char *received)
{
  g_autoptr (GBytes) asked = plancia_hex_decode (sent, NULL);
  g_autoptr (GBytes) said = plancia_hex_decode (received, NULL);
  char                *peer = g_ref_string_new ("192.168.1.60:502");
  PlanciaExchangeParts parts = {.wire = wire, .unit = 1, .peer = peer};
  PlanciaExchange     *exchange;

  parts.sent = g_bytes_get_data (asked, &parts.n_sent);
  parts.received = g_bytes_get_data (said, &parts.n_received);
  exchange = plancia_exchange_new (&parts);
  g_ref_string_release (peer);
  return exchange;
}

/* "kind:start+length=number/second ..." */
static char *
describe (PlanciaExchange *exchange, gboolean answer)
{
  g_autoptr (GArray) parts = plancia_dissect (exchange, answer);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++) {
    const PlanciaPart *part = &g_array_index (parts, PlanciaPart, i);

    g_string_append_printf (text,
                            "%s%u:%u+%u=%x",
                            i > 0 ? " " : "",
                            part->kind,
                            part->start,
                            part->length,
                            part->number);
    if (part->kind == PLANCIA_PART_REGISTER)
      g_string_append_printf (text, "@%x", part->address);
    if (part->bad)
      g_string_append (text, "!");
  }
  return g_string_free (text, FALSE);
}

static void
check (PlanciaWire wire,
       const char *sent,
       const char *received,
       const char *asked,
       const char *said)
{
  g_autoptr (PlanciaExchange) exchange = make (wire, sent, received);
  g_autofree char *first = describe (exchange, FALSE);
  g_autofree char *second = describe (exchange, TRUE);

  g_assert_cmpstr (first, ==, asked);
  g_assert_cmpstr (second, ==, said);
}

/* The frames of the picture of the page. */
static void
test_modbus_tcp (void)
{
  g_assert_cmpint (PLANCIA_PART_REGISTER, ==, 8);
  check (PLANCIA_WIRE_MODBUS_TCP,
         "2A1700000006010304840002",
         "2A170000000701030400010002",
         "0:0+2=2a17 1:2+4=0 2:6+1=1 3:7+1=3 5:8+2=484 6:10+2=2",
         "0:0+2=2a17 1:2+4=0 2:6+1=1 3:7+1=3 7:8+1=4 8:9+2=1@484 8:11+2=2@485");
  check (PLANCIA_WIRE_MODBUS_TCP,
         "2A170000000B011010230002040001003C",
         "2A1700000006011010230002",
         "0:0+2=2a17 1:2+4=0 2:6+1=1 3:7+1=10 5:8+2=1023 6:10+2=2 7:12+1=4 8:13+2=1@1023 "
         "8:15+2=3c@1024",
         "0:0+2=2a17 1:2+4=0 2:6+1=1 3:7+1=10 5:8+2=1023 6:10+2=2");
  /* Single write, exception, and two bytes too many. */
  check (PLANCIA_WIRE_MODBUS_TCP,
         "0001000000060106010700FF",
         "000100000003018602ABCD",
         "0:0+2=1 1:2+4=0 2:6+1=1 3:7+1=6 5:8+2=107 8:10+2=ff@107",
         "0:0+2=1 1:2+4=0 2:6+1=1 3:7+1=86 4:8+1=2 22:9+2=0");
}

static void
test_rtu (void)
{
  check (PLANCIA_WIRE_RTU,
         "010300000001840A",
         "0103020002398599",
         "2:0+1=1 3:1+1=3 5:2+2=0 6:4+2=1 10:6+2=a84",
         "2:0+1=1 3:1+1=3 7:2+1=2 8:3+2=2@0 10:5+2=8539 22:7+1=0");
  /* A wrong CRC is shown as such. */
  check (PLANCIA_WIRE_RTU_OVER_TCP,
         "010300000001840B",
         "",
         "2:0+1=1 3:1+1=3 5:2+2=0 6:4+2=1 10:6+2=b84!",
         "");
}

static void
test_solarman (void)
{
  /* Published example: serial 2712345678, sequence 0x12. */
  check (PLANCIA_WIRE_SOLARMAN,
         "A5170010451200"
         "4E1CABA1"
         "020000000000000000000000000000"
         "010304040001C4FB"
         "0215",
         "A515001015122B"
         "4E1CABA1"
         "0201011E01009313000080277367"
         "01030200023985"
         "3D15",
         "11:0+1=0 12:1+2=17 13:3+2=45 14:5+2=12 15:7+4=a1ab1c4e 16:11+3=2 17:14+12=0 2:26+1=1 "
         "3:27+1=3 5:28+2=404 6:30+2=1 10:32+2=fbc4 19:34+1=2 20:35+1=0",
         "11:0+1=0 12:1+2=15 13:3+2=15 14:5+2=12 15:7+4=a1ab1c4e 16:11+2=2 17:13+12=11e01 "
         "2:25+1=1 3:26+1=3 7:27+1=2 8:28+2=2@404 10:30+2=8539 19:32+1=3d 20:33+1=0");
  /* Not a frame: text of the logger. */
  check (PLANCIA_WIRE_SOLARMAN, "", "41542B0D0A", "", "21:0+5=0");
}

static void
test_logger_error (void)
{
  PlanciaSolarmanFrame frame = {.control = PLANCIA_SOLARMAN_ANSWER,
                                .sequence = 1,
                                .serial = 0x01020304};
  const guint8         payload[] = {2, 1, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0};
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PlanciaExchange) exchange = NULL;

  frame.payload = g_bytes_new_static (payload, sizeof payload);
  bytes = plancia_solarman_v5_encode (&frame);
  g_bytes_unref (frame.payload);
  hex = plancia_hex_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "");
  exchange = make (PLANCIA_WIRE_SOLARMAN, "", hex);
  text = describe (exchange, TRUE);
  g_assert_nonnull (strstr (text, " 18:25+2=5 "));
}

/* Every byte belongs to exactly one part, whatever the bytes are. */
static void
test_covers_everything (void)
{
  for (guint n = 0; n < 20000; n++) {
    PlanciaWire          wire = (PlanciaWire) (n % 4);
    guint8               data[2][64];
    char                *peer = g_ref_string_new ("x");
    PlanciaExchangeParts parts = {.wire = wire, .peer = peer, .sent = data[0], .received = data[1]};
    g_autoptr (PlanciaExchange) exchange = NULL;
    PlanciaBrief brief;

    for (guint i = 0; i < sizeof data; i++)
      data[i / 64][i % 64] = (guint8) g_test_rand_int_range (0, i % 3 == 0 ? 256 : 20);
    if (n % 8 < 4)
      data[0][0] = data[1][0] = 0xa5;
    parts.n_sent = (gsize) g_test_rand_int_range (0, 65);
    parts.n_received = (gsize) g_test_rand_int_range (0, 65);
    exchange = plancia_exchange_new (&parts);
    g_ref_string_release (peer);
    for (guint side = 0; side < 2; side++) {
      g_autoptr (GArray) cut = plancia_dissect (exchange, side == 1);
      guint at = 0;

      for (guint i = 0; i < cut->len; i++) {
        g_assert_cmpuint (g_array_index (cut, PlanciaPart, i).start, ==, at);
        at += g_array_index (cut, PlanciaPart, i).length;
      }
      g_assert_cmpuint (at, ==, side == 1 ? parts.n_received : parts.n_sent);
      plancia_dissect_brief (exchange, side == 1, &brief);
    }
  }
}

static void
test_brief (void)
{
  g_autoptr (PlanciaExchange)
    read = make (PLANCIA_WIRE_MODBUS_TCP, "2A1700000006010304840002", "2A170000000701030400010002");
  g_autoptr (PlanciaExchange) write =
    make (PLANCIA_WIRE_MODBUS_TCP, "2A170000000B011010230002040001003C", "2A1700000003019002");
  g_autoptr (PlanciaExchange) text = make (PLANCIA_WIRE_HTTP, "474554", "");
  PlanciaBrief brief;

  g_assert_true (plancia_dissect_brief (read, FALSE, &brief));
  g_assert_cmpuint (brief.function, ==, 3);
  g_assert_cmphex (brief.address, ==, 0x484);
  g_assert_cmpuint (brief.count, ==, 2);
  g_assert_null (brief.values);
  g_assert_true (plancia_dissect_brief (read, TRUE, &brief));
  g_assert_cmphex (brief.address, ==, 0x484);
  g_assert_cmpuint (brief.count, ==, 2);
  g_assert_true (plancia_dissect_brief (write, FALSE, &brief));
  g_assert_cmpmem (brief.values, 4, "\x00\x01\x00\x3c", 4);
  g_assert_true (plancia_dissect_brief (write, TRUE, &brief));
  g_assert_cmphex (brief.function, ==, 0x90);
  g_assert_cmpuint (brief.exception, ==, 2);
  g_assert_cmphex (brief.address, ==, 0x1023);
  g_assert_false (plancia_dissect_brief (text, FALSE, &brief));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dissect/modbus-tcp", test_modbus_tcp);
  g_test_add_func ("/dissect/rtu", test_rtu);
  g_test_add_func ("/dissect/solarman", test_solarman);
  g_test_add_func ("/dissect/logger-error", test_logger_error);
  g_test_add_func ("/dissect/covers-everything", test_covers_everything);
  g_test_add_func ("/dissect/brief", test_brief);
  return g_test_run ();
}
