/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Words of a write that are shown in one line. */
#define MOST_VALUES 8

static const char *
function_name (guint function)
{
  switch (function) {
  case 1:
    /* TRANSLATORS: Modbus functions, after their number, as in "03 read" */
    return C_ ("modbus function", "read coils");
  case 2:
    return C_ ("modbus function", "read inputs");
  case 3:
    return C_ ("modbus function", "read");
  case 4:
    return C_ ("modbus function", "read input");
  case 5:
    return C_ ("modbus function", "write coil");
  case 6:
    return C_ ("modbus function", "write one");
  case 16:
    return C_ ("modbus function", "write many");
  default:
    return "";
  }
}

/**
 * plancia_traffic_words_verdict:
 *
 * Returns: (transfer none)
 */
const char *
plancia_traffic_words_verdict (PlanciaExchangeVerdict verdict)
{
  static const char *const words[] = {
    /* TRANSLATORS: what became of a question to a device */
    NC_ ("verdict of a frame", "as asked"),
    NC_ ("verdict of a frame", "unasked"),
    NC_ ("verdict of a frame", "cancelled"),
    NC_ ("verdict of a frame", "exception"),
    NC_ ("verdict of a frame", "refused"),
    NC_ ("verdict of a frame", "no answer"),
    NC_ ("verdict of a frame", "line lost"),
    NC_ ("verdict of a frame", "CRC wrong"),
    NC_ ("verdict of a frame", "late"),
    NC_ ("verdict of a frame", "other unit"),
    NC_ ("verdict of a frame", "malformed"),
  };

  return g_dpgettext2 (NULL, "verdict of a frame", words[verdict]);
}

/**
 * plancia_traffic_words_exception:
 *
 * Returns: (transfer none) (nullable)
 */
const char *
plancia_traffic_words_exception (guint exception)
{
  switch (exception) {
  case 1:
    return _ ("illegal function");
  case 2:
    return _ ("illegal data address");
  case 3:
    return _ ("illegal data value");
  case 4:
    return _ ("device failure");
  case 5:
    return _ ("accepted, takes its time");
  case 6:
    return _ ("device busy");
  case 8:
    return _ ("memory parity error");
  case 10:
    return _ ("gateway path unavailable");
  case 11:
    return _ ("gateway: the device did not answer");
  default:
    return NULL;
  }
}

/* --- Solarman V5 ----------------------------------------------------------------------------- */

static const char *
control_name (guint control)
{
  switch (control) {
  case 0x41:
  case 0x11:
    return _ ("handshake");
  case 0x42:
  case 0x12:
    return _ ("data");
  case 0x43:
  case 0x13:
    return _ ("information");
  case 0x45:
    return _ ("request");
  case 0x15:
    return _ ("answer");
  case 0x47:
  case 0x17:
    return _ ("heartbeat");
  case 0x48:
  case 0x18:
    return _ ("report");
  default:
    return "";
  }
}

static const guint8 *
get_side (const PlanciaExchange *exchange, gboolean answer, guint *length)
{
  *length = answer ? exchange->n_received : exchange->n_sent;
  return answer ? plancia_exchange_get_received (exchange) : plancia_exchange_get_sent (exchange);
}

/* --- one line -------------------------------------------------------------------------------- */

/* "POST" or "200". */
static char *
http_function (const PlanciaExchange *exchange, gboolean answer)
{
  guint            length;
  const char      *data = (const char *) get_side (exchange, answer, &length);
  g_autofree char *line = g_strndup (data, MIN (length, 64));
  g_auto (GStrv) parts = g_strsplit_set (line, " \r\n", 3);
  guint n = answer ? 1 : 0;

  return g_strdup (g_strv_length (parts) > n ? parts[n] : "");
}

