/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli read ADDRESS [--group G] [KEY…]: registers of a map, or what a cloud gives. */

#include "cli/cli.h"

#include "base/cloud-field.h"
#include "base/text.h"
#include "cli/duration.h"
#include "cli/json-out.h"
#include "cli/range.h"
#include "cli/recording.h"
#include "cli/table.h"
#include "cli/target.h"
#include "cli/value-out.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static char    *option_map;
static char    *option_group;
static char    *option_plant;
static char    *option_url;
static char    *option_transcript;
static char    *option_pcapng;
static char    *option_range;
static char    *option_at;
static double   option_watch = NAN; /* not given */
static int      option_function;
static gboolean option_json;

static const GOptionEntry entries[] = {
  {"map",
   0,             0,
   G_OPTION_ARG_STRING,                   &option_map,
   N_ ("Register map instead of the plant's or the detected one"),                                 N_ ("ID|FILE")    },
   {"group",    0, 0, G_OPTION_ARG_STRING, &option_group,    N_ ("Read a group of registers"),      "G"               },
    {"range",
   0,             0,
   G_OPTION_ARG_STRING,                   &option_range,
   N_ ("Read registers without a map, such as 0x0404+40"),                                         N_ ("FIRST+COUNT")},
     {"function",
   0,             0,
   G_OPTION_ARG_INT,                      &option_function,
   N_ ("Function code for --range (3 if left out)"),                                               "3|4"             },
      {"watch",    0, 0, G_OPTION_ARG_DOUBLE, &option_watch,    N_ ("Read again each S seconds"),      "S"               },
       {"plant",
   0,             0,
   G_OPTION_ARG_FILENAME,                 &option_plant,
   N_ ("Plant file; ADDRESS may then be the name or id of a device"),                              N_ ("FILE")       },
        {"url",      0, 0, G_OPTION_ARG_STRING, &option_url,      N_ ("Address of the cloud service"),   "URL"             },
         {"at",
   0,             0,
   G_OPTION_ARG_STRING,                   &option_at,
   N_ ("Time since the start of a recording that is the plant, such as 90s; its end if left out"), N_ ("TIME")       },
          {"json",     0, 0, G_OPTION_ARG_NONE,   &option_json,     N_ ("Print JSON"),                     NULL              },
           PLANCIA_RECORDING_OPTIONS (&option_transcript, &option_pcapng),
           G_OPTION_ENTRY_NULL
};

/* --- what to read --------------------------------------------------------------------------------------------- */

static gboolean
map_has_group (PlanciaMap *map, const char *key)
{
  for (guint i = 0; i < plancia_map_get_n_groups (map); i++)
    if (g_str_equal (plancia_map_get_group (map, i)->key, key))
      return TRUE;

  return FALSE;
}

static void
add_group (PlanciaMap *map, const char *group, GPtrArray *keys)
{
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (g_strcmp0 (field->group, group) == 0 && (field->access & PLANCIA_ACCESS_READ) != 0)
      g_ptr_array_add (keys, (gpointer) field->key);
  }
}

static gboolean
check_key (PlanciaMap *map, const char *key)
{
  const PlanciaField *field = plancia_map_find_field (map, key);

  if (field == NULL)
    plancia_cli_complain (_ ("The map %s has no register \"%s\"."), plancia_map_get_id (map), key);
  else if ((field->access & PLANCIA_ACCESS_READ) == 0)
    plancia_cli_complain (_ ("The register \"%s\" can only be written."), key);

  return field != NULL && (field->access & PLANCIA_ACCESS_READ) != 0;
}

/* Keys of the command line, then those of the group; empty: everything. NULL after a sentence. */
static GPtrArray *
choose_keys (PlanciaMap *map, GStrv wanted)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; wanted[i] != NULL; i++) {
    if (map != NULL && !check_key (map, wanted[i]))
      return NULL;
    g_ptr_array_add (keys, wanted[i]);
  }
  if (option_group != NULL && (map == NULL || !map_has_group (map, option_group))) {
    plancia_cli_complain (_ ("There is no group \"%s\" here."), option_group);
    return NULL;
  }
  if (option_group != NULL)
    add_group (map, option_group, keys);
  if (option_group != NULL && keys->len == 0) {
    plancia_cli_complain (_ ("Nothing in the group \"%s\" can be read."), option_group);
    return NULL;
  }

  return g_steal_pointer (&keys);
}

