/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Solarman V5 frame (WIFI stick, TCP 8899), little-endian but for the RTU frame inside:
 *
 *   A5 L(2) 10 control(1) seqA(1) seqB(1) serial(4) payload(L) sum(1) 15
 *
 * request payload (control 45):  02 0000 00000000 00000000 00000000 RTU
 * answer payload (control 15):   02 status(1) total(4) on(4) offset(4) RTU
 *
 * Source: pysolarmanv5's protocol description and published captures. Any thread. */
enum {
  PLANCIA_SOLARMAN_HANDSHAKE = 0x41,
  PLANCIA_SOLARMAN_DATA = 0x42,
  PLANCIA_SOLARMAN_INFO = 0x43,
  PLANCIA_SOLARMAN_REQUEST = 0x45,
  PLANCIA_SOLARMAN_HEARTBEAT = 0x47,
  PLANCIA_SOLARMAN_REPORT = 0x48,
  PLANCIA_SOLARMAN_ANSWER = 0x15, /* an answer's type is the request's less 0x30 */
};

typedef struct
{
  guint8  control;  /* the high byte of the control code: 0x45, 0x15, ... */
  guint8  sequence; /* A: chosen by the requester, echoed */
  guint8  counter;  /* B: the logger's own */
  guint32 serial;   /* the logger's, not the inverter's */
  GBytes *payload;
} PlanciaSolarmanFrame;

/* > 0: length of the first whole frame in data; 0: need more; -1: not a frame here (skip a byte). */
gssize plancia_solarman_v5_scan (const guint8 *data, gsize length, GError **error);
/* Start, end, exact length, checksum. out->payload is (transfer full). */
gboolean plancia_solarman_v5_decode (GBytes *frame, PlanciaSolarmanFrame *out, GError **error);
GBytes  *plancia_solarman_v5_encode (const PlanciaSolarmanFrame *frame);
void     plancia_solarman_frame_clear (PlanciaSolarmanFrame *self);

/* A request that carries a whole RTU frame. */
GBytes *plancia_solarman_v5_request (guint32 serial, guint8 sequence, GBytes *rtu);
/* An answer, for the simulator. The three times in seconds. */
GBytes *plancia_solarman_v5_answer (guint32 serial,
                                    guint8  sequence,
                                    guint8  counter,
                                    guint32 total,
                                    guint32 on,
                                    guint32 offset,
                                    GBytes *rtu);
/* The acknowledgement of a heartbeat or other unsolicited frame; now in Unix seconds. */
GBytes *plancia_solarman_v5_acknowledge (const PlanciaSolarmanFrame *unsolicited, guint32 now);
/* RTU bytes of an answer (control 15, frame type 02). A 2-byte payload is the logger's own error:
 * PLANCIA_PROTOCOL_ERROR_LOGGER, or PLANCIA_MODBUS_ERROR for codes 1..4. (transfer full) */
GBytes *plancia_solarman_v5_get_rtu (const PlanciaSolarmanFrame *answer, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaSolarmanFrame, plancia_solarman_frame_clear)

G_END_DECLS