static char *
other_function (const PlanciaExchange *exchange, gboolean answer)
{
  guint         length;
  const guint8 *data = get_side (exchange, answer, &length);

  if (exchange->wire == PLANCIA_WIRE_HTTP)
    return http_function (exchange, answer);
  if (exchange->wire == PLANCIA_WIRE_SOLARMAN && length > 5 && data[0] == 0xa5)
    return g_strdup (control_name (data[4]));
  /* TRANSLATORS: kind of a frame: characters, not Modbus */
  return g_strdup (C_ ("frame", "text"));
}

/**
 * plancia_traffic_words_function:
 * @answer: which side
 *
 * Of an answer that went wrong: how.
 */
char *
plancia_traffic_words_function (const PlanciaExchange *exchange, gboolean answer)
{
  PlanciaBrief brief;
  gboolean     modbus = plancia_dissect_brief (exchange, answer, &brief);

  if (answer && exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION && modbus)
    return g_strdup_printf (_ ("exception %u"), brief.exception);
  if (answer && plancia_exchange_is_error (exchange->verdict) &&
      !(exchange->wire == PLANCIA_WIRE_HTTP && exchange->n_received > 0))
    return g_strdup (plancia_traffic_words_verdict (exchange->verdict));
  if (!modbus)
    return other_function (exchange, answer);
  return g_strdup_printf ("%02u %s", brief.function, function_name (brief.function));
}

static char *
bytes_text (guint n)
{
  return g_strdup_printf (g_dngettext (NULL, "%u byte", "%u bytes", n), n);
}

/* The path, and the command in the body if it has one. */
static char *
http_summary (const char *line, const char *data, guint length)
{
  static const char mark[] = "\"command\":\"";
  g_autofree char  *size = bytes_text (length);
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  const char *path = g_strv_length (parts) > 1 ? parts[1] : "";
  const char *found = g_strstr_len (data, length, mark);
  const char *end =
    found ? memchr (found + strlen (mark), '"', length - (gsize) (found - data) - strlen (mark))
          : NULL;

  if (!end)
    return g_strdup_printf ("%s, %s", path, size);
  found += strlen (mark);
  return g_strdup_printf ("%s %.*s, %s", path, (int) (end - found), found, size);
}

/* The first line, or the path of a request with what it asks for. */
static char *
text_summary (const PlanciaExchange *exchange, gboolean answer)
{
  guint            length;
  const char      *data = (const char *) get_side (exchange, answer, &length);
  g_autofree char *copy = g_strndup (data, MIN (length, 200));
  g_autofree char *valid = g_utf8_make_valid (copy, -1);
  g_autofree char *line = NULL;

  line = g_strndup (valid, strcspn (valid, "\r\n"));
  if (exchange->wire != PLANCIA_WIRE_HTTP)
    return g_steal_pointer (&line);
  if (answer)
    return bytes_text (length);
  return http_summary (line, data, length);
}

static char *
registers_text (const PlanciaBrief *brief)
{
  return g_strdup_printf (
    g_dngettext (NULL, "%04X, %u register", "%04X, %u registers", brief->count),
    (guint) brief->address,
    brief->count);
}

