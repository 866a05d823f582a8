/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-json.h"

#include "base/cloud-field.h"
#include "vectors.h"

#define THING  "ZM1TEST00001"
#define STRING "ZA1TEST00002"
#define METER  "9900000003"

static const PlanciaSpan a_day = {G_GINT64_CONSTANT (1743289200000),
                                  G_GINT64_CONSTANT (1743372000000)};

static GBytes *
load_fixture (const char *name)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"), "fixtures", "portal", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static GBytes *
from_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* An answer with one thing, whose node is given. */
static GBytes *
answer_with (const char *command, const char *node)
{
  g_autofree char *text =
    g_strdup_printf ("{\"%s\":{\"params\":{\"value\":[{\"X\":%s}]},\"success\":true}}",
                     command,
                     node);

  return from_text (text);
}

static gint64
time_of (const char *text)
{
  gint64 time = 0;

  g_assert_true (plancia_portal_json_time (text, &time));
  return time;
}

/* The whole way from bytes, in the names of the Portal. */
static PlanciaPortalRealtime *
read_realtime (GBytes *body, guint status, const char *thing, GError **error)
{
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, status, error);

  return answer != NULL
           ? plancia_portal_json_realtime (plancia_cloud_format_portal (), answer, thing, error)
           : NULL;
}

static PlanciaSamples *
read_historic (GBytes     *body,
               guint       status,
               const char *thing,
               const char *device,
               PlanciaSpan covered,
               GError    **error)
{
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, status, error);

  return answer != NULL ? plancia_portal_json_historic (plancia_cloud_format_portal (),
                                                        answer,
                                                        thing,
                                                        device,
                                                        covered,
                                                        error)
                        : NULL;
}

static GArray *
read_alarms (GBytes *body, guint status, const char *thing, gint64 *time, GError **error)
{
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, status, error);

  return answer != NULL
           ? plancia_portal_json_alarms (plancia_cloud_format_portal (), answer, thing, time, error)
           : NULL;
}

typedef struct
{
  const char *name; /* in errors.json */
  int         code;
  const char *words;
} Verdict;

static const Verdict verdicts[] = {
  {"bad_client",        PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, "INVALID CLIENT"         },
  {"http_401",          PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, "401"                    },
  {"proxy_502",         PLANCIA_CLOUD_ERROR_OVERLOADED,     "502"                    },
  {"unavailable_503",   PLANCIA_CLOUD_ERROR_OVERLOADED,     "503"                    },
  {"empty_200",         PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,   "nothing"                },
  {"html_with_200",     PLANCIA_CLOUD_ERROR_WEB_PAGE,       "web page"               },
  {"command_failed",    PLANCIA_CLOUD_ERROR_REFUSED,        "thing not found, -90008"},
  {"success_but_empty", PLANCIA_CLOUD_ERROR_NO_SUCH_THING,  "serial number"          },
  {"range_too_long",    PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG, "range over 24 hours"    },
  {"truncated",         PLANCIA_CLOUD_ERROR_BAD_ANSWER,     "expected JSON"          },
};

static void
assert_verdict (JsonObject *c, const Verdict *verdict)
{
  g_autoptr (GBytes) body = from_text (json_object_get_string_member (c, "body"));
  guint status = (guint) json_object_get_int_member (c, "status");
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPortalRealtime) realtime = NULL;
  g_autoptr (PlanciaSamples) samples = NULL;

  if (g_str_equal (verdict->name, "range_too_long"))
    samples = read_historic (body, status, THING, "d", a_day, &error);
  else
    realtime = read_realtime (body, status, THING, &error);
  g_assert_null (samples);
  g_assert_null (realtime);
  g_assert_error (error, PLANCIA_CLOUD_ERROR, verdict->code);
  g_assert_nonnull (strstr (error->message, verdict->words));
}

