/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/modbus-pdu.h"

#include "base/bytes.h"
#include "base/error.h"

#define MAX_READ_BITS 2000
/* function(1) address(2) count or value(2) */
#define FIXED_LENGTH     5
#define EXCEPTION_LENGTH 2

enum {
  WRITE_COIL = 5,
  WRITE_COILS = 15,
};

static gboolean
is_bit_read (guint8 function)
{
  return function == PLANCIA_MODBUS_READ_COILS || function == PLANCIA_MODBUS_READ_DISCRETE;
}

static gboolean
is_read (guint8 function)
{
  return function >= PLANCIA_MODBUS_READ_COILS && function <= PLANCIA_MODBUS_READ_INPUT;
}

static gsize
answer_byte_count (guint8 function, guint count)
{
  return is_bit_read (function) ? (count + 7) / 8 : 2 * (gsize) count;
}

static guint16
get_be16 (const guint8 *data)
{
  return (guint16) (data[0] << 8 | data[1]);
}

/* Names of functions for the log and the traffic view. */
static const char *
function_name (guint8 function)
{
  switch (function) {
  case PLANCIA_MODBUS_READ_COILS:
    return "read coils";
  case PLANCIA_MODBUS_READ_DISCRETE:
    return "read discrete";
  case PLANCIA_MODBUS_READ_HOLDING:
    return "read holding";
  case PLANCIA_MODBUS_READ_INPUT:
    return "read input";
  case PLANCIA_MODBUS_WRITE_SINGLE:
    return "write single";
  case PLANCIA_MODBUS_WRITE_MULTIPLE:
    return "write multiple";
  default:
    return "unknown function";
  }
}

/* What both checks begin with: a function to look at, no exception, the function asked for. */
static gboolean
check_function (const guint8 *asked, const guint8 *data, gsize length, GError **error)
{
  if (length < EXCEPTION_LENGTH) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_TRUNCATED,
                 "Modbus answer: expected at least 2 bytes, got %" G_GSIZE_FORMAT,
                 length);
    return FALSE;
  }
  if (data[0] >= 0x80) {
    plancia_modbus_set_exception (error, data[1]);
    g_prefix_error (error, "function 0x%02x answered with 0x%02x: ", asked[0], data[0]);
    return FALSE;
  }
  if (data[0] != asked[0]) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                 "Modbus answer: expected function 0x%02x, got 0x%02x",
                 asked[0],
                 data[0]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_byte_count (gsize expected, const guint8 *data, gsize length, GError **error)
{
  PlanciaProtocolError code = PLANCIA_PROTOCOL_ERROR_UNEXPECTED;

  if (data[1] == expected && length == expected + 2)
    return TRUE;
  if (data[1] == expected)
    code = length < expected + 2 ? PLANCIA_PROTOCOL_ERROR_TRUNCATED
                                 : PLANCIA_PROTOCOL_ERROR_MALFORMED;
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               code,
               "Modbus answer: expected %" G_GSIZE_FORMAT
               " bytes of data, got a byte count of %u with %" G_GSIZE_FORMAT " bytes",
               expected,
               data[1],
               length - 2);
  return FALSE;
}

static gboolean
check_count (guint count, guint maximum, GError **error)
{
  if (count >= 1 && count <= maximum)
    return TRUE;
  plancia_modbus_set_exception (error, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE);
  g_prefix_error (error, "count %u outside 1..%u: ", count, maximum);
  return FALSE;
}

/* length is at least FIXED_LENGTH. */
static gboolean
decode_write_multiple (const guint8 *data, gsize length, PlanciaModbusRequest *out, GError **error)
{
  if (!check_count (out->count, PLANCIA_MODBUS_MAX_WRITE, error))
    return FALSE;
  if (length != FIXED_LENGTH + 1 + 2 * (gsize) out->count || data[FIXED_LENGTH] != 2 * out->count) {
    plancia_modbus_set_exception (error, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE);
    g_prefix_error (error,
                    "%u registers, but %" G_GSIZE_FORMAT " bytes in the request: ",
                    out->count,
                    length);
    return FALSE;
  }
  out->values = data + FIXED_LENGTH + 1;
  return TRUE;
}

