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