static void
test_errors (void)
{
  g_autoptr (JsonNode) root = vectors_load ("fixtures/portal/errors.json");
  JsonArray *cases = json_object_get_array_member (json_node_get_object (root), "cases");

  g_assert_cmpint (json_array_get_length (cases), ==, G_N_ELEMENTS (verdicts));
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    JsonObject *c = json_array_get_object_element (cases, i);

    g_test_message ("%s", verdicts[i].name);
    g_assert_cmpstr (json_object_get_string_member (c, "name"), ==, verdicts[i].name);
    assert_verdict (c, &verdicts[i]);
  }
}

typedef struct
{
  guint       status;
  const char *body;
  int         code;
} BadCase;

static const BadCase bad_cases[] = {
  {200, "  \"INVALID CLIENT\"\r\n",                                                 PLANCIA_CLOUD_ERROR_NOT_AUTHORISED},
  {500, "INVALID CLIENT",                                                           PLANCIA_CLOUD_ERROR_NOT_AUTHORISED},
  {403, "{}",                                                                       PLANCIA_CLOUD_ERROR_NOT_AUTHORISED},
  {429, "",                                                                         PLANCIA_CLOUD_ERROR_TOO_OFTEN     },
  {404, "<html>",                                                                   PLANCIA_CLOUD_ERROR_REFUSED       },
  {301, "",                                                                         PLANCIA_CLOUD_ERROR_REFUSED       },
  {200, " \n ",                                                                     PLANCIA_CLOUD_ERROR_EMPTY_ANSWER  },
  {200, "null",                                                                     PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "[]",                                                                       PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "7",                                                                        PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "\"text\"",                                                                 PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{}",                                                                       PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{} {}",                                                                    PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{\"realtimeData\":null}",                                                  PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{\"realtimeData\":[]}",                                                    PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{\"historicData\":{\"success\":true}}",                                    PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{\"realtimeData\":{}}",                                                    PLANCIA_CLOUD_ERROR_REFUSED       },
  {200, "{\"realtimeData\":{\"success\":null}}",                                    PLANCIA_CLOUD_ERROR_REFUSED       },
  {200, "{\"realtimeData\":{\"success\":1}}",                                       PLANCIA_CLOUD_ERROR_REFUSED       },
  {200, "{\"realtimeData\":{\"success\":false,\"error\":{}}}",                      PLANCIA_CLOUD_ERROR_REFUSED       },
  {200, "{\"realtimeData\":{\"success\":true}}",                                    PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "{\"realtimeData\":{\"success\":true,\"params\":[]}}",                      PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200,
   "{\"realtimeData\":{\"success\":true,\"params\":{\"value\":null}}}",             PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200,
   "{\"realtimeData\":{\"success\":true,\"params\":{\"value\":[null,1,[]]}}}",      PLANCIA_CLOUD_ERROR_NO_SUCH_THING },
  {200,
   "{\"realtimeData\":{\"success\":true,\"params\":{\"value\":[{\"Y\":{}}]}}}",     PLANCIA_CLOUD_ERROR_NO_SUCH_THING },
  {200,
   "{\"realtimeData\":{\"success\":true,\"params\":{\"value\":[{\"X\":\"no\"}]}}}", PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200,
   "{\"realtimeData\":{\"success\":true,\"params\":{\"value\":[{\"X\":[1]}]}}}",    PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
  {200, "\xff\xfe{\"realtimeData\"",                                                PLANCIA_CLOUD_ERROR_BAD_ANSWER    },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++) {
    g_autoptr (GBytes) body = from_text (bad_cases[i].body);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaPortalRealtime) realtime = NULL;
    g_autofree char *shown = g_strescape (bad_cases[i].body, NULL);

    g_test_message ("%u %s", bad_cases[i].status, shown);
    realtime = read_realtime (body, bad_cases[i].status, "X", &error);
    g_assert_null (realtime);
    g_assert_error (error, PLANCIA_CLOUD_ERROR, bad_cases[i].code);
  }
}

static void
test_nested (void)
{
  g_autofree char *text = g_strnfill (2000000, '[');
  g_autoptr (GBytes) body = from_text (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPortalRealtime) realtime = read_realtime (body, 200, THING, &error);

  g_assert_null (realtime);
  g_assert_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_BAD_ANSWER);
}

static double
value_of (PlanciaPortalRealtime *realtime, const char *key)
{
  double *value = g_hash_table_lookup (realtime->values, key);

  g_assert_nonnull (value);
  return *value;
}

static void
test_realtime (void)
{
  g_autoptr (GBytes) body = load_fixture ("portal-realtime-ok.json");
  g_autoptr (PlanciaPortalRealtime) hybrid = read_realtime (body, 200, " " THING " ", NULL);
  g_autoptr (PlanciaPortalRealtime) string = read_realtime (body, 200, STRING, NULL);
  g_autoptr (PlanciaPortalRealtime) meter = read_realtime (body, 200, METER, NULL);

  g_assert_cmpint (hybrid->last_update, ==, time_of ("2025-06-10T09:42:17Z"));
  g_assert_cmpint (hybrid->first_seen, ==, time_of ("2023-02-14T10:05:31Z"));
  g_assert_cmpint (g_hash_table_size (hybrid->values), ==, 23);
  g_assert_cmpfloat (value_of (hybrid, "powerGenerating"), ==, 4180);
  g_assert_cmpfloat (value_of (hybrid, "energyConsumingTotal"), ==, 7350);
  g_assert_cmpint (g_hash_table_size (string->values), ==, 3);
  g_assert_cmpfloat (value_of (meter, "energyImporting"), ==, 2310.61);
}

static void
test_realtime_partial (void)
{
  g_autoptr (GBytes) body = load_fixture ("portal-realtime-partial.json");
  g_autoptr (PlanciaPortalRealtime) string = read_realtime (body, 200, STRING, NULL);
  g_autoptr (PlanciaPortalRealtime) meter = read_realtime (body, 200, METER, NULL);

  g_assert_false (g_hash_table_contains (string->values, "powerGenerating"));
  g_assert_cmpfloat (value_of (string, "energyGenerating"), ==, 7.9);
  g_assert_cmpint (g_hash_table_size (meter->values), ==, 0);
  g_assert_cmpint (meter->last_update, ==, 0);
}

static void
test_realtime_odd_values (void)
{
  g_autoptr (GBytes) body =
    answer_with (PLANCIA_PORTAL_REALTIME,
                 "{\"lastUpdate\":1749548537,\"thingFind\":false,\"newField\":12.5,\"a\":true,"
                 "\"b\":{},\"c\":[1],\"d\":\"\",\"e\":\"12x\",\"f\":\" -3.5 \",\"g\":1e400,"
                 "\"h\":\"nan\",\"i\":99999999999999999999,\"j\":\"inf\"}");
  g_autoptr (PlanciaPortalRealtime) realtime = read_realtime (body, 200, "X", NULL);

  g_assert_nonnull (realtime);
  g_assert_cmpint (realtime->last_update, ==, time_of ("2025-06-10T09:42:17Z"));
  g_assert_cmpint (realtime->first_seen, ==, 0);
  g_assert_cmpfloat (value_of (realtime, "newField"), ==, 12.5);
  g_assert_cmpfloat (value_of (realtime, "f"), ==, -3.5);
  for (const char *key = "abcdeghj"; *key != '\0'; key++) {
    const char name[] = {*key, '\0'};

    g_test_message ("%s", name);
    g_assert_false (g_hash_table_contains (realtime->values, name));
  }
}

static const PlanciaSampleColumn *
column_of (PlanciaSamples *samples, const char *key, guint length)
{
  const PlanciaSampleColumn *column = plancia_samples_find_column (samples, key);

  g_assert_nonnull (column);
  g_assert_cmpint (column->times->len, ==, length);
  g_assert_cmpint (column->values->len, ==, length);
  for (guint i = 1; i < length; i++)
    g_assert_cmpint (g_array_index (column->times, gint64, i),
                     >,
                     g_array_index (column->times, gint64, i - 1));
  return column;
}

static double
value_at (const PlanciaSampleColumn *column, const char *time)
{
  for (guint i = 0; i < column->times->len; i++)
    if (g_array_index (column->times, gint64, i) == time_of (time))
      return g_array_index (column->values, double, i);
  return -1;
}

static void
test_historic_dst (void)
{
  g_autoptr (GBytes) body = load_fixture ("portal-historic-day-dst.json");
  g_autoptr (PlanciaSamples) samples = read_historic (body, 200, THING, "dev", a_day, NULL);
  const PlanciaSampleColumn *column;

  g_assert_nonnull (samples);
  g_assert_cmpstr (plancia_samples_get_device (samples), ==, "dev");
  g_assert_cmpstr (plancia_samples_get_source (samples), ==, "portal");
  g_assert_cmpint (plancia_samples_get_covered (samples).start, ==, a_day.start);
  g_assert_cmpint (plancia_samples_get_covered (samples).end, ==, a_day.end);
  column = column_of (samples, "powerGenerating", 276);
  g_assert_cmpint (g_array_index (column->times, gint64, 0), ==, time_of ("2025-03-29T23:00:10Z"));
  g_assert_cmpint (g_array_index (column->times, gint64, 275), <, a_day.end);
  g_assert_null (plancia_samples_find_column (samples, "ts"));
}

/* 21 stamps: one twice, two the wrong way round, one row of zeros, one null, one text, one column
 * that is shorter. */
static void
test_historic_quirks (void)
{
  g_autoptr (GBytes) body = load_fixture ("portal-historic-quirks.json");
  g_autoptr (PlanciaSamples) samples = read_historic (body, 200, THING, "dev", a_day, NULL);
  const PlanciaSampleColumn *power = column_of (samples, "powerGenerating", 19);
  const PlanciaSampleColumn *charge = column_of (samples, "batterySoC", 17);
  const PlanciaSampleColumn *total = column_of (samples, "energyGeneratingTotal", 19);

  g_assert_cmpfloat (value_at (power, "2025-06-10T08:10:04Z"), ==, 3100);
  g_assert_cmpfloat (value_at (power, "2025-06-10T08:20:09Z"), ==, 3190);
  g_assert_cmpfloat (value_at (power, "2025-06-10T08:00:12Z"), ==, -1);
  g_assert_cmpfloat (value_at (charge, "2025-06-10T07:25:15Z"), ==, -1);
  g_assert_cmpfloat (value_at (charge, "2025-06-10T08:55:20Z"), ==, -1);
  g_assert_cmpfloat (value_at (charge, "2025-06-10T08:50:18Z"), ==, 77);
  g_assert_cmpfloat (value_at (total, "2025-06-10T08:55:20Z"), ==, 9014.8);
}

typedef struct
{
  const char *name;
  const char *node;
  guint       count; /* of values; G_MAXUINT: a bad answer */
} HistoricCase;

static const HistoricCase historic_cases[] = {
  {"empty-object",    "{}",                                                                 0        },
  {"null",            "null",                                                               0        },
  {"no-rows",         "[]",                                                                 0        },
  {"empty-ts",        "{\"ts\":[],\"p\":[]}",                                               0        },
  {"rows",
   "[{\"ts\":\"2025-06-10T07:00:00Z\",\"p\":1},{\"ts\":\"2025-06-10T07:05:00Z\",\"q\":2},"
   "{\"ts\":\"2025-06-10T07:10:00Z\",\"p\":3,\"q\":4}]",                                    4        },
  {"odd-rows",        "[null,7,{\"p\":1},{\"ts\":\"2025-06-10T07:00:00Z\",\"p\":2},[]]",    1        },
  {"epoch",           "{\"ts\":[1749548537,1749548597000,\"1749548657\"],\"p\":[1,2,3]}",   3        },
  {"bad-times",
   "{\"ts\":[null,\"\",\"yesterday\",0,{},[],true,\"0001-01-01T00:00:00Z\"],"
   "\"p\":[1,2,3,4,5,6,7,8]}",                                                              0        },
  {"longer-column",   "{\"ts\":[1749548537],\"p\":[1,2,3]}",                                1        },
  {"column-no-list",  "{\"ts\":[1749548537],\"p\":5,\"q\":{},\"r\":[\"x\"],\"s\":[[1]]}",   0        },
  {"fresh-counter",   "{\"ts\":[1749548537,1749548837],\"energyGeneratingTotal\":[0,0.1]}", 2        },
  {"counter-to-zero",
   "{\"ts\":[1749548537,1749548837],\"energyGeneratingTotal\":[5,0],\"p\":[1,0]}",          2        },
  {"ts-missing",      "{\"p\":[1]}",                                                        G_MAXUINT},
  {"ts-no-list",      "{\"ts\":7}",                                                         G_MAXUINT},
  {"text",            "\"no\"",                                                             G_MAXUINT},
};

static void
test_historic_case (gconstpointer data)
{
  const HistoricCase *c = data;
  g_autoptr (GBytes) body = answer_with (PLANCIA_PORTAL_HISTORIC, c->node);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples) samples = read_historic (body, 200, "X", "d", a_day, &error);

  if (c->count == G_MAXUINT) {
    g_assert_error (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_BAD_ANSWER);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (plancia_samples_count (samples), ==, c->count);
}

static void
assert_alarms (GBytes *body, const char *thing, const char *expected, gint64 expected_time)
{
  gint64 time = -1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) alarms = read_alarms (body, 200, thing, &time, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < alarms->len; i++)
    g_string_append_printf (text, "%d ", g_array_index (alarms, int, i));
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpint (time, ==, expected_time);
}

static void
test_alarms (void)
{
  g_autoptr (GBytes) body = load_fixture ("portal-alarms.json");
  g_autoptr (GBytes) odd = answer_with (PLANCIA_PORTAL_ALARM,
                                        "{\"deviceAlarm\":[1,\"2\",null,\"4, 5\",[6],{},1e300]}");
  g_autoptr (GBytes) single = answer_with (PLANCIA_PORTAL_ALARM, "{\"deviceAlarm\":\"2,4\"}");
  g_autoptr (GBytes) number = answer_with (PLANCIA_PORTAL_ALARM, "{\"deviceAlarm\":31}");

  assert_alarms (body, THING, "2 4 ", time_of ("2025-06-10T09:42:17Z"));
  assert_alarms (body, STRING, "", time_of ("2025-06-10T09:40:58Z"));
  assert_alarms (body, METER, "", 0);
  assert_alarms (odd, "X", "1 2 4 5 6 ", 0);
  assert_alarms (single, "X", "2 4 ", 0);
  assert_alarms (number, "X", "31 ", 0);
}

static void
assert_request (const char          *entry,
                PlanciaCloudFunction function,
                const char          *thing,
                const PlanciaSpan   *span)
{
  g_autoptr (JsonNode) root = vectors_load ("fixtures/portal/portal-requests.json");
  JsonObject      *of = json_object_get_object_member (json_node_get_object (root), entry);
  g_autofree char *text =
    plancia_portal_json_request (plancia_cloud_format_portal (), &function, 1, thing, span);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) built = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (built, json_object_get_member (of, "body")));
}

