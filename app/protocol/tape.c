/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/tape.h"

#include "base/error.h"
#include "protocol/transcript.h"
#include <string.h>

/* Links of one plant: an address each. */
#define MOST_LINKS 4096
/* A year: a number beyond that is damage. */
#define LONGEST (G_GINT64_CONSTANT (366) * 24 * 3600 * G_USEC_PER_SEC)

/* --- the object ------------------------------------------------------------------------------ */

static void
entry_free (gpointer data)
{
  PlanciaTapeEntry *self = data;

  plancia_exchange_unref (self->exchange);
  g_clear_pointer (&self->said, g_bytes_unref);
  g_free (self->device);
  g_free (self);
}

static PlanciaTape *
tape_new (void)
{
  PlanciaTape *self = g_atomic_rc_box_new0 (PlanciaTape);

  self->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->links = g_ptr_array_new_with_free_func (g_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

static void
clear (gpointer data)
{
  PlanciaTape *self = data;

  g_hash_table_unref (self->files);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->entries);
}

/** plancia_tape_ref: (transfer full) */
PlanciaTape *
plancia_tape_ref (PlanciaTape *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plancia_tape_unref (PlanciaTape *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/* --- reading --------------------------------------------------------------------------------- */

static gboolean
parse_number (const char *text, gint64 highest, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, 0, highest, out, NULL);
}

/* "-" is nothing. FALSE: damaged. */
static gboolean
parse_data (const char *text, guint8 **data, gsize *length)
{
  gsize whole = strlen (text);

  *data = NULL;
  *length = 0;
  if (g_str_equal (text, "-"))
    return TRUE;
  if (whole == 0 || whole % 4 != 0 ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != whole)
    return FALSE;
  *data = g_base64_decode (text, length);
  return *length > 0;
}

static int
find_name (const char *(*name_of) (guint), guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (name_of (i), name))
      return (int) i;
  return -1;
}

static const char *
wire_name (guint wire)
{
  return plancia_wire_name (wire);
}

static const char *
verdict_name (guint verdict)
{
  return plancia_exchange_verdict_name (verdict);
}

static gboolean
parse_exchange_head (PlanciaTape *self, char **parts, guint *link, PlanciaExchangeParts *out)
{
  gint64 offset, number, unit, duration;
  int    wire = find_name (wire_name, PLANCIA_WIRE_HTTP + 1, parts[3]);
  int    verdict = find_name (verdict_name, PLANCIA_EXCHANGE_MALFORMED + 1, parts[5]);

  if (!parse_number (parts[1], LONGEST, &offset) || !parse_number (parts[2], MOST_LINKS, &number) ||
      number >= self->links->len || wire < 0 || verdict < 0 ||
      !g_ascii_string_to_signed (parts[4], 10, -1, 255, &unit, NULL) ||
      !parse_number (parts[6], G_MAXUINT32, &duration))
    return FALSE;
  *link = (guint) number;
  out->time = self->start + offset;
  out->wire = (PlanciaWire) wire;
  out->verdict = (PlanciaExchangeVerdict) verdict;
  out->unit = (int) unit;
  out->duration = (guint32) duration;
  return TRUE;
}

static void
take_entry (PlanciaTape *self, PlanciaTapeEntry *entry)
{
  g_ptr_array_add (self->entries, entry);
  self->end = MAX (self->end, entry->time);
}

static gboolean
parse_exchange (PlanciaTape *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 11);
  guint                n = g_strv_length (parts);
  PlanciaExchangeParts out = {0};
  g_autofree guint8   *sent = NULL, *received = NULL;
  g_autofree char     *text = NULL;
  g_autoptr (GRefString) peer = NULL;
  g_autoptr (GError) failure = NULL;
  PlanciaTapeEntry *entry;
  guint             link = 0;

  if (n < 10 || !parse_exchange_head (self, parts, &link, &out) ||
      !parse_data (parts[8], &sent, &out.n_sent) ||
      !parse_data (parts[9], &received, &out.n_received))
    return FALSE;
  text = g_uri_unescape_string (parts[7], NULL);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (n > 10) {
    failure = plancia_transcript_parse_failure (parts[10], NULL);
    if (failure == NULL)
      return FALSE;
  }
  peer = g_ref_string_new_intern (text);
  out.peer = peer;
  out.error = failure;
  out.sent = sent;
  out.received = received;
  entry = g_new0 (PlanciaTapeEntry, 1);
  entry->time = out.time + out.duration;
  entry->link = link;
  entry->exchange = plancia_exchange_new (&out);
  take_entry (self, entry);
  return TRUE;
}

