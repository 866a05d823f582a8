/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/logger-discovery.h"

#include "base/error.h"
#include <string.h>

#define FIELDS       3
#define MAC_DIGITS   12
#define SERIAL_LIMIT 10 /* digits of 2^32 - 1 */
#define NAME_LIMIT   64

static const char *const requests[] = {"WIFIKIT-214028-READ", "HF-A11ASSISTHREAD", NULL};

/**
 * plancia_logger_discovery_get_requests:
 *
 * The first is for loggers, the second for other modules of the same maker.
 *
 * Returns: (transfer none): the words, %NULL-terminated
 */
const char *const *
plancia_logger_discovery_get_requests (void)
{
  return requests;
}

/**
 * plancia_logger_discovery_is_request:
 * @data: payload of a datagram
 * @length: of it
 *
 * Returns: whether it is one of the words and nothing else
 */
gboolean
plancia_logger_discovery_is_request (const guint8 *data, gsize length)
{
  for (guint i = 0; requests[i] != NULL; i++)
    if (length == strlen (requests[i]) && memcmp (data, requests[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
fail (GError **error, const char *what, const char *found)
{
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_MALFORMED,
               "answer to the call for loggers: expected %s, got \"%s\"",
               what,
               found);
  return FALSE;
}

static gboolean
is_padding (guint8 c)
{
  return c == '\0' || c == '\r' || c == '\n' || c == ' ';
}

/* The line without what stands around it; NULL if it is not one line of plain ASCII. (transfer full) */
static char *
take_line (const guint8 *data, gsize length)
{
  while (length > 0 && is_padding (data[length - 1]))
    length--;
  while (length > 0 && is_padding (data[0])) {
    data++;
    length--;
  }
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint ((char) data[i]))
      return NULL;
  return g_strndup ((const char *) data, length);
}

/* 12 digits, or six pairs with colons. */
static gboolean
parse_mac (const char *text, PlanciaLoggerReply *out, GError **error)
{
  gboolean colons = strchr (text, ':') != NULL;
  guint    digits = 0;

  for (const char *at = text; *at != '\0'; at++) {
    if (colons && (at - text) % 3 == 2) {
      if (*at != ':')
        return fail (error, "a MAC address", text);
      continue;
    }
    if (!g_ascii_isxdigit (*at) || digits == MAC_DIGITS)
      return fail (error, "a MAC address", text);
    out->mac[digits / 2 * 3 + digits % 2] = g_ascii_toupper (*at);
    digits++;
  }
  if (digits != MAC_DIGITS || g_str_has_suffix (text, ":"))
    return fail (error, "a MAC address", text);
  for (guint i = 2; i < sizeof out->mac - 1; i += 3)
    out->mac[i] = ':';
  out->mac[sizeof out->mac - 1] = '\0';
  return TRUE;
}

static gboolean
parse_serial (const char *text, PlanciaLoggerReply *out, GError **error)
{
  guint64 number;

  if (strlen (text) > SERIAL_LIMIT ||
      !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    return fail (error, "a serial number", text);
  out->serial = (guint32) number;
  return TRUE;
}

/* Other modules of the maker give the name of the module. */
static gboolean
parse_name (const char *text, PlanciaLoggerReply *out, GError **error)
{
  gsize length = strlen (text);

  if (!g_ascii_isalpha (text[0]) || length > NAME_LIMIT ||
      strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") != length)
    return fail (error, "a serial number or a name", text);
  out->name = g_strdup (text);
  return TRUE;
}

static gboolean
parse_fields (char **fields, const char *sender, PlanciaLoggerReply *out, GError **error)
{
  for (guint i = 0; i < FIELDS; i++)
    g_strstrip (fields[i]);
  if (!g_str_equal (fields[0], sender)) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                 "answer to the call for loggers: %s says that it is %s",
                 sender,
                 fields[0]);
    return FALSE;
  }
  if (!parse_mac (fields[1], out, error))
    return FALSE;
  if (fields[2][0] != '\0' && strspn (fields[2], G_CSET_DIGITS) == strlen (fields[2]))
    return parse_serial (fields[2], out, error);
  return parse_name (fields[2], out, error);
}

/**
 * plancia_logger_discovery_parse:
 * @data: payload of a datagram
 * @length: of it
 * @sender: IPv4 address that it came from
 * @out: (out caller-allocates): to be cleared
 * @error: %PLANCIA_PROTOCOL_ERROR_MALFORMED, or %PLANCIA_PROTOCOL_ERROR_UNEXPECTED for another's address
 *
 * Exactly three fields; zero bytes, blanks and line endings around the line are passed over, and blanks around a field,
 * as some proxies send them. The answer only suggests: a read has to confirm it.
 *
 * Returns: %FALSE if it is not a logger's answer
 */
gboolean
plancia_logger_discovery_parse (const guint8       *data,
                                gsize               length,
                                const char         *sender,
                                PlanciaLoggerReply *out,
                                GError            **error)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) fields = NULL;

  *out = (PlanciaLoggerReply){0};
  if (length == 0 || length > PLANCIA_LOGGER_DISCOVERY_LIMIT)
    return fail (error, "1 to 128 bytes", length == 0 ? "nothing" : "more");
  line = take_line (data, length);
  if (line == NULL)
    return fail (error, "plain text", "other bytes");
  fields = g_strsplit (line, ",", FIELDS + 1);
  if (g_strv_length (fields) != FIELDS)
    return fail (error, "\"ip,mac,serial\"", line);
  return parse_fields (fields, sender, out, error);
}

/**
 * plancia_logger_discovery_reply:
 * @address: the logger's own IPv4 address
 * @mac: its MAC address
 * @serial: its serial number
 *
 * Returns: (transfer full): the answer, to be sent without its terminating zero
 */
char *
plancia_logger_discovery_reply (const char *address, const guint8 mac[6], guint32 serial)
{
  return g_strdup_printf ("%s,%02X%02X%02X%02X%02X%02X,%u",
                          address,
                          mac[0],
                          mac[1],
                          mac[2],
                          mac[3],
                          mac[4],
                          mac[5],
                          serial);
}

void
plancia_logger_reply_clear (PlanciaLoggerReply *self)
{
  g_clear_pointer (&self->name, g_free);
}
