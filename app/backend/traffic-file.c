/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/traffic-file.h"

#include "base/bytes.h"
#include "base/csv.h"
#include "base/text.h"
#include "protocol/dissect.h"
#include "protocol/pcapng.h"
#include "protocol/transcript.h"

/* --- pcapng ---------------------------------------------------------------------------------- */

static GBytes *
make_pcapng (GPtrArray *exchanges)
{
  g_autoptr (PlanciaPcapng) pcapng = plancia_pcapng_new ();
  GByteArray *file = g_byte_array_new ();

  plancia_pcapng_begin (pcapng, file);
  for (guint i = 0; i < exchanges->len; i++)
    plancia_pcapng_append (pcapng, g_ptr_array_index (exchanges, i), file);
  return g_byte_array_free_to_bytes (file);
}

/* --- transcript ------------------------------------------------------------------------------ */

/* Connections are told apart by a remark: a replay knows units, not peers. */
static GBytes *
make_transcript (GPtrArray *exchanges)
{
  GString               *text = g_string_new (PLANCIA_TRANSCRIPT_HEADER "\n");
  const PlanciaExchange *last = NULL; /* that has a remark */
  gint64                 start = 0;

  for (guint i = 0; i < exchanges->len; i++) {
    const PlanciaExchange *exchange = g_ptr_array_index (exchanges, i);
    gsize                  before = text->len;

    if (i == 0)
      start = exchange->time;
    plancia_transcript_append (text, exchange, start);
    if (text->len > before && (last == NULL || last->wire != exchange->wire ||
                               g_strcmp0 (last->peer, exchange->peer) != 0)) {
      g_autofree char *remark =
        g_strdup_printf ("# %s %s\n", plancia_wire_name (exchange->wire), exchange->peer);

      g_string_insert (text, (gssize) before, remark);
      last = exchange;
    }
  }
  return g_string_free_to_bytes (text);
}

/* --- CSV ------------------------------------------------------------------------------------- */

static const char *
find_name (const PlanciaExchange *exchange, GHashTable *names)
{
  g_autofree char *key = g_strdup_printf ("%s %d", exchange->peer, exchange->unit);
  const char      *name = names != NULL ? g_hash_table_lookup (names, key) : NULL;

  return name != NULL ? name : "";
}

static void
append_brief (GString *text, const PlanciaExchange *exchange, gboolean answer)
{
  PlanciaBrief brief;

  if (!plancia_dissect_brief (exchange, answer, &brief)) {
    g_string_append (text, ",,");
    return;
  }
  g_string_append_printf (text, "%u,", brief.function);
  if (brief.address >= 0)
    g_string_append_printf (text, "0x%04X", (guint) brief.address);
  g_string_append_c (text, ',');
  if (brief.function < 0x80)
    g_string_append_printf (text, "%u", brief.count);
}

/* The bytes of text are of no use in hex, but a comma in them would be. */
static void
append_frame (GString *text, const PlanciaExchange *exchange, gboolean answer, GHashTable *names)
{
  gint64           time = exchange->time + (answer ? exchange->duration : 0);
  guint            length = answer ? exchange->n_received : exchange->n_sent;
  const guint8    *data = answer ? plancia_exchange_get_received (exchange)
                                 : plancia_exchange_get_sent (exchange);
  g_autofree char *when = plancia_text_utc_time (time / 1000);
  g_autofree char *hex = plancia_hex_encode (data, length, " ");

  g_string_append_printf (text, "%s,%s,%s,", when, answer ? "received" : "sent", exchange->peer);
  plancia_csv_append_text (text, find_name (exchange, names), ',');
  g_string_append_c (text, ',');
  if (exchange->unit >= 0)
    g_string_append_printf (text, "%d", exchange->unit);
  g_string_append_printf (text, ",%s,", plancia_wire_name (exchange->wire));
  append_brief (text, exchange, answer);
  g_string_append_printf (
    text,
    ",%s,",
    answer || exchange->n_received == 0 ? plancia_exchange_verdict_name (exchange->verdict) : "");
  if (answer && exchange->n_sent > 0)
    g_string_append_printf (text, "%.3f", exchange->duration / 1000.0);
  g_string_append_printf (text, ",%u,%s\r\n", length, hex);
}

static GBytes *
make_csv (GPtrArray *exchanges, GHashTable *names)
{
  GString *text = g_string_new ("time,direction,peer,device,unit,framing,function,address,count,"
                                "verdict,ms,length,bytes\r\n");

  for (guint i = 0; i < exchanges->len; i++) {
    const PlanciaExchange *exchange = g_ptr_array_index (exchanges, i);

    if (exchange->n_sent > 0)
      append_frame (text, exchange, FALSE, names);
    if (exchange->n_received > 0)
      append_frame (text, exchange, TRUE, names);
  }
  return g_string_free_to_bytes (text);
}

/**
 * plancia_traffic_file_make:
 * @names: (nullable): for CSV
 *
 * Any thread; takes long for many. (transfer full)
 */
GBytes *
plancia_traffic_file_make (GPtrArray *exchanges, PlanciaTrafficFormat format, GHashTable *names)
{
  switch (format) {
  case PLANCIA_TRAFFIC_TRANSCRIPT:
    return make_transcript (exchanges);
  case PLANCIA_TRAFFIC_CSV:
    return make_csv (exchanges, names);
  case PLANCIA_TRAFFIC_PCAPNG:
  default:
    return make_pcapng (exchanges);
  }
}

/**
 * plancia_traffic_file_save:
 *
 * Blocking. G_IO_ERROR.
 */
gboolean
plancia_traffic_file_save (GPtrArray           *exchanges,
                           PlanciaTrafficFormat format,
                           GHashTable          *names,
                           GFile               *file,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autoptr (GBytes) bytes = plancia_traffic_file_make (exchanges, format, names);
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_file_replace_contents (file,
                                  data,
                                  length,
                                  NULL,
                                  FALSE,
                                  G_FILE_CREATE_NONE,
                                  NULL,
                                  cancellable,
                                  error);
}