static gboolean
decode_fixed (const guint8 *data, gsize length, PlanciaModbusRequest *out, GError **error)
{
  if (length != FIXED_LENGTH) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_MALFORMED,
                 "Modbus request 0x%02x: expected 5 bytes, got %" G_GSIZE_FORMAT,
                 data[0],
                 length);
    return FALSE;
  }
  if (data[0] == PLANCIA_MODBUS_WRITE_SINGLE) {
    out->count = 1;
    out->values = data + 3;
    return TRUE;
  }
  return check_count (out->count,
                      is_bit_read (data[0]) ? MAX_READ_BITS : PLANCIA_MODBUS_MAX_READ,
                      error);
}

static gssize
measure_request (const guint8 *data, gsize length)
{
  if (is_read (data[0]) || data[0] == WRITE_COIL || data[0] == PLANCIA_MODBUS_WRITE_SINGLE)
    return FIXED_LENGTH;
  if (data[0] != PLANCIA_MODBUS_WRITE_MULTIPLE && data[0] != WRITE_COILS)
    return -1;
  return length > FIXED_LENGTH ? FIXED_LENGTH + 1 + data[FIXED_LENGTH] : 0;
}

static gssize
measure_answer (const guint8 *data, gsize length)
{
  if (data[0] >= 0x80)
    return EXCEPTION_LENGTH;
  if (is_read (data[0]))
    return length > 1 ? 2 + data[1] : 0;
  switch (data[0]) {
  case WRITE_COIL:
  case PLANCIA_MODBUS_WRITE_SINGLE:
  case WRITE_COILS:
  case PLANCIA_MODBUS_WRITE_MULTIPLE:
    return FIXED_LENGTH;
  default:
    return -1;
  }
}

static char *
describe_answer (const guint8 *data, gsize length)
{
  if (data[0] >= 0x80 && length >= EXCEPTION_LENGTH)
    return g_strdup_printf ("exception %u, %s", data[1], plancia_modbus_exception_name (data[1]));
  if (is_bit_read (data[0]) && length >= 2)
    return g_strdup_printf ("answer, %u bytes of bits", data[1]);
  if (is_read (data[0]) && length >= 2)
    return g_strdup_printf ("answer, %u register%s", data[1] / 2, data[1] == 2 ? "" : "s");
  if (length >= FIXED_LENGTH && data[0] == PLANCIA_MODBUS_WRITE_SINGLE)
    return g_strdup_printf ("answer, 0x%04x written", get_be16 (data + 1));
  if (length >= FIXED_LENGTH && data[0] == PLANCIA_MODBUS_WRITE_MULTIPLE)
    return g_strdup_printf ("answer, %u register%s from 0x%04x written",
                            get_be16 (data + 3),
                            get_be16 (data + 3) == 1 ? "" : "s",
                            get_be16 (data + 1));
  return g_strdup_printf ("answer, function 0x%02x, %" G_GSIZE_FORMAT " bytes", data[0], length);
}

static char *
describe_request (GBytes *pdu, const guint8 *data, gsize length)
{
  PlanciaModbusRequest request;
  g_autoptr (GError) error = NULL;

  if (!plancia_modbus_pdu_decode_request (pdu, &request, &error))
    return g_strdup_printf ("request, function 0x%02x, %" G_GSIZE_FORMAT " bytes: %s",
                            data[0],
                            length,
                            error->message);
  if (request.function == PLANCIA_MODBUS_WRITE_SINGLE)
    return g_strdup_printf ("%s 0x%04x = 0x%04x",
                            function_name (request.function),
                            request.address,
                            get_be16 (request.values));
  return g_strdup_printf ("%s 0x%04x, %u %s%s",
                          function_name (request.function),
                          request.address,
                          request.count,
                          is_bit_read (request.function) ? "bit" : "register",
                          request.count == 1 ? "" : "s");
}

/**
 * plancia_modbus_pdu_read:
 * @function: one of the four reading functions
 * @address: the first register
 * @count: registers (or bits), 1 to 125
 *
 * Any thread.
 *
 * Returns: (transfer full): the request
 */
