/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli cloud test|realtime|alarms ACCOUNT…: what a cloud says, now and of the past. */

#include "backend/cloud-history.h"
#include "backend/cloud-round.h"
#include "backend/cloud-watch.h"
#include "base/clock.h"
#include "base/cloud-field.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/cloud-options.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "protocol/portal-json.h"
#include <glib/gi18n.h>
#include <math.h>

static PlanciaCloudOptions options = {.credentials = -1};
static char               *option_from;
static char               *option_to;
static gboolean            option_json;
static gboolean            option_exchange;

static const GOptionEntry entries[] = {
  PLANCIA_CLOUD_OPTIONS (options),
  {"exchange",
              0,             0,
              G_OPTION_ARG_NONE,                   &option_exchange,
              N_ ("test: show what was sent and what came, without secrets"),           NULL       },
   {"from",
              0,             0,
              G_OPTION_ARG_STRING,                 &option_from,
              N_ ("alarms: of the past, since this time (2026-06-12T00:00:00Z)"),       N_ ("TIME")},
    {"to",
              0,             0,
              G_OPTION_ARG_STRING,                 &option_to,
              N_ ("alarms: until this time; now if left out"),                          N_ ("TIME")},
     {"json",     0, 0, G_OPTION_ARG_NONE, &option_json,     N_ ("Print JSON"), NULL       },
   G_OPTION_ENTRY_NULL
};

/* --- test ----------------------------------------------------------------------------------------------------- */

static void
print_verdict (const char *address, const PlanciaCloudVerdict *verdict)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", address);
  plancia_json_out_key (out, "works");
  plancia_json_out_raw (out, verdict->error == NULL ? "true" : "false");
  plancia_json_out_member (out, "error", verdict->error != NULL ? verdict->error->message : NULL);
  plancia_json_out_key (out, "values");
  plancia_json_out_integer (out, verdict->n_values);
  plancia_json_out_key (out, "milliseconds");
  plancia_json_out_integer (out, verdict->duration);
  if (verdict->certificate != NULL)
    plancia_json_out_member (out, "certificate", verdict->certificate->fingerprint);
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
describe_certificate (const PlanciaCertificate *certificate)
{
  g_autofree char *print = plancia_certificate_format_fingerprint (certificate->fingerprint);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *from = plancia_text_iso_time (certificate->valid_from, zone);
  g_autofree char *until = plancia_text_iso_time (certificate->valid_until, zone);
  g_autofree char *text = g_strdup_printf (_ ("Certificate of %s, issued by %s,\n"
                                              "valid from %s to %s,\n"
                                              "SHA-256 %s\n"),
                                              certificate->subject,
                                              certificate->issuer,
                                              from,
                                              until,
                                              print);

  plancia_cli_print (text);
}

static void
describe_success (const char *address, const PlanciaCloudVerdict *verdict)
{
  g_autofree char *age = plancia_text_age (MAX (plancia_clock_now () - verdict->last_update, 0));
  g_autofree char *text = NULL;

  if (verdict->n_values == 0)
    text = g_strdup_printf (
      _ ("%s: the credentials were accepted (%u ms).\n"), address, verdict->duration);
  else if (verdict->last_update == 0)
    text = g_strdup_printf (
      _ ("%s: %u values in %u ms.\n"), address, verdict->n_values, verdict->duration);
  else
    text = g_strdup_printf (_ ("%s: %u values in %u ms; the last packet came %s ago.\n"),
                               address,
                               verdict->n_values,
                               verdict->duration,
                               age);
  plancia_cli_print (text);
}

static int
test (const char *address)
{
  g_autoptr (PlanciaCloudTrial) trial = plancia_cloud_options_make_trial (&options, address, FALSE);
  g_autoptr (PlanciaCloudVerdict) verdict = NULL;

  if (trial == NULL)
    return PLANCIA_CLI_USAGE;
  verdict = plancia_cloud_trial_run (trial, NULL);
  if (option_json)
    print_verdict (address, verdict);
  else if (verdict->error == NULL)
    describe_success (address, verdict);
  if (option_exchange) {
    plancia_cli_print (verdict->exchange);
    plancia_cli_print ("\n");
  }
  if (verdict->error == NULL)
    return PLANCIA_CLI_DONE;
  plancia_cli_complain ("%s: %s", address, verdict->error->message);
  if (verdict->certificate != NULL && !option_json)
    describe_certificate (verdict->certificate);
  return PLANCIA_CLI_FAILED;
}

