/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/transcript.h"

#include "base/bytes.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* Names instead of quarks: a file from elsewhere cannot make new domains here. */
static const struct
{
  const char *name;
  GQuark (*domain) (void);
} domains[] = {
  {"io",       g_io_error_quark            },
  {"protocol", plancia_protocol_error_quark},
  {"modbus",   plancia_modbus_error_quark  },
  {"cloud",    plancia_cloud_error_quark   },
  {"device",   plancia_device_error_quark  },
};

static gboolean
fail (GError **error, const char *expected, const char *got)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_SYNTAX,
               "expected %s, got \"%.80s\"",
               expected,
               got != NULL ? got : "");
  return FALSE;
}

/**
 * plancia_transcript_line_free:
 */
void
plancia_transcript_line_free (PlanciaTranscriptLine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pdu, g_bytes_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * plancia_transcript_append_failure:
 *
 * Domain, code and words on one line. Any thread.
 */
void
plancia_transcript_append_failure (GString *text, const GError *failure)
{
  const char      *name = "io";
  int              code = G_IO_ERROR_FAILED;
  g_autofree char *words = g_strdup (failure->message);

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    if (failure->domain == domains[i].domain ()) {
      name = domains[i].name;
      code = failure->code;
    }
  for (char *p = words; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_string_append_printf (text, "%s %d %s", name, code, words);
}

/**
 * plancia_transcript_format:
 * @line: with a PDU, or with a failure when the direction is '!'
 *
 * Returns: (transfer full): one line, without its end
 */
char *
plancia_transcript_format (const PlanciaTranscriptLine *line)
{
  char     number[G_ASCII_DTOSTR_BUF_SIZE];
  GString *text = g_string_new (g_ascii_formatd (number, sizeof number, "%.3f", line->seconds));

  g_string_append_printf (text, " %c %02x ", line->direction, line->unit);
  if (line->pdu != NULL) {
    gsize            length;
    const guint8    *data = g_bytes_get_data (line->pdu, &length);
    g_autofree char *hex = plancia_hex_encode (data, length, "");

    g_string_append (text, hex);
  } else if (line->failure != NULL) {
    plancia_transcript_append_failure (text, line->failure);
  }
  return g_string_free (text, FALSE);
}

static gboolean
parse_head (PlanciaTranscriptLine *line, char **parts, GError **error)
{
  char   *end = NULL;
  guint64 unit;

  line->seconds = g_ascii_strtod (parts[0], &end);
  if (end == parts[0] || *end != '\0' || !isfinite (line->seconds))
    return fail (error, "seconds", parts[0]);
  if (strlen (parts[1]) != 1 || strchr ("><!", parts[1][0]) == NULL)
    return fail (error, "direction >, < or !", parts[1]);
  line->direction = parts[1][0];
  if (strlen (parts[2]) != 2 || !g_ascii_string_to_unsigned (parts[2], 16, 0, 255, &unit, NULL))
    return fail (error, "unit as two hex digits", parts[2]);
  line->unit = (guint8) unit;
  return TRUE;
}

static gboolean
parse_pdu (PlanciaTranscriptLine *line, const char *text, GError **error)
{
  gsize length;

  line->pdu = plancia_hex_decode (text, NULL);
  if (line->pdu == NULL)
    return fail (error, "hex digits", text);
  length = g_bytes_get_size (line->pdu);
  if (length >= 1 && length <= PLANCIA_MODBUS_MAX_PDU)
    return TRUE;
  return fail (error, "1 to 253 bytes", text);
}

/**
 * plancia_transcript_parse_failure:
 *
 * Any thread. Returns: (transfer full): or NULL and PLANCIA_DOCUMENT_ERROR_SYNTAX
 */
GError *
plancia_transcript_parse_failure (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  gint64 code;

  if (g_strv_length (parts) != 3) {
    fail (error, "domain, code and words of a failure", text);
    return NULL;
  }
  if (!g_ascii_string_to_signed (parts[1], 10, G_MININT, G_MAXINT, &code, NULL)) {
    fail (error, "code of a failure", parts[1]);
    return NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_str_equal (parts[0], domains[i].name))
      return g_error_new_literal (domains[i].domain (), (int) code, parts[2]);
  fail (error, "domain io, protocol, modbus, cloud or device", parts[0]);
  return NULL;
}

static gboolean
parse_failure (PlanciaTranscriptLine *line, const char *text, GError **error)
{
  line->failure = plancia_transcript_parse_failure (text, error);
  return line->failure != NULL;
}

/**
 * plancia_transcript_parse:
 * @text: one line, without its end
 *
 * Returns: (transfer full): or NULL and PLANCIA_DOCUMENT_ERROR_SYNTAX
 */
PlanciaTranscriptLine *
plancia_transcript_parse (const char *text, GError **error)
{
  g_autoptr (PlanciaTranscriptLine) line = g_new0 (PlanciaTranscriptLine, 1);
  g_auto (GStrv) parts = g_strsplit (text, " ", 4);

  if (g_strv_length (parts) != 4) {
    fail (error, "seconds, direction, unit and bytes", text);
    return NULL;
  }
  if (!parse_head (line, parts, error))
    return NULL;
  if (line->direction == '!' ? !parse_failure (line, parts[3], error)
                             : !parse_pdu (line, parts[3], error))
    return NULL;
  return g_steal_pointer (&line);
}

static gboolean
is_passed_over (const char *text)
{
  return text[0] == '\0' || text[0] == '#';
}

/**
 * plancia_transcript_parse_all:
 * @text: a whole file, header included
 * @origin: names the file in messages
 *
 * Returns: (transfer full) (element-type PlanciaTranscriptLine): or NULL and
 * PLANCIA_DOCUMENT_ERROR_SYNTAX, or _VERSION when the first line is not the header
 */
GPtrArray *
plancia_transcript_parse_all (const char *text, const char *origin, GError **error)
{
  g_autoptr (GPtrArray)
    lines = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_transcript_line_free);
  g_auto (GStrv) texts = g_strsplit (text, "\n", -1);

  if (texts[0] == NULL || !g_str_equal (g_strchomp (texts[0]), PLANCIA_TRANSCRIPT_HEADER)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_VERSION,
                 "%s: line 1: expected \"%s\"",
                 origin,
                 PLANCIA_TRANSCRIPT_HEADER);
    return NULL;
  }
  for (guint i = 1; texts[i] != NULL; i++) {
    PlanciaTranscriptLine *line;

    if (is_passed_over (g_strchomp (texts[i])))
      continue;
    line = plancia_transcript_parse (texts[i], error);
    if (line == NULL) {
      g_prefix_error (error, "%s: line %u: ", origin, i + 1);
      return NULL;
    }
    g_ptr_array_add (lines, line);
  }
  return g_steal_pointer (&lines);
}