static gboolean
parse_said (PlanciaTape *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 5);
  g_autofree guint8 *data = NULL;
  gsize              length = 0;
  gint64             offset, link;
  PlanciaTapeEntry  *entry;
  g_autofree char   *device = NULL;

  if (g_strv_length (parts) != 5 || !parse_number (parts[1], LONGEST, &offset) ||
      !parse_number (parts[2], MOST_LINKS, &link) || link >= self->links->len ||
      !parse_data (parts[4], &data, &length) || length == 0)
    return FALSE;
  device = g_uri_unescape_string (parts[3], NULL);
  if (device == NULL || !g_utf8_validate (device, -1, NULL))
    return FALSE;
  entry = g_new0 (PlanciaTapeEntry, 1);
  entry->time = self->start + offset;
  entry->link = (guint) link;
  entry->device = g_steal_pointer (&device);
  entry->said = g_bytes_new_take (g_steal_pointer (&data), length);
  take_entry (self, entry);
  return TRUE;
}

static gboolean
parse_file (PlanciaTape *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  g_autofree guint8 *data = NULL;
  g_autofree char   *name = NULL;
  gsize              length = 0;

  if (g_strv_length (parts) != 3 || !parse_data (parts[2], &data, &length))
    return FALSE;
  name = g_uri_unescape_string (parts[1], NULL);
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  g_hash_table_replace (self->files,
                        g_steal_pointer (&name),
                        g_bytes_new_take (g_steal_pointer (&data), length));
  return TRUE;
}

static gboolean
parse_link (PlanciaTape *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  gint64 number;

  if (g_strv_length (parts) != 3 || parts[2][0] == '\0' ||
      !parse_number (parts[1], MOST_LINKS, &number) || number != self->links->len)
    return FALSE;
  g_ptr_array_add (self->links, g_strdup (parts[2]));
  return TRUE;
}

static gboolean
parse_count (PlanciaTape *self, const char *line)
{
  gint64 number;

  if (g_str_has_prefix (line, "lost ") && parse_number (line + 5, G_MAXINT32, &number)) {
    self->lost += (guint64) number;
    return TRUE;
  }
  if (!g_str_has_prefix (line, "end ") || !parse_number (line + 4, LONGEST, &number))
    return FALSE;
  self->end = MAX (self->end, self->start + number);
  self->whole = TRUE;
  return TRUE;
}

static gboolean
parse_line (PlanciaTape *self, const char *line)
{
  if (!g_utf8_validate (line, -1, NULL))
    return FALSE;
  if (g_str_has_prefix (line, "x "))
    return parse_exchange (self, line);
  if (g_str_has_prefix (line, "r "))
    return parse_said (self, line);
  if (g_str_has_prefix (line, "file "))
    return parse_file (self, line);
  if (g_str_has_prefix (line, "link "))
    return parse_link (self, line);
  return parse_count (self, line);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const PlanciaTapeEntry *left = *(const PlanciaTapeEntry *const *) a;
  const PlanciaTapeEntry *right = *(const PlanciaTapeEntry *const *) b;

  return (left->time > right->time) - (left->time < right->time);
}

/* The links' ends interleave by a fraction of a second; g_ptr_array_sort is stable. */
static void
sort_entries (PlanciaTape *self)
{
  for (guint i = 1; i < self->entries->len; i++) {
    gpointer *pair = &self->entries->pdata[i - 1];

    if (compare_entries (&pair[0], &pair[1]) > 0) {
      g_ptr_array_sort (self->entries, compare_entries);
      return;
    }
  }
}

/* The next whole line, or NULL: the rest was cut off. (transfer full) */
static char *
take_line (const char **at, const char *end)
{
  const char *line = *at;
  const char *stop = line < end ? memchr (line, '\n', (gsize) (end - line)) : NULL;
  gsize       length;

  if (stop == NULL)
    return NULL;
  *at = stop + 1;
  length = (gsize) (stop - line);
  if (length > 0 && line[length - 1] == '\r')
    length--;
  /* A line with a NUL in it is cut there, and is not whole then. */
  return g_strndup (line, length);
}

static gboolean
parse_head (PlanciaTape *self, const char **at, const char *end, const char *origin, GError **error)
{
  g_autofree char *header = take_line (at, end);
  g_autofree char *start = NULL;

  if (header == NULL || !g_str_equal (header, PLANCIA_TAPE_HEADER)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_VERSION,
                 "%s: line 1: expected \"%s\"",
                 origin,
                 PLANCIA_TAPE_HEADER);
    return FALSE;
  }
  start = take_line (at, end);
  if (start != NULL && g_str_has_prefix (start, "start ") &&
      parse_number (start + strlen ("start "), G_MAXINT64 / 4, &self->start)) {
    self->end = self->start;
    return TRUE;
  }
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_SYNTAX,
               "%s: line 2: expected \"start\" and a time",
               origin);
  return FALSE;
}

/**
 * plancia_tape_parse:
 * @bytes: a whole file, or the beginning of one
 * @origin: names it in messages
 *
 * Lines that are damaged are passed over and counted.
 *
 * Returns: (transfer full): or NULL and PLANCIA_DOCUMENT_ERROR if it is none
 */