static void
test_requests (void)
{
  const PlanciaSpan local_day = {time_of ("2025-06-09T22:00:00Z"),
                                 time_of ("2025-06-10T22:00:00Z")};

  assert_request ("realtime", PLANCIA_CLOUD_REALTIME, THING "," STRING "," METER, NULL);
  assert_request ("historic", PLANCIA_CLOUD_HISTORIC, " " THING, &a_day);
  assert_request ("alarm_now", PLANCIA_CLOUD_ALARM, THING "," STRING "," METER, NULL);
  assert_request ("alarm_history", PLANCIA_CLOUD_ALARM_HISTORIC, THING "," METER, &local_day);
}

typedef struct
{
  const char *text;
  gint64      time; /* 0: unreadable */
} TimeCase;

static const TimeCase time_cases[] = {
  {"2025-06-10T09:42:17Z",      G_GINT64_CONSTANT (1749548537000)},
  {"2025-06-10T09:42:17.250Z",  G_GINT64_CONSTANT (1749548537250)},
  {"2025-06-10T09:42:17+00:00", G_GINT64_CONSTANT (1749548537000)},
  {"2025-06-10T11:42:17+02:00", G_GINT64_CONSTANT (1749548537000)},
  {"2025-06-10T09:42:17",       G_GINT64_CONSTANT (1749548537000)},
  {"2025-06-10 09:42:17",       G_GINT64_CONSTANT (1749548537000)},
  {" 2025-06-10T09:42:17Z\n",   G_GINT64_CONSTANT (1749548537000)},
  {"1749548537",                G_GINT64_CONSTANT (1749548537000)},
  {"1749548537.5",              G_GINT64_CONSTANT (1749548537500)},
  {"1749548537250",             G_GINT64_CONSTANT (1749548537250)},
  {"",                          0                                },
  {"   ",                       0                                },
  {"null",                      0                                },
  {"0",                         0                                },
  {"-5",                        0                                },
  {"1.2.3",                     0                                },
  {"999999999999999999999999",  0                                },
  {"0001-01-01T00:00:00Z",      0                                },
  {"2025-13-01T00:00:00Z",      0                                },
  {"2025-06-10T25:00:00Z",      0                                },
  {"2025-06-10T09:42:17Zx",     0                                },
  {"10/06/2025 09:42",          0                                },
};

