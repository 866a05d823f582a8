/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli plant export PLANT: one file for the office. */

#include "cli/cli.h"

#include "base/clock.h"
#include "cli/plant-search.h"
#include "cli/plant-work.h"
#include "cli/span.h"
#include "parcel/words.h"
#include "plant/plant-file.h"
#include <glib/gi18n.h>

static char  *option_output;
static char  *option_history;
static char  *option_from;
static char  *option_to;
static char **option_devices;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("File to write; the name of the plant if left out"), N_ ("FILE")},
  {"history", 0, 0, G_OPTION_ARG_STRING, &option_history, N_ ("How much of the history: nothing, this month, this year or all of it (as if left out)"), "none|month|year|all"},
  {"from", 0, 0, G_OPTION_ARG_STRING, &option_from, N_ ("Begin of the history: 2026-06-12 or \"2026-06-12 14:05\""), N_ ("TIME")},
  {"to", 0, 0, G_OPTION_ARG_STRING, &option_to, N_ ("End of the history; a day is included; now if left out"), N_ ("TIME")},
  {"device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_devices, N_ ("History of this device alone (name or id); may be repeated"), N_ ("DEVICE")},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static PlanciaSpan
span_since (GTimeZone *zone, gboolean year)
{
  gint64 now = plancia_clock_now ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / PLANCIA_SECOND);
  g_autoptr (GDateTime) date = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) first = g_date_time_new (zone,
                                                 g_date_time_get_year (date),
                                                 year ? 1 : g_date_time_get_month (date),
                                                 1,
                                                 0,
                                                 0,
                                                 0);

  return (PlanciaSpan){g_date_time_to_unix (first) * PLANCIA_SECOND, now + PLANCIA_DAY};
}

/* FALSE after a sentence. */
static gboolean
choose_span (GTimeZone *zone, PlanciaSpan *span)
{
  const PlanciaSpan all = {0, plancia_clock_now () + 366 * PLANCIA_DAY};

  *span = all;
  if (option_from != NULL || option_to != NULL)
    return plancia_cli_span_parse (option_from, option_to, all, zone, span);
  if (option_history == NULL || g_str_equal (option_history, "all"))
    return TRUE;
  if (g_str_equal (option_history, "none"))
    *span = (PlanciaSpan){0, 0};
  else if (g_str_equal (option_history, "month") || g_str_equal (option_history, "year"))
    *span = span_since (zone, g_str_equal (option_history, "year"));
  else {
    plancia_cli_complain (_ ("\"%s\" is not none, month, year or all."), option_history);
    return FALSE;
  }
  return TRUE;
}

/* (transfer full) ids, or NULL after a sentence. */
static char **
find_devices (PlanciaPlant *plant)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; option_devices != NULL && option_devices[i] != NULL; i++) {
    g_autoptr (GPtrArray) found = plancia_plant_search (plant, option_devices[i], NULL);

    if (found->len == 0) {
      plancia_cli_complain (
        _ ("%s: there is no device \"%s\"."), plancia_plant_get_name (plant), option_devices[i]);
      return NULL;
    }
    for (guint j = 0; j < found->len; j++)
      g_strv_builder_add (ids, plancia_entry_get_id (g_ptr_array_index (found, j)));
  }
  return g_strv_builder_end (ids);
}

static void
print_saved (const PlanciaParcelSaved *saved, const char *target)
{
  g_autofree char *size = g_format_size ((guint64) saved->size);
  g_autofree char *file = g_filename_display_name (target);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s: %s\n", file, size);
  for (int i = PLANCIA_PARCEL_MAPS; i < PLANCIA_PARCEL_HISTORY; i++) {
    g_autofree char *text = plancia_parcel_words_count ((PlanciaParcelKind) i, saved->counts.n[i]);

    if (saved->counts.n[i] > 0)
      g_string_append_printf (out, "  %s\n", text);
  }
  if (saved->counts.n[PLANCIA_PARCEL_HISTORY] > 0) {
    g_autofree char *text = plancia_parcel_words_history (saved->counts.samples,
                                                          saved->counts.span);

    g_string_append_printf (out, "  %s\n", text);
  }
  plancia_cli_print (out->str);
}

static int export(const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (path, &error);
  g_autofree char *target = NULL;
  g_autoptr (PlanciaCliParcel) work = NULL;
  g_autoptr (PlanciaParcelSaved) saved = NULL;
  g_auto (GStrv) devices = NULL;
  PlanciaSpan span;

  if (plant == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_USAGE;
  }
  devices = find_devices (plant);
  if (devices == NULL || !choose_span (plancia_plant_get_zone (plant), &span))
    return PLANCIA_CLI_USAGE;
  target =
    option_output != NULL
      ? g_strdup (option_output)
      : g_strdelimit (g_strconcat (plancia_plant_get_name (plant), PLANCIA_PARCEL_ENDING, NULL),
                      "/\\",
                      '-');
  work = plancia_cli_parcel_new ();
  saved = plancia_cli_parcel_save (work,
                                   path,
                                   target,
                                   span,
                                   devices[0] != NULL ? (const char *const *) devices : NULL);
  if (saved == NULL)
    return PLANCIA_CLI_FAILED;
  print_saved (saved, target);
  plancia_cli_parcel_tell (saved->troubles);
  return saved->troubles->len > 0 ? PLANCIA_CLI_FAILED : PLANCIA_CLI_DONE;
}

int
plancia_cli_plant_export (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("PLANT"),
        _ ("Makes one file of a plant with its snapshots, journal, commissionings, alarms and history."),
          _ ("Passwords and keys stay on this computer."), entries, &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (
      _ ("Say which plant, as in \"plant export PLANT.json -o FILE.plancia-site\"."));
  return export(rest[1]);
}
