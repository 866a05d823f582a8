/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/crc.h"

/**
 * plancia_crc16_modbus:
 * @data: bytes
 * @length: how many
 *
 * The CRC16 of the Modbus serial line specification. The check value for "123456789" is 0x4B37,
 * on the wire 37 4B. Any thread.
 *
 * Returns: the CRC; send its low byte first
 */
guint16
plancia_crc16_modbus (const guint8 *data, gsize length)
{
  guint16 crc = 0xffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc & 1) ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }

  return crc;
}

/**
 * plancia_sum8:
 * @data: bytes
 * @length: how many
 *
 * Returns: the low 8 bits of their sum
 */
guint8
plancia_sum8 (const guint8 *data, gsize length)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += data[i];

  return sum;
}

/**
 * plancia_crc32:
 * @data: bytes
 * @length: how many
 *
 * Any thread.
 *
 * Returns: their check sum
 */
guint32
plancia_crc32 (const guint8 *data, gsize length)
{
  static guint32 table[256];
  static gsize   ready;
  guint32        crc = 0xffffffff;

  if (g_once_init_enter (&ready)) {
    for (guint32 i = 0; i < 256; i++) {
      guint32 value = i;

      for (int bit = 0; bit < 8; bit++)
        value = value >> 1 ^ (value & 1 ? 0xedb88320 : 0);
      table[i] = value;
    }
    g_once_init_leave (&ready, 1);
  }
  for (gsize i = 0; i < length; i++)
    crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];
  return ~crc;
}
