/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it takes to read a day of a device out of a cloud's answer (a value each five minutes), against the bare parse of the same
 * text by json-glib; and the way of unusual answers, through json-glib's tree. */
#include "protocol/portal-json.h"
#include "protocol/portal-scan.h"

#include <json-glib/json-glib.h>

#define N_FIELDS 30
#define N_ROWS   288
#define ROUNDS   201
#define DAY      ((PlanciaSpan){PLANCIA_DAY * 20000, PLANCIA_DAY * 20001})

typedef void (*Way) (GBytes *body);

static void
append_times (GString *text)
{
  g_string_append (text, "\"ts\":[");
  for (guint row = 0; row < N_ROWS; row++) {
    g_autoptr (GDateTime)
      time = g_date_time_new_from_unix_utc (DAY.start / 1000 + row * 300 + row % 7);
    g_autofree char *words = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

    g_string_append_printf (text, "%s\"%s\"", row > 0 ? "," : "", words);
  }
  g_string_append_c (text, ']');
}

static GBytes *
make_answer (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (8899);
  GString *text =
    g_string_new ("{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{");

  append_times (text);
  for (guint field = 0; field < N_FIELDS; field++) {
    g_string_append_printf (text, ",\"field%02u\":[", field);
    for (guint row = 0; row < N_ROWS; row++)
      g_string_append_printf (text,
                              "%s%.2f",
                              row > 0 ? "," : "",
                              g_rand_double_range (dice, -20, 9999));
    g_string_append_c (text, ']');
  }
  g_string_append (text, "}}]}}}");
  return g_string_free_to_bytes (text);
}

static void
parse (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    g_error ("the answer is not JSON");
}

static void
scan (GBytes *body)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (PlanciaSamples) samples = plancia_portal_scan_historic (plancia_cloud_format_portal (),
                                                                     text,
                                                                     length,
                                                                     "X",
                                                                     "device",
                                                                     DAY,
                                                                     NULL,
                                                                     NULL);

  if (samples == NULL)
    g_error ("the answer is not of the usual form");
}

static void
walk (GBytes *body)
{
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, 200, NULL);
  g_autoptr (PlanciaSamples) samples =
    plancia_portal_json_historic (plancia_cloud_format_portal (), answer, "X", "device", DAY, NULL);

  if (samples == NULL)
    g_error ("the tree has no samples");
}

static int
compare (const void *a, const void *b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* The median, in ms. */
static double
measure (Way way, GBytes *body)
{
  gint64 took[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    gint64 begin = g_get_monotonic_time ();

    way (body);
    took[i] = g_get_monotonic_time () - begin;
  }
  qsort (took, ROUNDS, sizeof (gint64), compare);
  return (double) took[ROUNDS / 2] / 1000;
}

int
main (void)
{
  g_autoptr (GBytes) body = make_answer ();
  double parsed = measure (parse, body), scanned = measure (scan, body),
         walked = measure (walk, body);

  g_print ("a day of %d fields, %.0f KB: bare parse %.2f ms, scan %.2f ms, tree %.2f ms\n",
           N_FIELDS,
           (double) g_bytes_get_size (body) / 1000,
           parsed,
           scanned,
           walked);
  g_print ("decode ratio %.2f (aim 1.3); of an unusual answer %.2f\n",
           scanned / parsed,
           walked / parsed);
  return 0;
}
