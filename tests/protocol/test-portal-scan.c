/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "same-samples.h"

#include "protocol/json-scan.h"
#include "protocol/portal-json.h"
#include "protocol/portal-scan.h"

#define DAY ((PlanciaSpan){0, PLANCIA_DAY})

static PlanciaSamples *
scan_with (const PlanciaCloudFormat *format, const char *text, PlanciaPortalSlice *slice)
{
  return plancia_portal_scan_historic (format,
                                       text,
                                       strlen (text),
                                       "X",
                                       "device",
                                       DAY,
                                       slice != NULL ? PLANCIA_PORTAL_HISTORIC_ALARM : NULL,
                                       slice);
}

static PlanciaSamples *
scan (const char *text)
{
  return scan_with (plancia_cloud_format_portal (), text, NULL);
}

static PlanciaSamples *
read_tree (const PlanciaCloudFormat *format, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, 200, NULL);

  return answer != NULL ? plancia_portal_json_historic (format, answer, "X", "device", DAY, NULL)
                        : NULL;
}

/* What is scanned is what the tree says; the tree may know more. */
static gboolean
check_against_tree (const PlanciaCloudFormat *format, const char *text)
{
  g_autoptr (PlanciaSamples) scanned = scan_with (format, text, NULL);
  g_autoptr (PlanciaSamples) tree = NULL;

  if (scanned == NULL)
    return FALSE;
  tree = read_tree (format, text);
  if (tree == NULL || !same_samples (scanned, tree))
    g_error ("not the same of %s", text);
  return TRUE;
}

static char *
answer (const char *thing)
{
  return g_strdup_printf ("{\"historicData\":{\"success\":true,\"params\":{\"value\":[%s]}}}",
                          thing);
}

static char *
answer_x (const char *columns)
{
  g_autofree char *thing = g_strdup_printf ("{\"X\":{%s}}", columns);

  return answer (thing);
}

#define TIMES "\"ts\":[\"2025-06-10T10:00:00Z\",\"2025-06-10T10:05:07Z\",\"2025-06-10T10:10:59Z\"]"

static void
test_usual (void)
{
  static const char *const columns[] = {
    "",
    TIMES,
    TIMES ",\"powerGenerating\":[1,2.5,-3]",
    "\"powerGenerating\":[1,2.5,-3]," TIMES,
    TIMES ",\"a\":[0.1,1e3,1.5E-3],\"b\":[12345678901234567,0.12345678901234567,-0.0]",
    TIMES ",\"a\":[null,1],\"b\":[1,2,3,4,5],\"c\":[],\"d\":[null,null,null]",
    TIMES ",\"a\":[1,2,3],\"model\":\"ZE1\",\"rated\":3000,\"flags\":{\"x\":[true,false,null]}",
    "\"ts\":[null,\"2025-06-10T10:00:00Z\",\"0001-01-01T00:00:00Z\"],\"a\":[1,2,3]",
    "\"ts\":[\"2025-06-10T10:05:00Z\",\"2025-06-10T10:00:00Z\",\"2025-06-10T10:05:00.000Z\"],\"a\":[1,2,3]",
    "\"ts\":[\"2024-02-29T23:59:59Z\",\"1999-12-31T23:59:59Z\",\"2000-01-01T00:00:00Z\"],\"a\":[1,2,3]",
    TIMES ",\"energyGeneratingTotal\":[100,0,101],\"powerGenerating\":[7,0,8]",
    TIMES ",\"energyGeneratingTotal\":[0,0,101],\"powerGenerating\":[7,0,8]",
    TIMES ",\"a\":[1e999,1,2]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autofree char *text = answer_x (columns[i]);

    g_assert_true (check_against_tree (plancia_cloud_format_portal (), text));
  }
}

