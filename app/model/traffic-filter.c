/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-filter.h"

#include "model/traffic-words.h"
#include "protocol/dissect.h"
#include <string.h>

/* Bytes that are looked through: all of a Modbus frame. */
#define HEX_LIMIT 512

typedef struct
{
  char    *folded;
  char    *hex;     /* lower case without 0x, if it is hex */
  gboolean address; /* written as one, with 0x */
} Word;

struct _PlanciaTrafficFilter
{
  GPtrArray *words;
  gboolean   sent;
  gboolean   received;
  gboolean   only_errors;
  GStrv      connections;
};

static void
word_free (gpointer data)
{
  Word *self = data;

  g_free (self->folded);
  g_free (self->hex);
  g_free (self);
}

/** plancia_traffic_filter_new: (transfer full) */
PlanciaTrafficFilter *
plancia_traffic_filter_new (void)
{
  PlanciaTrafficFilter *self = g_new0 (PlanciaTrafficFilter, 1);

  self->words = g_ptr_array_new_with_free_func (word_free);
  self->sent = TRUE;
  self->received = TRUE;
  return self;
}

/** plancia_traffic_filter_free: */
void
plancia_traffic_filter_free (PlanciaTrafficFilter *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->words);
  g_strfreev (self->connections);
  g_free (self);
}

static Word *
word_new (const char *text)
{
  Word            *self = g_new0 (Word, 1);
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char      *digits = g_str_has_prefix (lower, "0x") ? lower + 2 : lower;

  self->folded = g_utf8_casefold (text, -1);
  self->address = digits != lower;
  if (digits[0] != '\0' && strspn (digits, "0123456789abcdef") == strlen (digits))
    self->hex = g_strdup (digits);
  return self;
}

/**
 * plancia_traffic_filter_set_text:
 * @text: (nullable): words, apart by blanks
 */
void
plancia_traffic_filter_set_text (PlanciaTrafficFilter *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text ? text : "", " \t", -1);

  g_ptr_array_set_size (self->words, 0);
  for (guint i = 0; parts[i]; i++) {
    if (parts[i][0] != '\0')
      g_ptr_array_add (self->words, word_new (parts[i]));
  }
}

void
plancia_traffic_filter_set_directions (PlanciaTrafficFilter *self, gboolean sent, gboolean received)
{
  self->sent = sent;
  self->received = received;
}

void
plancia_traffic_filter_set_errors (PlanciaTrafficFilter *self, gboolean only_errors)
{
  self->only_errors = only_errors;
}

/**
 * plancia_traffic_filter_set_connections:
 * @connections: (nullable): addresses of connections; NULL for all
 */
void
plancia_traffic_filter_set_connections (PlanciaTrafficFilter *self, const char *const *connections)
{
  g_strfreev (self->connections);
  self->connections = g_strdupv ((GStrv) connections);
}

const char *const *
plancia_traffic_filter_get_connections (PlanciaTrafficFilter *self)
{
  return (const char *const *) self->connections;
}

gboolean
plancia_traffic_filter_is_set (PlanciaTrafficFilter *self)
{
  return self->words->len > 0 || self->only_errors || !self->sent || !self->received;
}

/* --- one frame ------------------------------------------------------------------------------- */

static gboolean
name_matches (const Word *word, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return strstr (folded, word->folded) != NULL;
}

static gboolean
address_matches (const Word *word, const PlanciaTrafficFrame *frame)
{
  PlanciaBrief brief;
  char         text[8];
  guint64      number;

  if (!word->hex || strlen (word->hex) > 4 ||
      !plancia_dissect_brief (frame->exchange, frame->answer, &brief) || brief.address < 0)
    return FALSE;
  if (word->address)
    return g_ascii_string_to_unsigned (word->hex, 16, 0, G_MAXUINT16, &number, NULL) &&
           number == (guint64) brief.address;
  g_snprintf (text, sizeof text, "%04x", (guint) brief.address);
  return strstr (text, word->hex) != NULL;
}

/* Whole bytes: "30" is not found in 03 04. */
static gboolean
bytes_match (const Word *word, const PlanciaTrafficFrame *frame)
{
  const guint8 *data = frame->answer ? plancia_exchange_get_received (frame->exchange)
                                     : plancia_exchange_get_sent (frame->exchange);
  guint         length = frame->answer ? frame->exchange->n_received : frame->exchange->n_sent;
  gsize         n = word->hex ? strlen (word->hex) : 0;

  if (n < 2 || n % 2 != 0 || word->address)
    return FALSE;
  for (guint i = 0; i + n / 2 <= MIN (length, HEX_LIMIT); i++) {
    gsize k = 0;

    while (k < n && g_ascii_xdigit_value (word->hex[k]) ==
                      (k % 2 == 0 ? data[i + k / 2] >> 4 : data[i + k / 2] & 15))
      k++;
    if (k == n)
      return TRUE;
  }
  return FALSE;
}

static gboolean
word_matches (const Word *word, PlanciaTrafficLog *log, const PlanciaTrafficFrame *frame)
{
  g_autofree char *function = NULL;

  if (address_matches (word, frame) || bytes_match (word, frame) ||
      name_matches (word, plancia_traffic_log_get_name (log, frame)))
    return TRUE;
  function = plancia_traffic_words_function (frame->exchange, frame->answer);
  return name_matches (word, function);
}

static gboolean
connection_passes (PlanciaTrafficFilter *self, const PlanciaTrafficFrame *frame)
{
  return !self->connections ||
         g_strv_contains ((const char *const *) self->connections, frame->source->connection);
}

/**
 * plancia_traffic_filter_passes:
 * @log: that the frame is in
 *
 * Returns: whether it is to be shown
 */
gboolean
plancia_traffic_filter_passes (PlanciaTrafficFilter      *self,
                               PlanciaTrafficLog         *log,
                               const PlanciaTrafficFrame *frame)
{
  if (!(frame->answer ? self->received : self->sent))
    return FALSE;
  if (self->only_errors && !plancia_exchange_is_error (frame->exchange->verdict))
    return FALSE;
  if (!connection_passes (self, frame))
    return FALSE;
  for (guint i = 0; i < self->words->len; i++) {
    if (!word_matches (g_ptr_array_index (self->words, i), log, frame))
      return FALSE;
  }
  return TRUE;
}
