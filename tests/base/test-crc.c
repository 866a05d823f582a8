/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/crc.h"

#include <string.h>

static void
test_check_value (void)
{
  const char  *text = "123456789";
  const guint8 request[] = {0x01, 0x03, 0x00, 0x00, 0x00, 0x01};
  const guint8 whole[] = {0x01, 0x03, 0x00, 0x00, 0x00, 0x01, 0x84, 0x0a};

  g_assert_cmphex (plancia_crc16_modbus ((const guint8 *) text, strlen (text)), ==, 0x4b37);
  g_assert_cmphex (plancia_crc16_modbus (request, sizeof request), ==, 0x0a84);
  /* A frame that carries its CRC has CRC 0: why a second CRC of 00 00 occurs. */
  g_assert_cmphex (plancia_crc16_modbus (whole, sizeof whole), ==, 0);
  g_assert_cmphex (plancia_crc16_modbus (request, 0), ==, 0xffff);
}

static void
test_sum (void)
{
  const guint8 data[] = {0xff, 0x02, 0x10};

  g_assert_cmphex (plancia_sum8 (data, sizeof data), ==, 0x11);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crc/check-value", test_check_value);
  g_test_add_func ("/crc/sum", test_sum);
  return g_test_run ();
}