GBytes *
plancia_modbus_pdu_read (guint8 function, guint16 address, guint16 count)
{
  g_return_val_if_fail (is_read (function), NULL);
  g_return_val_if_fail (count >= 1 && count <= PLANCIA_MODBUS_MAX_READ, NULL);

  /* Made for every poll: no array that grows. */
  const guint8 pdu[FIXED_LENGTH] = {
    function,
    address >> 8,
    (guint8) address,
    count >> 8,
    (guint8) count,
  };

  return g_bytes_new (pdu, sizeof pdu);
}

/**
 * plancia_modbus_pdu_write_single:
 * @address: the register
 * @value: its new word
 *
 * Function 06, for devices whose map asks for it; inverters take function 16 only. Any thread.
 *
 * Returns: (transfer full): the request
 */
GBytes *
plancia_modbus_pdu_write_single (guint16 address, guint16 value)
{
  GByteArray *array = g_byte_array_sized_new (FIXED_LENGTH);

  plancia_put_u8 (array, PLANCIA_MODBUS_WRITE_SINGLE);
  plancia_put_be16 (array, address);
  plancia_put_be16 (array, value);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_modbus_pdu_write_multiple:
 * @address: the first register
 * @words: (array length=count): the new words
 * @count: 1 to 123
 *
 * Function 16. Any thread.
 *
 * Returns: (transfer full): the request
 */
GBytes *
plancia_modbus_pdu_write_multiple (guint16 address, const guint16 *words, guint count)
{
  g_return_val_if_fail (count >= 1 && count <= PLANCIA_MODBUS_MAX_WRITE, NULL);

  GByteArray *array = g_byte_array_sized_new (FIXED_LENGTH + 1 + 2 * count);

  plancia_put_u8 (array, PLANCIA_MODBUS_WRITE_MULTIPLE);
  plancia_put_be16 (array, address);
  plancia_put_be16 (array, (guint16) count);
  plancia_put_u8 (array, (guint8) (2 * count));
  for (guint i = 0; i < count; i++)
    plancia_put_be16 (array, words[i]);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_modbus_pdu_check_read:
 * @request: what plancia_modbus_pdu_read() made
 * @answer: the PDU that came back
 * @words: (out): room for the count of @request; bits come as 0 or 1
 * @error: PLANCIA_MODBUS_ERROR with the number of the exception, for any function from 0x80 on
 *   (inverters of this family answer 0x90 to function 03, too); else PLANCIA_PROTOCOL_ERROR
 *
 * Any thread. @words is touched only on success.
 *
 * Returns: whether @answer is the whole answer to @request and nothing else
 */
gboolean
plancia_modbus_pdu_check_read (GBytes *request, GBytes *answer, guint16 *words, GError **error)
{
  PlanciaModbusRequest asked;
  gsize                length;
  const guint8        *data = g_bytes_get_data (answer, &length);

  if (!plancia_modbus_pdu_decode_request (request, &asked, error))
    return FALSE;
  g_return_val_if_fail (is_read (asked.function), FALSE);
  if (!check_function (&asked.function, data, length, error) ||
      !check_byte_count (answer_byte_count (asked.function, asked.count), data, length, error))
    return FALSE;
  for (guint i = 0; i < asked.count; i++)
    words[i] = is_bit_read (asked.function) ? data[2 + i / 8] >> i % 8 & 1
                                            : get_be16 (data + 2 + 2 * i);
  return TRUE;
}

/**
 * plancia_modbus_pdu_check_write:
 * @request: a request of function 06 or 16
 * @answer: the PDU that came back
 * @error: as plancia_modbus_pdu_check_read()
 *
 * The first five bytes count: function, address, and count or value as they were sent. Some
 * sticks append a CRC and zeros, which carry nothing. Any thread.
 *
 * Returns: whether the device says that it took the write
 */
gboolean
plancia_modbus_pdu_check_write (GBytes *request, GBytes *answer, GError **error)
{
  gsize         asked_length;
  const guint8 *asked = g_bytes_get_data (request, &asked_length);
  gsize         length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  g_return_val_if_fail (asked_length >= FIXED_LENGTH, FALSE);
  if (!check_function (asked, data, length, error))
    return FALSE;
  if (length < FIXED_LENGTH) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_TRUNCATED,
                 "Modbus write answer: expected 5 bytes, got %" G_GSIZE_FORMAT,
                 length);
    return FALSE;
  }
  for (guint i = 1; i < FIXED_LENGTH; i++) {
    if (data[i] != asked[i]) {
      g_set_error (error,
                   PLANCIA_PROTOCOL_ERROR,
                   PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                   "Modbus write answer: expected 0x%04x 0x%04x, got 0x%04x 0x%04x",
                   get_be16 (asked + 1),
                   get_be16 (asked + 3),
                   get_be16 (data + 1),
                   get_be16 (data + 3));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_modbus_pdu_fits:
 * @request: a request
 * @answer: a PDU that came
 *
 * Tells answers apart where nothing else does. Any thread.
 *
 * Returns: whether @answer may be the answer to @request; any exception may
 */
gboolean
plancia_modbus_pdu_fits (GBytes *request, GBytes *answer)
{
  PlanciaModbusRequest asked;
  gsize                length;
  const guint8        *data = g_bytes_get_data (answer, &length);

  if (length == 0)
    return FALSE;
  if (data[0] >= 0x80)
    return TRUE;
  if (!plancia_modbus_pdu_decode_request (request, &asked, NULL))
    return data[0] == ((const guint8 *) g_bytes_get_data (request, NULL))[0];
  if (!is_read (asked.function))
    return plancia_modbus_pdu_check_write (request, answer, NULL);
  return data[0] == asked.function && length >= 2 &&
         check_byte_count (answer_byte_count (asked.function, asked.count), data, length, NULL);
}

/**
 * plancia_modbus_set_exception:
 * @error: (nullable): where to put it
 * @exception: the number from the wire
 *
 * Turns an exception into a GError whose code is that number. No device may send 0; that is
 * PLANCIA_PROTOCOL_ERROR_MALFORMED. Any thread.
 */
void
plancia_modbus_set_exception (GError **error, guint8 exception)
{
  if (exception == 0) {
    g_set_error_literal (error,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_MALFORMED,
                         "Modbus exception: expected a number from 1 to 255, got 0");
    return;
  }
  g_set_error (error,
               PLANCIA_MODBUS_ERROR,
               exception,
               "Modbus exception %u, %s",
               exception,
               plancia_modbus_exception_name (exception));
}

/**
 * plancia_modbus_exception_name:
 * @exception: the number from the wire
 *
 * Any thread.
 *
 * Returns: (transfer none): a few English words for the log
 */
const char *
plancia_modbus_exception_name (guint8 exception)
{
  switch (exception) {
  case PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION:
    return "illegal function";
  case PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS:
    return "illegal address";
  case PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE:
    return "illegal value";
  case PLANCIA_MODBUS_ERROR_DEVICE_FAILURE:
    return "device failure";
  case PLANCIA_MODBUS_ERROR_ACKNOWLEDGE:
    return "accepted, still working";
  case PLANCIA_MODBUS_ERROR_BUSY:
    return "device busy";
  case PLANCIA_MODBUS_ERROR_MEMORY_PARITY:
    return "memory parity error";
  case PLANCIA_MODBUS_ERROR_GATEWAY_PATH:
    return "gateway path unavailable";
  case PLANCIA_MODBUS_ERROR_GATEWAY_TARGET:
    return "no answer from the device behind the gateway";
  default:
    return "not a standard exception";
  }
}

/**
 * plancia_modbus_pdu_decode_request:
 * @pdu: a request; must stay while @out->values is used
 * @out: (out caller-allocates): what it asks; the function is set even on failure
 * @error: PLANCIA_MODBUS_ERROR with the exception that a server answers (1 for a function that it
 *   does not know, 3 for a count that is not allowed), or PLANCIA_PROTOCOL_ERROR for a request
 *   that is cut or too long, to which a server says nothing
 *
 * Any thread.
 *
 * Returns: whether @out is a request that may be carried out
 */
gboolean
plancia_modbus_pdu_decode_request (GBytes *pdu, PlanciaModbusRequest *out, GError **error)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (pdu, &length);
  PlanciaReader reader;

  plancia_reader_init (&reader, data, length);
  out->function = plancia_reader_u8 (&reader);
  out->values = NULL;
  if (length > 0 && !is_read (out->function) && out->function != PLANCIA_MODBUS_WRITE_SINGLE &&
      out->function != PLANCIA_MODBUS_WRITE_MULTIPLE) {
    plancia_modbus_set_exception (error, PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION);
    g_prefix_error (error, "function 0x%02x: ", out->function);
    return FALSE;
  }
  out->address = plancia_reader_be16 (&reader);
  out->count = plancia_reader_be16 (&reader);
  if (!plancia_reader_finish (&reader, "Modbus request", error))
    return FALSE;
  if (out->function == PLANCIA_MODBUS_WRITE_MULTIPLE)
    return decode_write_multiple (data, length, out, error);
  return decode_fixed (data, length, out, error);
}

/**
 * plancia_modbus_pdu_read_answer:
 * @function: that of the request
 * @words: (array length=count): register words, or bits as 0 and 1
 * @count: that of the request
 *
 * Any thread.
 *
 * Returns: (transfer full): the answer
 */
GBytes *
plancia_modbus_pdu_read_answer (guint8 function, const guint16 *words, guint count)
{
  gsize n_bytes = answer_byte_count (function, count);

  g_return_val_if_fail (is_read (function), NULL);
  g_return_val_if_fail (n_bytes <= PLANCIA_MODBUS_MAX_PDU - 2, NULL);

  GByteArray *array = g_byte_array_sized_new (2 + (guint) n_bytes);

  plancia_put_u8 (array, function);
  plancia_put_u8 (array, (guint8) n_bytes);
  if (!is_bit_read (function)) {
    for (guint i = 0; i < count; i++)
      plancia_put_be16 (array, words[i]);
    return g_byte_array_free_to_bytes (array);
  }
  for (guint i = 0; i < n_bytes; i++)
    plancia_put_u8 (array, 0);
  for (guint i = 0; i < count; i++)
    array->data[2 + i / 8] |= (guint8) ((words[i] != 0) << i % 8);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_modbus_pdu_write_answer:
 * @request: a decoded write
 *
 * Any thread.
 *
 * Returns: (transfer full): the answer that says it was done
 */
GBytes *
plancia_modbus_pdu_write_answer (const PlanciaModbusRequest *request)
{
  GByteArray *array = g_byte_array_sized_new (FIXED_LENGTH);

  plancia_put_u8 (array, request->function);
  plancia_put_be16 (array, request->address);
  plancia_put_be16 (array,
                    request->function == PLANCIA_MODBUS_WRITE_SINGLE ? get_be16 (request->values)
                                                                     : request->count);
  return g_byte_array_free_to_bytes (array);
}

/**
 * plancia_modbus_pdu_exception:
 * @function: that of the request
 * @exception: 1 to 255
 *
 * Any thread.
 *
 * Returns: (transfer full): the answer
 */
GBytes *
plancia_modbus_pdu_exception (guint8 function, guint8 exception)
{
  const guint8 data[] = {function | 0x80, exception};

  return g_bytes_new (data, sizeof data);
}

/**
 * plancia_modbus_pdu_measure:
 * @data: (array length=length): what has come, from the function byte on
 * @length: how much of it
 * @is_answer: whether a device speaks, not a client
 *
 * Any thread.
 *
 * Returns: the length of the PDU; 0 if @length is too small to tell; -1 if the function is
 *   unknown or its byte count would make the PDU longer than a PDU can be
 */
gssize
plancia_modbus_pdu_measure (const guint8 *data, gsize length, gboolean is_answer)
{
  gssize measured;

  if (length == 0)
    return 0;
  measured = is_answer ? measure_answer (data, length) : measure_request (data, length);
  return measured <= PLANCIA_MODBUS_MAX_PDU ? measured : -1;
}

/**
 * plancia_modbus_pdu_describe:
 * @pdu: anything
 * @is_answer: whether a device spoke it
 *
 * English, for logs and the traffic view. Any thread.
 *
 * Returns: (transfer full): one line
 */
char *
plancia_modbus_pdu_describe (GBytes *pdu, gboolean is_answer)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (pdu, &length);

  if (length == 0)
    return g_strdup ("nothing");
  return is_answer ? describe_answer (data, length) : describe_request (pdu, data, length);
}