/* --- realtime ------------------------------------------------------------------------------------------------- */

static PlanciaCloudRound *
ask (PlanciaCloudClient *client, const PlanciaCloudTrial *trial, gboolean alarms)
{
  const char *const things[] = {trial->thing, NULL};
  g_autoptr (PlanciaCloudRound) round = plancia_cloud_round_new (things);
  g_autoptr (GError) error = NULL;
  PlanciaCloudAnswer *answer;

  if (!plancia_cloud_round_ask (round, client, alarms, PLANCIA_CLOUD_PATIENT, NULL, NULL, &error)) {
    plancia_cli_complain ("%s: %s", trial->thing, error->message);
    return NULL;
  }
  answer = plancia_cloud_round_get (round, 0);
  if (answer->error == NULL)
    return g_steal_pointer (&round);
  plancia_cli_complain ("%s: %s", trial->thing, answer->error->message);
  return NULL;
}

static void
print_readings (const char *address, PlanciaReadings *readings)
{
  g_autofree char *time = plancia_text_utc_time (plancia_readings_get_time (readings));
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", address);
  plancia_json_out_member (out, "time", time);
  plancia_json_out_key (out, "age");
  plancia_json_out_number (out,
                           (double) (plancia_clock_now () - plancia_readings_get_time (readings)) /
                             PLANCIA_SECOND);
  plancia_json_out_key (out, "readings");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);
    const char           *unit = plancia_cloud_field_unit (reading->key);

    plancia_json_out_open (out, '{');
    plancia_json_out_member (out, "key", reading->key);
    plancia_json_out_key (out, "value");
    plancia_json_out_number (out,
                             reading->value.kind == PLANCIA_VALUE_NUMBER ? reading->value.number
                                                                         : NAN);
    plancia_json_out_member (out, "unit", unit != NULL ? unit : "");
    plancia_json_out_member (out, "quality", plancia_quality_name (reading->quality));
    plancia_json_out_member (out, "message", reading->message);
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static int
compare_readings (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const PlanciaReading **) a)->key, (*(const PlanciaReading **) b)->key);
}