/* An answer with the intervals of a past. */
static GArray *
read_past (const char *node)
{
  g_autoptr (GBytes) body = answer_with (PLANCIA_PORTAL_HISTORIC_ALARM, node);
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, 200, NULL);
  g_autoptr (GError) error = NULL;
  GArray *alarms =
    plancia_portal_json_past_alarms (plancia_cloud_format_portal (), answer, "X", &error);

  g_assert_no_error (error);
  return alarms;
}

static void
assert_interval (GArray *alarms, guint index, int id, const char *since, const char *until)
{
  const PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, index);

  g_assert_cmpint (alarm->id, ==, id);
  g_assert_cmpint (alarm->since, ==, time_of (since));
  g_assert_cmpint (alarm->until, ==, until != NULL ? time_of (until) : 0);
}

/* Every kind of cell that the field notes expect, in disorder; null says nothing of its time. */
static void
test_past_alarms (void)
{
  g_autoptr (GArray) alarms = read_past (
    "{\"ts\":[\"2025-06-10T10:15:00Z\",\"2025-06-10T10:00:00Z\",\"2025-06-10T10:05:00Z\","
    "\"2025-06-10T10:10:00Z\",\"2025-06-10T10:20:00Z\",\"2025-06-10T10:25:00Z\"],"
    "\"deviceAlarm\":[\"4,7\",[],[2],[2,4],null,4]}");
  g_autoptr (GArray)
    before = read_past ("{\"ts\":[\"2025-06-10T10:00:00Z\"],\"deviceAlarm\":[[9]]}");
  g_autoptr (GArray) none = read_past ("{}");

  g_assert_cmpuint (alarms->len, ==, 3);
  assert_interval (alarms, 0, 2, "2025-06-10T10:05:00Z", "2025-06-10T10:15:00Z");
  assert_interval (alarms, 1, 4, "2025-06-10T10:10:00Z", NULL);
  assert_interval (alarms, 2, 7, "2025-06-10T10:15:00Z", "2025-06-10T10:25:00Z");
  g_assert_false (g_array_index (alarms, PlanciaCloudAlarm, 0).from_before);
  g_assert_true (g_array_index (before, PlanciaCloudAlarm, 0).from_before);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Another cloud: other names, a member of its own for the success, signed flows, kilowatts, times of another zone. */
static void
fill_format (PlanciaCloudFormat *format)
{
  plancia_cloud_format_init (format);
  format->source = g_strdup ("system");
  format->commands[PLANCIA_CLOUD_REALTIME] = g_strdup ("now");
  format->commands[PLANCIA_CLOUD_HISTORIC] = g_strdup ("past");
  format->key_param = g_strdup ("serial");
  format->values_param = g_strdup ("fields");
  format->all_values = g_strdup ("all");
  format->start_param = g_strdup ("from");
  format->end_param = g_strdup ("to");
  format->time_format = g_strdup ("%d/%m/%Y %H:%M:%S");
  format->zone = g_time_zone_new_identifier ("Europe/Rome");
  format->success = g_strdup ("/ok");
  format->value = g_strdup ("/a~1b/{command}");
  g_hash_table_insert (format->aliases,
                       g_strdup ("GRID"),
                       plancia_cloud_alias_new ("powerExporting", "powerImporting", 1000));
  g_hash_table_insert (format->aliases, g_strdup ("when"), plancia_cloud_alias_new ("ts", NULL, 1));
  g_hash_table_insert (format->aliases,
                       g_strdup ("seen"),
                       plancia_cloud_alias_new ("lastUpdate", NULL, 1));
}

static void
test_other_format (void)
{
  static const char          now[] = "{\"ok\":true,\"a/b\":{\"now\":{\"X\":{\"GRID\":-1.5,"
                                     "\"seen\":\"2025-06-10T12:00:00\",\"P_NEW\":7}}}}";
  static const char          past[] = "{\"ok\":true,\"a/b\":{\"past\":[{\"X\":{\"when\":"
                                      "[\"2025-06-10T12:00:00\"],\"GRID\":[2]}}]}}";
  const PlanciaCloudFunction function = PLANCIA_CLOUD_HISTORIC;
  PlanciaSpan        span = {time_of ("2025-06-10T10:00:00Z"), time_of ("2025-06-10T11:00:00Z")};
  PlanciaCloudFormat format;
  g_autoptr (GBytes) now_body = from_text (now);
  g_autoptr (GBytes) past_body = from_text (past);
  g_autoptr (PlanciaPortalAnswer) now_answer = plancia_portal_answer_new (now_body, 200, NULL);
  g_autoptr (PlanciaPortalAnswer) past_answer = plancia_portal_answer_new (past_body, 200, NULL);
  g_autoptr (PlanciaPortalRealtime) realtime = NULL;
  g_autoptr (PlanciaSamples) samples = NULL;
  g_autofree char *request = NULL;

  fill_format (&format);
  realtime = plancia_portal_json_realtime (&format, now_answer, "X", NULL);
  samples = plancia_portal_json_historic (&format, past_answer, "X", "d", span, NULL);
  request = plancia_portal_json_request (&format, &function, 1, "X", &span);

  g_assert_nonnull (realtime);
  g_assert_cmpint (realtime->last_update, ==, time_of ("2025-06-10T10:00:00Z"));
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (realtime->values, "powerImporting"),
                     ==,
                     1500);
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (realtime->values, "powerExporting"), ==, 0);
  g_assert_cmpfloat (*(double *) g_hash_table_lookup (realtime->values, "P_NEW"), ==, 7);
  g_assert_nonnull (samples);
  g_assert_cmpstr (plancia_samples_get_source (samples), ==, "system");
  g_assert_cmpfloat (
    g_array_index (plancia_samples_find_column (samples, "powerExporting")->values, double, 0),
    ==,
    2000);
  g_assert_cmpstr (request,
                   ==,
                   "{\"past\":{\"command\":\"past\",\"params\":{\"serial\":\"X\","
                   "\"fields\":\"all\",\"from\":\"10/06/2025 12:00:00\","
                   "\"to\":\"10/06/2025 12:59:59\"}}}");
  plancia_cloud_format_clear (&format);
}

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (time_cases); i++) {
    gint64   time = 0;
    gboolean good = plancia_portal_json_time (time_cases[i].text, &time);

    g_test_message ("%s", time_cases[i].text);
    g_assert_cmpint (time, ==, time_cases[i].time);
    g_assert_cmpint (good, ==, time_cases[i].time != 0);
  }
}