static void
append_line (GString *text, const PlanciaTranscriptLine *line)
{
  g_autofree char *formatted = plancia_transcript_format (line);

  g_string_append (text, formatted);
  g_string_append_c (text, '\n');
}

/* What a replay gives back for an answer that is not one: the failure that the link reported. */
static GError *
make_failure (const PlanciaExchange *exchange)
{
  if (exchange->error != NULL)
    return g_error_copy (exchange->error);
  return g_error_new (PLANCIA_PROTOCOL_ERROR,
                      PLANCIA_PROTOCOL_ERROR_MALFORMED,
                      "%s",
                      plancia_exchange_verdict_name (exchange->verdict));
}

/**
 * plancia_transcript_append:
 * @text: gets a line for the question and one for the answer
 * @start: microseconds at which the transcript begins
 *
 * Any thread.
 */
void
plancia_transcript_append (GString *text, const PlanciaExchange *exchange, gint64 start)
{
  PlanciaTranscriptLine line = {.direction = '>', .unit = (guint8) exchange->unit};
  g_autoptr (GBytes) question = plancia_exchange_dup_pdu (exchange, FALSE);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) failure = NULL;

  if (question == NULL || exchange->unit < 0)
    return;
  line.pdu = question;
  line.seconds = (double) (exchange->time - start) / G_USEC_PER_SEC;
  append_line (text, &line);

  if (exchange->error == NULL)
    answer = plancia_exchange_dup_pdu (exchange, TRUE);
  if (answer == NULL)
    failure = make_failure (exchange);
  line.pdu = answer;
  line.failure = failure;
  line.direction = answer != NULL ? '<' : '!';
  line.seconds += (double) exchange->duration / G_USEC_PER_SEC;
  append_line (text, &line);
}