static void
describe_readings (const char *address, PlanciaReadings *readings)
{
  const char *const titles[] = {_ ("Field"), _ (">Value"), _ ("Unit"), _ ("Remark"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *age =
    plancia_text_age (MAX (plancia_clock_now () - plancia_readings_get_time (readings), 0));
  g_autofree char *head = g_strdup_printf (_ ("%s, %s ago\n"), address, age);
  g_autofree char *text = NULL;

  for (guint i = 0; i < plancia_readings_get_count (readings); i++)
    g_ptr_array_add (sorted, (gpointer) plancia_readings_get (readings, i));
  g_ptr_array_sort (sorted, compare_readings);
  for (guint i = 0; i < sorted->len; i++) {
    const PlanciaReading *reading = g_ptr_array_index (sorted, i);
    g_autofree char      *value = reading->value.kind == PLANCIA_VALUE_NUMBER
                                    ? plancia_text_number (reading->value.number, 2)
                                    : g_strdup ("—");

    plancia_table_add (table,
                       reading->key,
                       value,
                       plancia_cloud_field_unit (reading->key),
                       reading->message);
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (head);
  plancia_cli_print (text);
}

static int
realtime (const char *address)
{
  g_autoptr (PlanciaCloudTrial) trial = plancia_cloud_options_make_trial (&options, address, TRUE);
  g_autoptr (PlanciaCloudClient) client = NULL;
  g_autoptr (PlanciaCloudRound) round = NULL;
  g_autoptr (PlanciaCloudWatch) watch = plancia_cloud_watch_new ();
  g_autoptr (PlanciaReadings) readings = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) remark = NULL;
  PlanciaCloudPlace place = {.zone = zone, .latitude = NAN, .longitude = NAN};

  if (trial == NULL)
    return PLANCIA_CLI_USAGE;
  client = plancia_cloud_options_open (trial);
  round = client != NULL ? ask (client, trial, FALSE) : NULL;
  if (round == NULL)
    return PLANCIA_CLI_FAILED;
  readings = plancia_cloud_watch_take (watch,
                                       trial->thing,
                                       plancia_cloud_round_get (round, 0)->realtime,
                                       &place,
                                       plancia_clock_now (),
                                       TRUE,
                                       &remark);
  if (remark != NULL)
    plancia_cli_complain ("%s: %s", address, remark->message);
  if (readings == NULL)
    return PLANCIA_CLI_FAILED;
  if (option_json)
    print_readings (address, readings);
  else
    describe_readings (address, readings);
  return PLANCIA_CLI_DONE;
}

/* --- alarms --------------------------------------------------------------------------------------------------- */

static gboolean
parse_time (const char *option, const char *text, gint64 fallback, gint64 *time)
{
  *time = fallback;
  if (text == NULL || plancia_portal_json_time (text, time))
    return TRUE;
  plancia_cli_wrong_use (_ ("%s: expected a time such as 2026-06-12T00:00:00Z."), option);
  return FALSE;
}

static GArray *
alarms_now (PlanciaCloudClient *client, const PlanciaCloudTrial *trial)
{
  g_autoptr (PlanciaCloudRound) round = ask (client, trial, TRUE);
  PlanciaCloudAnswer *answer = round != NULL ? plancia_cloud_round_get (round, 0) : NULL;
  GArray             *alarms;

  if (answer == NULL)
    return NULL;
  if (answer->alarms == NULL) {
    plancia_cli_complain (_ ("%s: nothing about alarms came."), trial->thing);
    return NULL;
  }
  alarms = g_array_new (FALSE, FALSE, sizeof (PlanciaCloudAlarm));
  for (guint i = 0; i < answer->alarms->len; i++) {
    PlanciaCloudAlarm alarm = {.id = g_array_index (answer->alarms, int, i),
                               .since = answer->alarms_time,
                               .seen = answer->alarms_time,
                               .from_before = TRUE};

    g_array_append_val (alarms, alarm);
  }
  return alarms;
}

static PlanciaCloudAlarm *
find_open (GArray *alarms, int id)
{
  for (guint i = 0; i < alarms->len; i++) {
    PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);

    if (alarm->id == id && alarm->until == 0)
      return alarm;
  }
  return NULL;
}

/* The next piece of time. An interval that goes over a border is one; what the next piece does not have any more ended
 * when it was seen last. */
static void
join (GArray *all, GArray *piece)
{
  for (guint i = 0; i < all->len; i++) {
    PlanciaCloudAlarm *alarm = &g_array_index (all, PlanciaCloudAlarm, i);
    PlanciaCloudAlarm *next = NULL;

    if (alarm->until != 0)
      continue;
    for (guint j = 0; next == NULL && j < piece->len; j++)
      if (g_array_index (piece, PlanciaCloudAlarm, j).from_before &&
          g_array_index (piece, PlanciaCloudAlarm, j).id == alarm->id)
        next = &g_array_index (piece, PlanciaCloudAlarm, j);
    alarm->until = next != NULL ? next->until : alarm->seen;
    alarm->seen = next != NULL ? next->seen : alarm->seen;
    if (next != NULL)
      next->id = 0;
  }
  for (guint i = 0; i < piece->len; i++)
    if (g_array_index (piece, PlanciaCloudAlarm, i).id > 0 &&
        find_open (all, g_array_index (piece, PlanciaCloudAlarm, i).id) == NULL)
      g_array_append_val (all, g_array_index (piece, PlanciaCloudAlarm, i));
}

static GArray *
alarms_past (PlanciaCloudClient *client, const PlanciaCloudTrial *trial, PlanciaSpan span)
{
  g_autoptr (GArray) pieces = plancia_span_split (span, plancia_cloud_client_get_window (client));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PlanciaCloudAlarm));

  for (guint i = 0; i < pieces->len; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray)
      alarms = plancia_cloud_history_fetch_alarms (client,
                                                   trial->thing,
                                                   g_array_index (pieces, PlanciaSpan, i),
                                                   NULL,
                                                   NULL,
                                                   &error);

    if (alarms == NULL) {
      plancia_cli_complain ("%s: %s", trial->thing, error->message);
      return NULL;
    }
    join (all, alarms);
  }
  return g_steal_pointer (&all);
}

