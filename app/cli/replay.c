/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli replay WHAT FILE: what is in a recording, and the recording as a scenario of the simulator. */

#include "cli/cli.h"

#include "backend/tape-player.h"
#include "base/text.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "model/tape-scenario.h"
#include <glib/gi18n.h>

static gboolean option_json;
static char    *option_output;

/* clang-format off */
static const GOptionEntry show_entries[] = {
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry export_entries[] = {
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("Scenario to write; standard output if left out"), N_ ("FILE")},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static PlanciaTapePlayer *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  PlanciaTapePlayer *player = plancia_tape_player_load (path, &error);

  if (player == NULL)
    plancia_cli_complain ("%s", error->message);
  return player;
}

/* --- show ------------------------------------------------------------------------------------ */

typedef struct
{
  guint exchanges;
  guint errors;
} Counts;

static Counts *
count (PlanciaTape *tape)
{
  Counts *counts = g_new0 (Counts, MAX (tape->links->len, 1));

  for (guint i = 0; i < tape->entries->len; i++) {
    const PlanciaTapeEntry *entry = g_ptr_array_index (tape->entries, i);

    counts[entry->link].exchanges++;
    if (entry->exchange != NULL && plancia_exchange_is_error (entry->exchange->verdict))
      counts[entry->link].errors++;
  }
  return counts;
}

static const char *
bool_text (gboolean value)
{
  return value ? "true" : "false";
}

static void
print_json (PlanciaTapePlayer *player, const Counts *counts)
{
  PlanciaTape     *tape = plancia_tape_player_get_tape (player);
  g_autofree char *start = plancia_text_utc_time (tape->start / 1000);
  g_autofree char *end = plancia_text_utc_time (tape->end / 1000);
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out,
                           "plant",
                           plancia_plant_get_name (plancia_tape_player_get_plant (player)));
  plancia_json_out_member (out, "start", start);
  plancia_json_out_member (out, "end", end);
  plancia_json_out_key (out, "whole");
  plancia_json_out_raw (out, bool_text (tape->whole));
  plancia_json_out_key (out, "damaged");
  plancia_json_out_integer (out, tape->damaged);
  plancia_json_out_key (out, "lost");
  plancia_json_out_integer (out, (gint64) tape->lost);
  plancia_json_out_key (out, "links");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < tape->links->len; i++) {
    plancia_json_out_open (out, '{');
    plancia_json_out_member (out, "address", g_ptr_array_index (tape->links, i));
    plancia_json_out_key (out, "exchanges");
    plancia_json_out_integer (out, counts[i].exchanges);
    plancia_json_out_key (out, "errors");
    plancia_json_out_integer (out, counts[i].errors);
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static char *
make_table (PlanciaTape *tape, const Counts *counts)
{
  const char      *titles[] = {_ ("Connection"), NULL, NULL, NULL};
  g_autofree char *exchanges = g_strconcat (">", _ ("Exchanges"), NULL);
  g_autofree char *errors = g_strconcat (">", _ ("Errors"), NULL);
  g_autoptr (PlanciaTable) table = NULL;

  titles[1] = exchanges;
  titles[2] = errors;
  table = plancia_table_new (titles);
  for (guint i = 0; i < tape->links->len; i++) {
    g_autofree char *n = g_strdup_printf ("%u", counts[i].exchanges);
    g_autofree char *n_errors = g_strdup_printf ("%u", counts[i].errors);

    plancia_table_add (table, g_ptr_array_index (tape->links, i), n, n_errors);
  }
  return plancia_table_to_string (table);
}

static void
print_table (PlanciaTapePlayer *player, const Counts *counts)
{
  PlanciaTape     *tape = plancia_tape_player_get_tape (player);
  PlanciaPlant    *plant = plancia_tape_player_get_plant (player);
  g_autofree char *start = plancia_text_iso_time (tape->start / 1000,
                                                  plancia_plant_get_zone (plant));
  g_autofree char *table = make_table (tape, counts);
  g_autofree char *page = g_strdup_printf ("%s  %s  %d s%s%s\n%s",
                                           plancia_plant_get_name (plant),
                                           start,
                                           (int) ((tape->end - tape->start) / G_USEC_PER_SEC),
                                           tape->whole ? "" : "  ",
                                           tape->whole ? "" : _ ("cut off"), table);

  plancia_cli_print (page);
  if (tape->damaged > 0)
    plancia_cli_complain (g_dngettext (NULL,
                                       "%u line of it cannot be read.",
                                       "%u lines of it cannot be read.",
                                       tape->damaged),
                          tape->damaged);
}

static int
show (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTapePlayer) player = NULL;
  g_autofree Counts *counts = NULL;
  int                code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (&rest,
                          _ ("FILE"),
                             _ ("Says what is in a recording."), NULL, show_entries, &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("Say which recording."));
  player = load (rest[1]);
  if (player == NULL)
    return PLANCIA_CLI_FAILED;
  counts = count (plancia_tape_player_get_tape (player));
  if (option_json)
    print_json (player, counts);
  else
    print_table (player, counts);
  return PLANCIA_CLI_DONE;
}

/* --- export ---------------------------------------------------------------------------------- */

static gboolean
write_out (GBytes *bytes, GError **error)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (option_output != NULL)
    return g_file_set_contents (option_output, data, (gssize) length, error);
  plancia_cli_print (data);
  return TRUE;
}

static int export(GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTapePlayer) player = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  int              code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("FILE"),
           _ ("Makes a scenario of a recording, which the simulator then serves."),
              NULL,
              export_entries,
              &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("Say which recording."));
  player = load (rest[1]);
  if (player == NULL)
    return PLANCIA_CLI_FAILED;
  name = g_strdup (plancia_plant_get_name (plancia_tape_player_get_plant (player)));
  bytes = plancia_tape_scenario_make (plancia_tape_player_get_tape (player), name, &error);
  if (bytes != NULL && write_out (bytes, &error))
    return PLANCIA_CLI_DONE;
  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}

/* --- the verbs ------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  int (*run) (GStrv arguments);
  char        full[16]; /* as the help of the verb says it */
  const char *usage;
  const char *summary;
} Verb;

/* clang-format off */
static Verb verbs[] = {
  {"show", show, "replay show", "FILE [--json]", N_ ("Says what is in a recording.")},
  {"export", export, "replay export", "FILE [-o FILE]",
   N_ ("Makes a scenario of a recording, which the simulator then serves.")},
};
/* clang-format on */

static int
print_help (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n\n", _ ("Usage: plancia-cli replay VERB …"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (out,
                            "  plancia-cli %s %s\n      %s\n",
                            verbs[i].full,
                            verbs[i].usage,
                            _ (verbs[i].summary));
  g_string_append_printf (out,
                          "\n%s\n",
                          _ ("plancia-cli replay VERB --help tells the options of a verb."));
  g_string_append_printf (
    out,
    "%s\n",
    _ ("read, snapshot and compare take a recording for --plant, and answer as of its end."));
  plancia_cli_print (out->str);
  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_replay:
 * @arguments: "replay", a verb and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_replay (GStrv arguments)
{
  const char *name = arguments[1];

  if (name != NULL && (g_str_equal (name, "--help") || g_str_equal (name, "-h")))
    return print_help ();
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name)) {
      arguments[1] = verbs[i].full;
      return verbs[i].run (arguments + 1);
    }
  return plancia_cli_wrong_use (_ ("Say what to do with the recording: show or export."));
}