static void
test_units (void)
{
  g_assert_cmpstr (plancia_cloud_field_unit ("powerGenerating"), ==, "W");
  g_assert_cmpstr (plancia_cloud_field_unit ("energyImportingTotalDecimal"), ==, "kWh");
  g_assert_cmpstr (plancia_cloud_field_unit ("batterySoC2"), ==, "%");
  g_assert_cmpstr (plancia_cloud_field_unit ("batteryCycletime"), ==, "");
  g_assert_cmpstr (plancia_cloud_field_unit ("temperature"), ==, "°C");
  g_assert_null (plancia_cloud_field_unit ("newField"));
}

/* Real answers with bytes changed: any verdict is right, a crash or a complaint of the parser not. */
static void
test_mutated (void)
{
  static const char *const names[] = {"portal-historic-quirks.json",
                                      "portal-alarms.json",
                                      "portal-realtime-partial.json"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (19003);

  for (guint i = 0; i < 3000; i++) {
    g_autoptr (GBytes) fixture = load_fixture (names[i % 3]);
    g_autoptr (GByteArray) array = g_bytes_unref_to_array (g_steal_pointer (&fixture));
    g_autoptr (GBytes) body = NULL;
    g_autoptr (PlanciaPortalRealtime) realtime = NULL;
    g_autoptr (PlanciaSamples) samples = NULL;
    g_autoptr (GArray) alarms = NULL;

    for (guint n = 0; n < 3; n++)
      array->data[g_rand_int_range (rand, 0, (gint32) array->len)] =
        (guint8) " \"{}[],:0-9nte\\"[g_rand_int_range (rand, 0, 15)];
    if (i % 5 == 0)
      g_byte_array_set_size (array, (guint) g_rand_int_range (rand, 0, (gint32) array->len));
    body = g_byte_array_free_to_bytes (g_steal_pointer (&array));
    realtime = read_realtime (body, 200, STRING, NULL);
    samples = read_historic (body, 200, THING, "d", a_day, NULL);
    alarms = read_alarms (body, 200, THING, NULL, NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/portal-json/errors", test_errors);
  g_test_add_func ("/protocol/portal-json/bad", test_bad);
  g_test_add_func ("/protocol/portal-json/nested", test_nested);
  g_test_add_func ("/protocol/portal-json/realtime", test_realtime);
  g_test_add_func ("/protocol/portal-json/realtime-partial", test_realtime_partial);
  g_test_add_func ("/protocol/portal-json/realtime-odd-values", test_realtime_odd_values);
  g_test_add_func ("/protocol/portal-json/historic-dst", test_historic_dst);
  g_test_add_func ("/protocol/portal-json/historic-quirks", test_historic_quirks);
  for (guint i = 0; i < G_N_ELEMENTS (historic_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/protocol/portal-json/historic/%s",
                                             historic_cases[i].name);

    g_test_add_data_func (path, &historic_cases[i], test_historic_case);
  }
  g_test_add_func ("/protocol/portal-json/alarms", test_alarms);
  g_test_add_func ("/protocol/portal-json/past-alarms", test_past_alarms);
  g_test_add_func ("/protocol/portal-json/other-format", test_other_format);
  g_test_add_func ("/protocol/portal-json/requests", test_requests);
  g_test_add_func ("/protocol/portal-json/times", test_times);
  g_test_add_func ("/protocol/portal-json/units", test_units);
  g_test_add_func ("/protocol/portal-json/mutated", test_mutated);
  return g_test_run ();
}