static void
print_alarms (const char *address, GArray *alarms)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", address);
  plancia_json_out_key (out, "alarms");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < alarms->len; i++) {
    const PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);
    g_autofree char         *since = plancia_text_utc_time (alarm->since);
    g_autofree char *until = alarm->until != 0 ? plancia_text_utc_time (alarm->until) : NULL;

    plancia_json_out_open (out, '{');
    plancia_json_out_key (out, "id");
    plancia_json_out_integer (out, alarm->id);
    plancia_json_out_member (out, "since", since);
    plancia_json_out_member (out, "until", until);
    plancia_json_out_key (out, "fromBefore");
    plancia_json_out_raw (out, alarm->from_before ? "true" : "false");
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
describe_alarms (const char *address, GArray *alarms)
{
  const char *const titles[] = {_ (">ID"), _ ("Since"), _ ("Until"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < alarms->len; i++) {
    const PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);
    g_autofree char         *id = g_strdup_printf ("%d", alarm->id);
    g_autofree char         *since = plancia_text_iso_time (alarm->since, zone);
    g_autofree char         *begun = alarm->from_before ? g_strdup_printf (_ ("before %s"), since)
                                                        : g_strdup (since);
    g_autofree char *until = alarm->until != 0 ? plancia_text_iso_time (alarm->until, zone)
                                               : g_strdup (_ ("open"));

    plancia_table_add (table, id, begun, until);
  }
  if (alarms->len == 0)
    text = g_strdup_printf (_ ("%s: no alarms.\n"), address);
  else
    text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static int
alarms (const char *address)
{
  g_autoptr (PlanciaCloudTrial) trial = NULL;
  g_autoptr (PlanciaCloudClient) client = NULL;
  g_autoptr (GArray) found = NULL;
  PlanciaSpan span;

  if (!parse_time ("--from", option_from, 0, &span.start) ||
      !parse_time ("--to", option_to, plancia_clock_now (), &span.end))
    return PLANCIA_CLI_USAGE;
  if (option_from == NULL && option_to != NULL)
    return plancia_cli_wrong_use (_ ("--to needs --from."));
  if (option_from != NULL && plancia_span_is_empty (span))
    return plancia_cli_wrong_use (_ ("--from has to be before --to."));
  trial = plancia_cloud_options_make_trial (&options, address, TRUE);
  if (trial == NULL)
    return PLANCIA_CLI_USAGE;
  client = plancia_cloud_options_open (trial);
  if (client != NULL)
    found = option_from != NULL ? alarms_past (client, trial, span) : alarms_now (client, trial);
  if (found == NULL)
    return PLANCIA_CLI_FAILED;
  if (option_json)
    print_alarms (address, found);
  else
    describe_alarms (address, found);
  return PLANCIA_CLI_DONE;
}

/* --- the verb ------------------------------------------------------------------------------------------------- */

static int
run_all (int (*run) (const char *address), GStrv addresses)
{
  int worst = PLANCIA_CLI_DONE;

  for (guint i = 0; addresses[i] != NULL; i++) {
    int code = run (addresses[i]);

    if (code == PLANCIA_CLI_USAGE)
      return code;
    worst = MAX (worst, code);
  }
  return worst;
}

/**
 * plancia_cli_cloud:
 * @arguments: the verb, what it shall do and with which accounts
 *
 * Returns: the exit code
 */
int
plancia_cli_cloud (GStrv arguments)
{
  static const struct
  {
    const char *name;
    int (*run) (const char *address);
  } verbs[] = {
    {"test",     test    },
    {"realtime", realtime},
    {"alarms",   alarms  }
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("test|realtime|alarms ADDRESS…"),
        _ ("Asks a cloud: whether an account works, for the values of now, for alarms."),
          _ ("ADDRESS is portal://ACCOUNT/SERIAL or system://ACCOUNT/SERIAL. Secrets come from the "
                             "keyring or from an open file, as in --credentials-fd 3 3<FILE; never from the command line."),
            entries,
            &code))
    return code;
  for (guint i = 0; rest[1] != NULL && i < G_N_ELEMENTS (verbs); i++) {
    if (!g_str_equal (rest[1], verbs[i].name))
      continue;
    if (rest[2] == NULL)
      return plancia_cli_wrong_use (_ ("Say which account."));
    code = run_all (verbs[i].run, rest + 2);
    plancia_cloud_options_clear ();
    return code;
  }
  return plancia_cli_wrong_use (_ ("Say what to ask: test, realtime or alarms."));
}