PlanciaTape *
plancia_tape_parse (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (PlanciaTape) self = tape_new ();
  gsize       length;
  const char *at = g_bytes_get_data (bytes, &length);
  const char *end = at + length;

  if (!parse_head (self, &at, end, origin, error))
    return NULL;
  while (TRUE) {
    g_autofree char *line = take_line (&at, end);

    if (line == NULL)
      break;
    if (line[0] != '\0' && line[0] != '#')
      self->damaged += !parse_line (self, line);
  }
  sort_entries (self);
  return g_steal_pointer (&self);
}

gboolean
plancia_tape_is_one (const char *data, gsize length)
{
  gsize wanted = strlen (PLANCIA_TAPE_HEADER);

  return length > wanted && memcmp (data, PLANCIA_TAPE_HEADER, wanted) == 0 &&
         (data[wanted] == '\n' || data[wanted] == '\r');
}

int
plancia_tape_find_link (const PlanciaTape *self, const char *connection)
{
  for (guint i = 0; i < self->links->len; i++)
    if (g_str_equal (g_ptr_array_index (self->links, i), connection))
      return (int) i;
  return -1;
}

guint
plancia_tape_count_until (const PlanciaTape *self, gint64 time)
{
  guint low = 0, high = self->entries->len;

  while (low < high) {
    guint                   middle = low + (high - low) / 2;
    const PlanciaTapeEntry *entry = g_ptr_array_index (self->entries, middle);

    if (entry->time <= time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* --- writing --------------------------------------------------------------------------------- */

/** plancia_tape_append_head: the first two lines. */
void
plancia_tape_append_head (GString *text, gint64 start)
{
  g_string_append_printf (text, PLANCIA_TAPE_HEADER "\nstart %" G_GINT64_FORMAT "\n", start);
}

static void
append_data (GString *text, const guint8 *data, gsize length)
{
  g_autofree char *encoded = length > 0 ? g_base64_encode (data, length) : NULL;

  g_string_append_c (text, ' ');
  g_string_append (text, encoded != NULL ? encoded : "-");
}

static void
append_bytes (GString *text, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  append_data (text, data, length);
}

static void
append_escaped (GString *text, const char *word)
{
  g_autofree char *escaped = g_uri_escape_string (word, "/:[]", FALSE);

  g_string_append_c (text, ' ');
  g_string_append (text, escaped);
}

void
plancia_tape_append_file (GString *text, const char *name, GBytes *bytes)
{
  g_string_append (text, "file");
  append_escaped (text, name);
  append_bytes (text, bytes);
  g_string_append_c (text, '\n');
}

void
plancia_tape_append_link (GString *text, guint number, const char *connection)
{
  g_string_append_printf (text, "link %u %s\n", number, connection);
}

/* A clock that was set back must not make a time before the start. */
static gint64
offset_of (gint64 time, gint64 start)
{
  return CLAMP (time - start, 0, LONGEST);
}

/**
 * plancia_tape_append_exchange:
 * @link: its number
 * @start: of the recording, us UTC
 *
 * A whole line.
 */
void
plancia_tape_append_exchange (GString               *text,
                              guint                  link,
                              const PlanciaExchange *exchange,
                              gint64                 start)
{
  g_string_append_printf (text,
                          "x %" G_GINT64_FORMAT " %u %s %d %s %u",
                          offset_of (exchange->time, start),
                          link,
                          plancia_wire_name (exchange->wire),
                          exchange->unit,
                          plancia_exchange_verdict_name (exchange->verdict),
                          exchange->duration);
  append_escaped (text, exchange->peer);
  append_data (text, plancia_exchange_get_sent (exchange), exchange->n_sent);
  append_data (text, plancia_exchange_get_received (exchange), exchange->n_received);
  if (exchange->error != NULL) {
    g_string_append_c (text, ' ');
    plancia_transcript_append_failure (text, exchange->error);
  }
  g_string_append_c (text, '\n');
}

/** plancia_tape_append_said: what a cloud said of a device, as it was understood. */
void
plancia_tape_append_said (GString    *text,
                          guint       link,
                          const char *device,
                          GBytes     *said,
                          gint64      time,
                          gint64      start)
{
  g_string_append_printf (text, "r %" G_GINT64_FORMAT " %u", offset_of (time, start), link);
  append_escaped (text, device);
  append_bytes (text, said);
  g_string_append_c (text, '\n');
}

void
plancia_tape_append_lost (GString *text, guint64 lost)
{
  g_string_append_printf (text, "lost %" G_GUINT64_FORMAT "\n", MIN (lost, G_MAXINT32));
}

void
plancia_tape_append_end (GString *text, gint64 time, gint64 start)
{
  g_string_append_printf (text, "end %" G_GINT64_FORMAT "\n", offset_of (time, start));
}