/* --- printing ------------------------------------------------------------------------------------------------- */

static const PlanciaField *
find_field (PlanciaTarget *target, const PlanciaReading *reading)
{
  PlanciaMap *map = plancia_target_get_map (target);

  return map != NULL ? plancia_map_find_field (map, reading->key) : NULL;
}

static const char *
find_unit (const PlanciaField *field, const char *key)
{
  const char *unit = field != NULL ? field->unit : plancia_cloud_field_unit (key);

  return unit != NULL ? unit : "";
}

static void
append_reading (GString *out, const PlanciaReading *reading, const PlanciaField *field)
{
  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "key", reading->key);
  plancia_json_out_member (out, "name", field != NULL ? field->name : reading->key);
  plancia_json_out_key (out, "value");
  plancia_value_out_json (out, field, &reading->value);
  plancia_json_out_member (out, "unit", find_unit (field, reading->key));
  plancia_json_out_words (out, "raw", reading->words, reading->n_words);
  plancia_json_out_member (out, "quality", plancia_quality_name (reading->quality));
  plancia_json_out_close (out, '}');
}

static void
print_json (PlanciaTarget *target, PlanciaReadings *readings)
{
  PlanciaMap      *map = plancia_target_get_map (target);
  g_autofree char *time = plancia_text_utc_time (plancia_readings_get_time (readings));
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", plancia_target_get_text (target));
  plancia_json_out_member (out, "map", map != NULL ? plancia_map_get_id (map) : NULL);
  plancia_json_out_member (out, "time", time);
  plancia_json_out_key (out, "readings");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);

    append_reading (out, reading, find_field (target, reading));
  }
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static char *
quality_text (const PlanciaReading *reading)
{
  switch (reading->quality) {
  case PLANCIA_QUALITY_OLD:
    return g_strdup (_ ("old"));
  case PLANCIA_QUALITY_MISSING:
    return g_strdup (_ ("missing"));
  case PLANCIA_QUALITY_REFUSED:
    return g_strdup (_ ("refused"));
  case PLANCIA_QUALITY_ERROR:
    return g_strdup (_ ("error"));
  case PLANCIA_QUALITY_GOOD:
  default:
    return g_strdup ("");
  }
}

static void
add_row (PlanciaTable *table, const PlanciaReading *reading, const PlanciaField *field)
{
  g_autofree char *value = plancia_value_out_text (field, &reading->value, reading->words);
  g_autofree char *raw = field != NULL ? plancia_value_out_raw (reading->words, reading->n_words)
                                       : g_strdup ("");
  g_autofree char *quality = quality_text (reading);

  plancia_table_add (table,
                     reading->key,
                     field != NULL ? plancia_map_label (field->name) : "",
                     value,
                     find_unit (field, reading->key),
                     quality,
                     raw);
}

static PlanciaTable *
new_table (void)
{
  g_autofree char *value = g_strconcat (">", _ ("Value"), NULL);
  const char      *titles[] = {_ ("Register"),
                                  _ ("Name"), value, _ ("Unit"), _ ("Quality"), _ ("Raw"), NULL};

  return plancia_table_new (titles);
}

static void
print_table (PlanciaTarget *target, PlanciaReadings *readings)
{
  PlanciaMap *map = plancia_target_get_map (target);
  g_autoptr (PlanciaTable) table = new_table ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *time = plancia_text_iso_time (plancia_readings_get_time (readings), zone);
  g_autofree char *text = NULL;
  g_autofree char *page = NULL;

  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);

    add_row (table, reading, find_field (target, reading));
  }
  text = plancia_table_to_string (table);
  page = g_strdup_printf ("%s  %s  %s\n%s",
                          plancia_target_get_text (target),
                          map != NULL ? plancia_map_get_id (map) : "",
                          time,
                          text);
  plancia_cli_print (page);
}

/* --- reading -------------------------------------------------------------------------------------------------- */

static gboolean
has_anything (PlanciaReadings *readings)
{
  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    PlanciaQuality quality = plancia_readings_get (readings, i)->quality;

    if (quality != PLANCIA_QUALITY_ERROR && quality != PLANCIA_QUALITY_REFUSED)
      return TRUE;
  }

  return FALSE;
}