/* Left to the tree, which has an error to tell or knows the form. */
static void
test_others (void)
{
  static const char *const columns[] = {
    "\"powerGenerating\":[1]",
    TIMES ",\"a\":[\"1\",2,3]",
    TIMES ",\"a\":[1,2,3],\"a\":[4,5,6]",
    TIMES "," TIMES,
    TIMES ",\"\\u0061\":[1]",
    TIMES ",\"\xc3\xa8\":[1]",
    TIMES ",\"a\":[01]",
    TIMES ",\"a\":[1.]",
    TIMES ",\"a\":[.5]",
    TIMES ",\"a\":[+1]",
    TIMES ",\"a\":[1,]",
    TIMES ",\"a\":[1 2]",
    TIMES ",\"a\":[1234567890123456789]",
    TIMES ",\"a\":[true]",
    TIMES ",\"a\":[NaN]",
    TIMES ",",
    "\"ts\":[\"2025-06-31T10:00:00Z\"],\"a\":[1]",
    "\"ts\":[\"2025-06-10T24:00:00Z\"],\"a\":[1]",
    "\"ts\":[\"2025-06-10T10:00:00+02:00\"],\"a\":[1]",
    "\"ts\":[\"2025-06-10T10:00:00.500Z\"],\"a\":[1]",
    "\"ts\":[1749549600],\"a\":[1]",
    "\"ts\":\"2025-06-10T10:00:00Z\",\"a\":[1]",
  };
  static const char *const whole[] = {
    "",
    "INVALID CLIENT",
    "<html>",
    "{}",
    "{\"historicData\":{\"success\":false,\"params\":{\"value\":[{\"X\":{}}]}}}",
    "{\"historicData\":{\"params\":{\"value\":[{\"X\":{}}]}}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"Y\":{}}]}}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":null}]}}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}},{\"X\":{}}]}}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":[{\"ts\":1}]}]}}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}}} x",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}}",
    "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}},\"historicData\":{}}",
    "\xef\xbb\xbf{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autofree char *text = answer_x (columns[i]);

    g_test_message ("%s", text);
    g_assert_null (scan (text));
  }
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++) {
    g_test_message ("%s", whole[i]);
    g_assert_null (scan (whole[i]));
  }
}

static void
test_nested (void)
{
  g_autoptr (GString) deep = g_string_new (TIMES ",\"a\":[1],\"b\":");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  text = answer_x (deep->str);
  g_assert_null (scan (text));
}

/* Other names and places; blanks; other members before and behind. */
static void
test_format (void)
{
  PlanciaCloudFormat format;

  plancia_cloud_format_init (&format);
  format.source = g_strdup ("system");
  format.commands[PLANCIA_CLOUD_HISTORIC] = g_strdup ("history");
  format.zone = g_time_zone_new_utc ();
  format.success = g_strdup ("/ok");
  format.value = g_strdup ("/data/{command}");
  g_hash_table_insert (format.aliases,
                       g_strdup ("grid"),
                       plancia_cloud_alias_new ("powerImporting", "powerExporting", 1000));
  g_hash_table_insert (format.aliases,
                       g_strdup ("pv"),
                       plancia_cloud_alias_new ("powerGenerating", NULL, 2));
  g_assert_true (check_against_tree (
    &format,
    " { \"x\" : [ 1 , { } , [ ] ] , \"data\" : { \"history\" : { \"Y\" : 1 , \"X\" : { \"pv\" : [ 1 , "
    "null , 2 ] , \"grid\" : [ 1.5 , -2 , 0 ] , \"raw\" : [ 1 ] , " TIMES
    " } } } ,\n \"ok\" : true }\n"));
  g_free (format.success);
  format.success = g_strdup ("");
  g_assert_true (
    check_against_tree (&format, "{\"data\":{\"history\":[{\"X\":{" TIMES ",\"a\":[1,2,3]}}]}}"));
  /* ts by another name is the tree's. */
  g_hash_table_insert (format.aliases, g_strdup ("time"), plancia_cloud_alias_new ("ts", NULL, 1));
  g_assert_false (check_against_tree (
    &format,
    "{\"data\":{\"history\":[{\"X\":{\"time\":[\"2025-06-10T10:00:00Z\"]}}]}}"));
  plancia_cloud_format_clear (&format);
}

static void
append_number (GString *text)
{
  switch (g_test_rand_int_range (0, 8)) {
  case 0:
    g_string_append (text, "null");
    break;
  case 1:
    g_string_append_printf (text, "%d", g_test_rand_int_range (-5, 5));
    break;
  case 2:
    g_string_append_printf (text, "%.17g", g_test_rand_double_range (-1e6, 1e6));
    break;
  case 3:
    g_string_append_printf (text, "%.3e", g_test_rand_double_range (-1, 1));
    break;
  default:
    g_string_append_printf (text,
                            "%.*f",
                            g_test_rand_int_range (1, 12),
                            g_test_rand_double_range (0, 1e5));
  }
}

static char *
random_answer (void)
{
  static const char *const names[] = {"powerGenerating",
                                      "energyGeneratingTotal",
                                      "energyChargingTotal",
                                      "t"};
  g_autoptr (GString) text = g_string_new (NULL);
  int rows = g_test_rand_int_range (0, 12), ts_at = g_test_rand_int_range (0, 5);

  for (int i = 0; i <= 4; i++) {
    g_string_append_printf (text,
                            "%s\"%s\":[",
                            i > 0 ? "," : "",
                            i == ts_at ? "ts" : names[i < ts_at ? i : i - 1]);
    for (int j = 0; j < rows; j++) {
      if (j > 0)
        g_string_append_c (text, ',');
      if (i == ts_at)
        g_string_append_printf (text,
                                "\"2025-%02d-%02dT%02d:%02d:%02dZ\"",
                                g_test_rand_int_range (1, 13),
                                g_test_rand_int_range (1, 29),
                                g_test_rand_int_range (0, 24),
                                g_test_rand_int_range (0, 60),
                                g_test_rand_int_range (0, 60));
      else
        append_number (text);
    }
    g_string_append_c (text, ']');
  }
  return answer_x (text->str);
}