static char *
request_summary (const PlanciaBrief *brief)
{
  GString         *text;
  g_autofree char *head = registers_text (brief);

  if (brief->function == 6 && brief->values)
    return g_strdup_printf ("%04X = %02X%02X",
                            (guint) brief->address,
                            brief->values[0],
                            brief->values[1]);
  if (!brief->values)
    return g_steal_pointer (&head);
  text = g_string_new (head);
  g_string_append_c (text, ':');
  for (guint i = 0; i < MIN (brief->count, MOST_VALUES); i++)
    g_string_append_printf (text, " %02X%02X", brief->values[2 * i], brief->values[2 * i + 1]);
  if (brief->count > MOST_VALUES)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

static char *
bad_summary (const PlanciaExchange *exchange, const PlanciaBrief *brief, gboolean modbus)
{
  const char *words = modbus && exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION
                        ? plancia_traffic_words_exception (brief->exception)
                        : NULL;

  if (words)
    return g_strdup (words);
  if (exchange->verdict == PLANCIA_EXCHANGE_NO_ANSWER && exchange->n_received == 0)
    /* TRANSLATORS: of a question that was not answered in time */
    return g_strdup (_ ("time-out"));
  return exchange->error ? g_strdup (exchange->error->message) : bytes_text (exchange->n_received);
}

/**
 * plancia_traffic_words_summary:
 * @answer: which side
 *
 * What is asked, or what came.
 */
char *
plancia_traffic_words_summary (const PlanciaExchange *exchange, gboolean answer)
{
  PlanciaBrief brief;
  gboolean     modbus = plancia_dissect_brief (exchange, answer, &brief);

  if (answer && plancia_exchange_is_error (exchange->verdict))
    return bad_summary (exchange, &brief, modbus);
  if (exchange->wire == PLANCIA_WIRE_HTTP || exchange->wire == PLANCIA_WIRE_CONSOLE)
    return text_summary (exchange, answer);
  if (!modbus)
    return bytes_text (answer ? exchange->n_received : exchange->n_sent);
  if (!answer)
    return request_summary (&brief);
  /* What was read is as many bytes; what was written is echoed. */
  return brief.function <= 4 ? bytes_text (2 * brief.count) : request_summary (&brief);
}

/* --- parts ----------------------------------------------------------------------------------- */

static const char *
kind_name (PlanciaPartKind kind)
{
  static const char *const names[] = {
    [PLANCIA_PART_TRANSACTION] = N_ ("Transaction"),
      [PLANCIA_PART_PROTOCOL] = N_ ("Protocol, length"),
        [PLANCIA_PART_UNIT] = N_ ("Unit"),
          [PLANCIA_PART_FUNCTION] = N_ ("Function"),
            [PLANCIA_PART_EXCEPTION] = N_ ("Exception"),
              [PLANCIA_PART_ADDRESS] = N_ ("First register"),
                [PLANCIA_PART_COUNT] = N_ ("Registers"),
                  [PLANCIA_PART_BYTE_COUNT] = N_ ("Bytes that follow"),
                    [PLANCIA_PART_REGISTER] = N_ ("Register"),
                      [PLANCIA_PART_DATA] = N_ ("Data"),
                        [PLANCIA_PART_CRC] = N_ ("CRC"),
                          [PLANCIA_PART_V5_START] = N_ ("Start"),
                            [PLANCIA_PART_V5_LENGTH] = N_ ("Length"),
                              [PLANCIA_PART_V5_CONTROL] = N_ ("Control"),
                                [PLANCIA_PART_V5_SEQUENCE] = N_ ("Sequence, counter"),
                                  [PLANCIA_PART_V5_SERIAL] = N_ ("Logger"),
                                    [PLANCIA_PART_V5_TYPE] = N_ ("Frame type, status"),
                                      [PLANCIA_PART_V5_TIMES] = N_ ("Working time, on"),
                                        [PLANCIA_PART_V5_ERROR] = N_ ("Logger error"),
                                          [PLANCIA_PART_V5_SUM] = N_ ("Sum"),
                                            [PLANCIA_PART_V5_END] = N_ ("End"),
                                              [PLANCIA_PART_TEXT] = N_ ("Text"),
                                                                        [PLANCIA_PART_REST] =
                                                                          N_ ("Surplus"),
                                                                        };

  return _ (names[kind]);
}

static const PlanciaField *
find_field_at (PlanciaMap *map, int address)
{
  for (guint i = 0; map && address >= 0 && i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (address >= field->address && address < field->address + field->count)
      return field;
  }
  return NULL;
}

/**
 * plancia_traffic_words_part_name:
 * @map: (nullable): of the device
 */
char *
plancia_traffic_words_part_name (const PlanciaPart *part, PlanciaMap *map)
{
  const PlanciaField *field = part->kind == PLANCIA_PART_REGISTER
                                ? find_field_at (map, part->address)
                                : NULL;

  if (field)
    return g_strdup (plancia_map_label (field->name));
  if (part->kind == PLANCIA_PART_REGISTER && part->address >= 0)
    return g_strdup_printf ("0x%04X", (guint) part->address);
  return g_strdup (kind_name (part->kind));
}

/* A checksum, and what it should be if it is wrong. */
static char *
check_value (const PlanciaPart *part)
{
  int              digits = part->kind == PLANCIA_PART_CRC ? 4 : 2;
  g_autofree char *sent = g_strdup_printf ("0x%0*X", digits, part->number);
  g_autofree char *right = g_strdup_printf ("0x%0*X", digits, part->second);

  /* TRANSLATORS: a checksum */
  return part->bad ? g_strdup_printf (_ ("%s, should be %s"), sent, right)
                   : g_strdup_printf (_ ("%s, right"), sent);
}

static char *
function_value (const PlanciaPart *part)
{
  if (part->number >= 0x80)
    return g_strdup_printf (_ ("0x%02X, exception"), part->number);
  return g_strdup_printf ("%u, %s", part->number, function_name (part->number));
}

static char *
logger_error (guint code)
{
  if (code == 5)
    return g_strdup_printf (_ ("%u, no answer on the bus"), code);
  if (code == 6)
    return g_strdup_printf (_ ("%u, wrong serial number"), code);
  return g_strdup_printf ("%u", code);
}

static char *
with_words (guint number, const char *words)
{
  return words && words[0] != '\0' ? g_strdup_printf ("%u, %s", number, words)
                                   : g_strdup_printf ("%u", number);
}

/**
 * plancia_traffic_words_part_value:
 *
 * What the bytes say.
 */
char *
plancia_traffic_words_part_value (const PlanciaPart *part)
{
  switch ((PlanciaPartKind) part->kind) {
  case PLANCIA_PART_TRANSACTION:
  case PLANCIA_PART_ADDRESS:
    return g_strdup_printf ("0x%04X", part->number);
  case PLANCIA_PART_REGISTER:
    return g_strdup_printf ("%04X = %u", part->number, part->number);
  case PLANCIA_PART_PROTOCOL:
  case PLANCIA_PART_V5_SEQUENCE:
  case PLANCIA_PART_V5_TYPE:
    return g_strdup_printf ("%u, %u", part->number, part->second);
  case PLANCIA_PART_V5_TIMES:
    return g_strdup_printf ("%u s, %u s", part->number, part->second);
  case PLANCIA_PART_FUNCTION:
    return function_value (part);
  case PLANCIA_PART_EXCEPTION:
    return with_words (part->number, plancia_traffic_words_exception (part->number));
  case PLANCIA_PART_V5_CONTROL:
    return g_strdup_printf ("0x%02X10, %s", part->number, control_name (part->number));
  case PLANCIA_PART_V5_ERROR:
    return logger_error (part->number);
  case PLANCIA_PART_CRC:
  case PLANCIA_PART_V5_SUM:
    return check_value (part);
  case PLANCIA_PART_V5_START:
  case PLANCIA_PART_V5_END:
    return g_strdup ("");
  case PLANCIA_PART_DATA:
  case PLANCIA_PART_TEXT:
  case PLANCIA_PART_REST:
    return bytes_text (part->length);
  case PLANCIA_PART_UNIT:
  case PLANCIA_PART_COUNT:
  case PLANCIA_PART_BYTE_COUNT:
  case PLANCIA_PART_V5_LENGTH:
  case PLANCIA_PART_V5_SERIAL:
  default:
    return g_strdup_printf ("%u", part->number);
  }
}

/**
 * plancia_traffic_words_part_range:
 *
 * From and to, both counted from 0.
 */
char *
plancia_traffic_words_part_range (const PlanciaPart *part)
{
  if (part->length == 1)
    return g_strdup_printf ("%u", part->start);
  return g_strdup_printf ("%u–%u", part->start, part->start + part->length - 1);
}