/* The sentence for a device that answered, but with no value. */
static void
complain_of_readings (PlanciaTarget *target, PlanciaReadings *readings)
{
  const PlanciaReading *first = plancia_readings_get_count (readings) > 0
                                  ? plancia_readings_get (readings, 0)
                                  : NULL;

  plancia_cli_complain ("%s: %s",
                        plancia_target_get_text (target),
                        first != NULL && first->message != NULL ? first->message
                                                                : _ ("it gave no value"));
}

static int
read_once (PlanciaTarget *target, GPtrArray *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings) readings =
    plancia_target_read (target, keys->len > 1 ? (const char *const *) keys->pdata : NULL, &error);

  if (readings == NULL && option_watch > 0 && plancia_target_is_interrupted (target))
    return PLANCIA_CLI_DONE;
  if (readings == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (option_json)
    print_json (target, readings);
  else
    print_table (target, readings);
  if (has_anything (readings))
    return PLANCIA_CLI_DONE;

  complain_of_readings (target, readings);
  return PLANCIA_CLI_FAILED;
}

/* A failed reading does not end the watch: the device may come back. */
static int
watch (PlanciaTarget *target, GPtrArray *keys)
{
  int code;

  do
    code = read_once (target, keys);
  while (option_watch > 0 && plancia_target_sleep (target, option_watch));

  return code;
}

static int
read_keys (PlanciaTarget *target, GStrv wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  /* What can be found wrong without a connection is said before one is made. */
  if (plancia_target_get_map (target) != NULL) {
    keys = choose_keys (plancia_target_get_map (target), wanted);
    if (keys == NULL)
      return PLANCIA_CLI_USAGE;
  }
  if (!plancia_target_open (target, TRUE, &error)) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (keys == NULL)
    keys = choose_keys (plancia_target_get_map (target), wanted);
  if (keys == NULL)
    return PLANCIA_CLI_USAGE;

  g_ptr_array_add (keys, NULL);
  return watch (target, keys);
}

static int
check_use (GStrv rest)
{
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (
      _ ("Say which device to read, as in \"read eth-stick://HOST/1\"."));
  if (option_range != NULL && (rest[2] != NULL || option_group != NULL))
    return plancia_cli_wrong_use (_ ("--range does not go together with keys or --group."));
  if (option_range == NULL && option_function != 0)
    return plancia_cli_wrong_use (_ ("--function goes together with --range."));
  if (option_function != 0 && option_function != 3 && option_function != 4)
    return plancia_cli_wrong_use (_ ("--function is 3 or 4."));
  if (option_watch <= 0)
    return plancia_cli_wrong_use (_ ("--watch needs a number of seconds above 0."));

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_read:
 * @arguments: "read" and what follows
 *
 * Runs the main context until done or interrupted.
 *
 * Returns: the exit code
 */
int
plancia_cli_read (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTarget) target = NULL;
  PlanciaTargetOptions options = {0};
  PlanciaRange         range = {0};
  gint64               at = 0;
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS [KEY…]"),
           _ ("Reads registers of a device, or what a cloud knows of it."), NULL, entries, &code))
    return code;
  code = check_use (rest);
  if (code != PLANCIA_CLI_DONE)
    return code;
  if (option_range != NULL && !plancia_range_parse (option_range, &range))
    return PLANCIA_CLI_USAGE;
  if (option_at != NULL && (at = plancia_cli_duration_parse (option_at, "--at")) < 0)
    return PLANCIA_CLI_USAGE;

  options = (PlanciaTargetOptions){rest[1],
                                   option_map,
                                   option_plant,
                                   option_url,
                                   option_transcript,
                                   option_pcapng,
                                   option_range != NULL,
                                   at};
  target = plancia_target_new (&options);
  if (target == NULL)
    return PLANCIA_CLI_USAGE;
  range.function = option_function != 0 ? option_function : 3;
  if (option_range == NULL)
    code = read_keys (target, rest + 2);
  else
    code = plancia_range_read (target, &range, option_watch, option_json);
  return plancia_target_save_traffic (target) ? code : MAX (code, PLANCIA_CLI_FAILED);
}