static void
test_random (void)
{
  for (guint i = 0; i < 300; i++) {
    g_autofree char *text = random_answer ();

    g_assert_true (check_against_tree (plancia_cloud_format_portal (), text));
  }
}

/* Damaged in one or two places, it is refused, or is still the same to both. */
static void
test_mutated (void)
{
  static const char letters[] = "\"[]{}:,.-+eE0123456789nulltruefalse \n\\/'#";

  for (guint i = 0; i < 1500; i++) {
    g_autofree char *text = random_answer ();
    gsize            length = strlen (text);

    for (int j = g_test_rand_int_range (0, 2); j >= 0; j--)
      text[g_test_rand_int_range (0, (int) length)] =
        letters[g_test_rand_int_range (0, (int) sizeof letters - 1)];
    check_against_tree (plancia_cloud_format_portal (), text);
  }
}

static void
test_numbers (void)
{
  for (guint i = 0; i < 20000; i++) {
    char        text[64];
    const char *at = text;
    double      number;

    if (i % 2 == 0)
      g_snprintf (text, sizeof text, "%.*f", i % 15, g_test_rand_double_range (-1e7, 1e7));
    else
      g_snprintf (text,
                  sizeof text,
                  "%u%u.%u%u",
                  (guint) g_test_rand_int_range (1, 99999),
                  (guint) g_test_rand_int_range (10000, 99999),
                  (guint) g_test_rand_int_range (0, 99999),
                  (guint) g_test_rand_int_range (0, 99999));
    g_assert_true (plancia_json_scan_number (&at, &number));
    g_assert_cmpint (*at, ==, '\0');
    g_assert_true (number == g_ascii_strtod (text, NULL));
  }
}

static gboolean
has_no_alarms (const char *alarms)
{
  g_autofree char *text = g_strdup_printf (
    "{\"deviceHistoricAlarm\": %s ,\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}}}",
    alarms);
  PlanciaPortalSlice slice;
  g_autoptr (PlanciaSamples) samples = scan_with (plancia_cloud_format_portal (), text, &slice);

  g_assert_nonnull (samples);
  g_assert_cmpuint (slice.length, ==, strlen (alarms));
  g_assert_true (strncmp (slice.start, alarms, slice.length) == 0);
  return plancia_portal_scan_no_alarms (plancia_cloud_format_portal (), &slice, "X");
}

static void
test_alarms (void)
{
#define ALARMS(thing) "{\"success\":true,\"params\":{\"value\":[{\"X\":{" thing "}}]}}"
  PlanciaPortalSlice slice;
  g_autoptr (PlanciaSamples) samples = NULL;

  g_assert_true (has_no_alarms (ALARMS ("")));
  g_assert_true (has_no_alarms (ALARMS (TIMES ",\"deviceAlarm\":[[],null,[ ]]")));
  g_assert_false (has_no_alarms (ALARMS (TIMES ",\"deviceAlarm\":[[],[2],[]]")));
  g_assert_false (has_no_alarms (ALARMS (TIMES ",\"deviceAlarm\":[[],2,\"4\"]")));
  g_assert_false (has_no_alarms (ALARMS (TIMES)));
  g_assert_false (has_no_alarms (ALARMS ("\"deviceAlarm\":[[]]")));
  g_assert_false (has_no_alarms (ALARMS (TIMES ",\"deviceAlarm\":[[]],\"other\":[1]")));
  g_assert_false (has_no_alarms ("{\"success\":false}"));
  g_assert_false (has_no_alarms ("[]"));
#undef ALARMS
  /* Not there: none; twice: the tree decides. */
  samples = scan_with (plancia_cloud_format_portal (),
                       "{\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}}}",
                       &slice);
  g_assert_nonnull (samples);
  g_assert_null (slice.start);
  g_assert_null (scan_with (
    plancia_cloud_format_portal (),
    "{\"deviceHistoricAlarm\":1,\"historicData\":{\"success\":true,\"params\":{\"value\":[{\"X\":{}}]}},"
    "\"deviceHistoricAlarm\":1}",
    &slice));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/portal-scan/usual", test_usual);
  g_test_add_func ("/protocol/portal-scan/others", test_others);
  g_test_add_func ("/protocol/portal-scan/nested", test_nested);
  g_test_add_func ("/protocol/portal-scan/format", test_format);
  g_test_add_func ("/protocol/portal-scan/random", test_random);
  g_test_add_func ("/protocol/portal-scan/mutated", test_mutated);
  g_test_add_func ("/protocol/portal-scan/numbers", test_numbers);
  g_test_add_func ("/protocol/portal-scan/alarms", test_alarms);
  return g_test_run ();
}
