/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modbus PDU: function(1) data(n), without unit, MBAP or CRC. One codec for all routes, the
 * simulator and the tests. Registers are big-endian. Any thread. */

enum {
  PLANCIA_MODBUS_READ_COILS = 1,
  PLANCIA_MODBUS_READ_DISCRETE = 2,
  PLANCIA_MODBUS_READ_HOLDING = 3,
  PLANCIA_MODBUS_READ_INPUT = 4,
  PLANCIA_MODBUS_WRITE_SINGLE = 6,
  PLANCIA_MODBUS_WRITE_MULTIPLE = 16,
};

#define PLANCIA_MODBUS_MAX_READ  125
#define PLANCIA_MODBUS_MAX_WRITE 123
#define PLANCIA_MODBUS_MAX_PDU   253

/* Requests of a client. (transfer full). count 1..125, 1..123. */
GBytes *plancia_modbus_pdu_read (guint8 function, guint16 address, guint16 count);
GBytes *plancia_modbus_pdu_write_single (guint16 address, guint16 value);
GBytes *plancia_modbus_pdu_write_multiple (guint16 address, const guint16 *words, guint count);

/* Checks an answer against its request: function, byte count, echo. An exception becomes
 * PLANCIA_MODBUS_ERROR with its number; any function >= 0x80, 0x90 included, is an exception.
 * words has room for the requested count. */
gboolean
plancia_modbus_pdu_check_read (GBytes *request, GBytes *answer, guint16 *words, GError **error);
/* Looks at the first five bytes of the answer only: some sticks append a CRC and zeros. */
gboolean plancia_modbus_pdu_check_write (GBytes *request, GBytes *answer, GError **error);
/* Whether the answer has the shape of one to this request: function and byte count, or the echo of a write; any
 * exception has. */
gboolean    plancia_modbus_pdu_fits (GBytes *request, GBytes *answer);
void        plancia_modbus_set_exception (GError **error, guint8 exception);
const char *plancia_modbus_exception_name (guint8 exception);

/* Server side, and decoding of requests for the traffic view. */
typedef struct
{
  guint8        function;
  guint16       address;
  guint16       count;  /* registers; 1 for write single */
  const guint8 *values; /* borrowed, big-endian words of a write; NULL for a read */
} PlanciaModbusRequest;

gboolean plancia_modbus_pdu_decode_request (GBytes *pdu, PlanciaModbusRequest *out, GError **error);
GBytes  *plancia_modbus_pdu_read_answer (guint8 function, const guint16 *words, guint count);
GBytes  *plancia_modbus_pdu_write_answer (const PlanciaModbusRequest *request);
GBytes  *plancia_modbus_pdu_exception (guint8 function, guint8 exception);

/* Length of the PDU that begins at data, from its function and byte count. > 0: known;
 * 0: more bytes needed to tell; -1: unknown function. is_answer: which direction. */
gssize plancia_modbus_pdu_measure (const guint8 *data, gsize length, gboolean is_answer);
/* "read holding 0x0404, 10 registers"; "answer, 10 registers"; "exception 2, illegal address". */
char *plancia_modbus_pdu_describe (GBytes *pdu, gboolean is_answer);

G_END_DECLS
