/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli findings: what the rules find in the history on this computer. */

#include "base/text.h"
#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "cli/wait.h"
#include "findings/gather.h"
#include "findings/words.h"
#include "plant/plant-file.h"
#include <glib/gi18n.h>
#include <math.h>

static gboolean option_open;
static gboolean option_json;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"open", 0, 0, G_OPTION_ARG_NONE, &option_open, N_ ("Only what is still so"), NULL},
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static const char *
find_name (PlanciaPlant *plant, const PlanciaFinding *finding)
{
  PlanciaEntry *entry = *finding->device != '\0' ? plancia_plant_find (plant, finding->device)
                                                 : NULL;

  if (*finding->device == '\0')
    return _ ("Whole plant");
  return entry != NULL ? plancia_entry_get_name (entry) : finding->device;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void
add_number (GString *out, const char *key, double number)
{
  plancia_json_out_key (out, key);
  plancia_json_out_number (out, round (number * 100) / 100);
}

static void
add_time (GString *out, const char *key, gint64 time, GTimeZone *zone)
{
  g_autofree char *text = time != 0 ? plancia_text_iso_time (time, zone) : NULL;

  plancia_json_out_member (out, key, text);
}

static void
add_evidence (GString *out, const PlanciaFinding *finding, GTimeZone *zone)
{
  plancia_json_out_key (out, "evidence");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < finding->curves->len; i++) {
    const PlanciaFindingCurve *curve = g_ptr_array_index (finding->curves, i);

    plancia_json_out_open (out, '{');
    plancia_json_out_member (out, "title", curve->title);
    plancia_json_out_member (out, "unit", finding->rule->unit);
    plancia_json_out_key (out, "days");
    plancia_json_out_open (out, '[');
    for (guint j = 0; j < curve->times->len; j++) {
      plancia_json_out_open (out, '[');
      plancia_json_out_integer (out, g_array_index (curve->times, gint64, j));
      plancia_json_out_number (out, round (g_array_index (curve->values, double, j) * 100) / 100);
      plancia_json_out_close (out, ']');
    }
    plancia_json_out_close (out, ']');
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
}

static void
print_json (PlanciaPlant *plant, const PlanciaFinding *finding)
{
  GTimeZone *zone = plancia_plant_get_zone (plant);
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "plant", plancia_plant_get_name (plant));
  plancia_json_out_member (out, "rule", finding->rule->id);
  plancia_json_out_member (out,
                           "severity",
                           plancia_finding_severity_name (finding->rule->severity));
  plancia_json_out_member (out, "title", finding->rule->title);
  plancia_json_out_member (out, "device", finding->device);
  plancia_json_out_member (out, "name", find_name (plant, finding));
  plancia_json_out_member (out, "source", finding->source);
  if (finding->string > 0) {
    plancia_json_out_key (out, "string");
    plancia_json_out_integer (out, finding->string);
  }
  if (finding->flow != NULL)
    plancia_json_out_member (out, "of", finding->flow);
  add_time (out, "since", finding->since, zone);
  add_time (out, "until", finding->until, zone);
  add_time (out, "known_until", finding->known, zone);
  add_number (out, "expected", finding->before);
  add_number (out, "found", finding->after);
  plancia_json_out_member (out, "unit", finding->rule->unit);
  add_number (out, "energy_kwh", finding->energy);
  add_number (out, "energy_kwh_day", finding->energy_day);
  plancia_json_out_member (out, "energy_is", plancia_finding_meaning_name (finding->rule->meaning));
  plancia_json_out_key (out, "look_at");
  plancia_json_out_open (out, '[');
  for (guint i = 0; finding->rule->look_at[i] != NULL; i++)
    plancia_json_out_text (out, finding->rule->look_at[i]);
  plancia_json_out_close (out, ']');
  plancia_json_out_member (out, "rule_source", finding->rule->source);
  add_evidence (out, finding, zone);
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

/* --- for people ------------------------------------------------------------------------------ */

static void
print_text (PlanciaPlant *plant, const PlanciaFinding *finding)
{
  g_autofree char *numbers = plancia_finding_words_numbers (finding);
  g_autofree char *energy = plancia_finding_words_energy (finding);
  g_autofree char *when = plancia_finding_words_when (finding, plancia_plant_get_zone (plant));
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          "%s: %s: %s, %s\n  %s %s.\n",
                          plancia_finding_words_severity (finding->rule->severity),
                          find_name (plant, finding),
                          plancia_finding_words_title (finding->rule),
                          when,
                          numbers,
                          energy);
  for (guint i = 0; finding->rule->look_at[i] != NULL; i++)
    g_string_append_printf (out,
                            "  - %s\n",
                            plancia_finding_words_text (finding->rule->look_at[i]));
  plancia_cli_print (out->str);
}

static void
print_plant (PlanciaPlant *plant, GPtrArray *findings, guint days)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (findings, i);

    if (option_open && finding->until != 0)
      continue;
    if (n++ == 0 && !option_json)
      plancia_cli_print (plancia_plant_get_name (plant));
    if (n == 1 && !option_json)
      plancia_cli_print ("\n");
    if (option_json)
      print_json (plant, finding);
    else
      print_text (plant, finding);
  }
  if (n == 0 && !option_json) {
    g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    /* Translators: %s is the name of a plant; days of history */
                                    "%s: no findings in %u day\n",
                                    "%s: no findings in %u days\n",
                                    days),
                       plancia_plant_get_name (plant),
                       days);

    plancia_cli_print (text);
  }
}

static gboolean
judge_plant (PlanciaCliArchive *archive, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (path, &error);
  g_autoptr (GPtrArray) findings = NULL;
  guint days = 0;

  if (plant == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  plancia_findings_gather_plant_async (archive->store,
                                       plant,
                                       archive->cancellable,
                                       plancia_cli_keep_result,
                                       &result);
  findings =
    plancia_findings_gather_finish (archive->store, plancia_cli_wait (&result), &days, &error);
  if (findings == NULL) {
    plancia_cli_complain ("%s: %s", plancia_plant_get_name (plant), error->message);
    return FALSE;
  }
  print_plant (plant, findings, days);
  return TRUE;
}

int
plancia_cli_findings (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("PLANT…"),
        _ ("Judges the history on this computer: strings, inverters, battery, clocks, counters, holes."),
          NULL,
          entries,
          &code))
    return code;
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (_ ("Say of which plant: give its file."));
  archive = plancia_cli_archive_open (rest + 1, NULL);
  if (archive == NULL)
    return PLANCIA_CLI_USAGE;
  for (guint i = 1; rest[i] != NULL; i++)
    if (!judge_plant (archive, rest[i]))
      code = PLANCIA_CLI_FAILED;
  return code;
}
