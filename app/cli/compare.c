/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli compare A B: what differs between two snapshots, or between one and now. */

#include "cli/cli.h"

#include "cli/snapshot-source.h"
#include "cli/table.h"
#include "model/comparison.h"
#include "model/snapshot-words.h"
#include <glib/gi18n.h>

static char    *option_map;
static char    *option_plant;
static gboolean option_all;
static gboolean option_readings;
static gboolean option_json;
static gboolean option_csv;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"all", 0, 0, G_OPTION_ARG_NONE, &option_all, N_ ("Registers that are equal too"), NULL},
  {"readings", 0, 0, G_OPTION_ARG_NONE, &option_readings, N_ ("Readings and counters too, which move by themselves"), NULL},
  {"map", 0, 0, G_OPTION_ARG_STRING, &option_map, N_ ("Register map instead of the snapshots' own"), N_ ("ID|FILE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; A and B may then be names of devices"), N_ ("FILE")},
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  {"csv", 0, 0, G_OPTION_ARG_NONE, &option_csv, N_ ("Print a table with commas"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static void
add_row (PlanciaTable *table, PlanciaComparisonRow *row)
{
  g_autofree char *address = NULL;

  if (plancia_comparison_row_is_heading (row)) {
    plancia_table_add_heading (table,
                               plancia_section_name (plancia_comparison_row_get_section (row)));
    return;
  }
  address = g_strdup_printf ("0x%04X", plancia_comparison_row_get_address (row));
  plancia_table_add (table,
                     plancia_comparison_row_get_key (row),
                     plancia_comparison_row_get_name (row),
                     address,
                     plancia_comparison_row_get_a (row),
                     plancia_comparison_row_get_b (row),
                     plancia_comparison_row_get_unit (row),
                     plancia_comparison_row_get_change (row));
}

static char *
head_line (const char *letter, PlanciaSnapshot *snapshot)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *title = plancia_snapshot_words_title (snapshot);
  g_autofree char *subtitle = plancia_snapshot_words_subtitle (snapshot, zone);

  return g_strdup_printf ("%s  %s: %s, %s\n",
                          letter,
                          plancia_snapshot_get_name (snapshot),
                          title,
                          subtitle);
}

static char *
create_text (PlanciaComparison *comparison)
{
  const char *titles[] = {_("Register"),
                             _("Name"),
                                _("Address"),
                                   ">A",
                                   ">B",
                                   _("Unit"),
                                      /* TRANSLATORS: how much a value differs from another */
                                      C_ ("column", "Change"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  guint            n = plancia_comparison_count_different (comparison);
  g_autofree char *a = head_line ("A", plancia_comparison_get_a (comparison));
  g_autofree char *b = head_line ("B", plancia_comparison_get_b (comparison));
  g_autofree char *rows = NULL;
  g_autofree char *foot = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u of %u registers differs", "%u of %u registers differ", n),
    n,
    plancia_comparison_count_all (comparison));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (comparison)); i++) {
    g_autoptr (PlanciaComparisonRow) row = g_list_model_get_item (G_LIST_MODEL (comparison), i);

    add_row (table, row);
  }
  rows = plancia_table_get_n_rows (table) > 0 ? plancia_table_to_string (table) : g_strdup ("");

  return g_strconcat (a, b, rows, foot, "\n", NULL);
}

static int
compare (const char *first, const char *second)
{
  g_autoptr (PlanciaMap) map_a = NULL;
  g_autoptr (PlanciaMap) map_b = NULL;
  int code = PLANCIA_CLI_FAILED;
  g_autoptr (PlanciaSnapshot)
    a = plancia_cli_snapshot_get (first, option_plant, option_map, &map_a, &code);
  g_autoptr (PlanciaSnapshot) b = NULL;
  g_autoptr (PlanciaComparison) comparison = NULL;
  g_autofree char *text = NULL;

  if (a != NULL)
    b = plancia_cli_snapshot_get (second, option_plant, option_map, &map_b, &code);
  if (b == NULL)
    return code;

  comparison = plancia_comparison_new (a, map_a, b, map_b);
  plancia_comparison_set_only_changed (comparison, !option_all);
  plancia_comparison_set_with_readings (comparison, option_readings);
  if (option_json)
    text = plancia_comparison_to_json (comparison);
  else if (option_csv)
    text = plancia_comparison_to_csv (comparison);
  else
    text = create_text (comparison);
  plancia_cli_print (text);

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_compare:
 * @arguments: "compare" and what follows
 *
 * Returns: the exit code; a difference is no failure
 */
int
plancia_cli_compare (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _("A B"),
           _("Compares two snapshots, or a snapshot with what a device holds now."),
              NULL,
              entries,
              &code))
    return code;
  if (rest[1] == NULL || rest[2] == NULL || rest[3] != NULL)
    return plancia_cli_wrong_use (
      _("Say what to compare, as in \"compare BEFORE.json eth-stick://HOST/1\"."));
  if (option_json && option_csv)
    return plancia_cli_wrong_use (_("Either --json or --csv."));

  return compare (rest[1], rest[2]);
}
