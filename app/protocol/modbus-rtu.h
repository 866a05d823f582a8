/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modbus RTU frame, on a serial line or a TCP stream:
 *
 *   unit(1) PDU(1..253) crc_lo(1) crc_hi(1)
 *
 * A receiver finds the end by function code and byte count. Any thread. */

/* > 0: length of the first whole frame in data; 0: need more; -1: error set. */
gssize
plancia_modbus_rtu_scan (const guint8 *data, gsize length, gboolean is_answer, GError **error);
/* Checks length and CRC. Some loggers append a second CRC of 00 00: it is dropped if what is
 * before it is whole and right. pdu: (transfer full). */
gboolean plancia_modbus_rtu_decode (GBytes  *frame,
                                    gboolean is_answer,
                                    guint8  *unit,
                                    GBytes **pdu,
                                    GError **error);
GBytes  *plancia_modbus_rtu_encode (guint8 unit, GBytes *pdu);

G_END_DECLS
