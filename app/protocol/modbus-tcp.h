/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modbus TCP frame:
 *
 *   transaction(2) protocol(2)=0 length(2)=1+PDU unit(1) PDU(1..253)
 *
 * Any thread. */
typedef struct
{
  guint16 transaction;
  guint8  unit;
  GBytes *pdu;
} PlanciaModbusTcpFrame;

gssize plancia_modbus_tcp_scan (const guint8 *data, gsize length, GError **error);
/* out->pdu is (transfer full). Lengths outside 2..254 and protocols other than 0 are refused. */
gboolean plancia_modbus_tcp_decode (GBytes *frame, PlanciaModbusTcpFrame *out, GError **error);
GBytes  *plancia_modbus_tcp_encode (const PlanciaModbusTcpFrame *frame);
void     plancia_modbus_tcp_frame_clear (PlanciaModbusTcpFrame *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaModbusTcpFrame, plancia_modbus_tcp_frame_clear)

G_END_DECLS
