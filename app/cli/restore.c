/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli restore FILE ADDRESS: the settings of a snapshot, to the device it is of or to another one. */

#include "cli/cli.h"

#include "cli/json-out.h"
#include "cli/snapshot-source.h"
#include "cli/table.h"
#include "cli/value-out.h"
#include "cli/write-ask.h"
#include "cli/write-run.h"
#include "model/restore-plan.h"
#include "plant/snapshot-folder.h"
#include <glib/gi18n.h>
#include <stdio.h>

static char    *option_map;
static char    *option_plant;
static char    *option_before;
static GStrv    option_include;
static gboolean option_dry_run;
static gboolean option_yes;
static gboolean option_accept_risk;
static gboolean option_json;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"include", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_include, N_ ("What is left out otherwise: addresses, calibration, clock, switches"), N_ ("WHAT")},
  {"dry-run", 0, 0, G_OPTION_ARG_NONE, &option_dry_run, N_ ("Show what would be sent"), NULL},
  {"yes", 0, 0, G_OPTION_ARG_NONE, &option_yes, N_ ("Write without asking"), NULL},
  {"accept-risk", 0, 0, G_OPTION_ARG_NONE, &option_accept_risk, N_ ("With --yes: write also where it would be asked once more"), NULL},
  {"before", 0, 0, G_OPTION_ARG_FILENAME, &option_before, N_ ("Keep what the device had before; restoring that file undoes"), N_ ("FILE")},
  {"map", 0, 0, G_OPTION_ARG_STRING, &option_map, N_ ("Register map instead of the plant's or the detected one"), N_ ("ID|FILE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static const struct
{
  const char      *name;
  PlanciaFieldKeep keep;
} includes[] = {
  {"addresses",   PLANCIA_KEEP_ADDRESS    },
  {"calibration", PLANCIA_KEEP_CALIBRATION},
  {"clock",       PLANCIA_KEEP_CLOCK      },
  {"switches",    PLANCIA_KEEP_SWITCH     },
};

/* --- what would be done ---------------------------------------------------------------------------------------- */

static void
add_row (PlanciaTable *table, const PlanciaRestoreItem *item)
{
  const PlanciaField *field = item->field;
  g_autofree char    *address = g_strdup_printf ("0x%04X", field->address);
  g_autofree char    *now = plancia_value_out_text_words (field, item->present);
  g_autofree char    *wanted = item->value.kind != PLANCIA_VALUE_NONE
                                 ? plancia_value_out_text (field, &item->value, item->wanted)
                                 : g_strdup ("\342\200\224");
  g_autofree char    *words = plancia_restore_item_dup_words (item);

  plancia_table_add (table,
                     field->key,
                     plancia_map_label (field->name),
                     address,
                     now,
                     wanted,
                     field->unit,
                     words);
}

/* What is equal already is only counted. */
static char *
create_text (PlanciaRestorePlan *plan)
{
  const char *titles[] = {_("Register"),
                             _("Name"),
                                _("Address"),
                                   C_ ("value", "Now"),
                                       C_ ("restore", "Snapshot"),
                                           _("Unit"), C_ ("restore", "What happens"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_auto (GStrv) warnings = plancia_restore_plan_dup_warnings (plan);
  GString         *text = g_string_new (NULL);
  g_autofree char *rows = NULL;

  for (guint i = 0; warnings[i] != NULL; i++)
    g_string_append_printf (text, "! %s\n", warnings[i]);
  for (guint i = 0; i < plancia_restore_plan_get_length (plan); i++) {
    const PlanciaRestoreItem *item = plancia_restore_plan_get (plan, i);

    if (item->action != PLANCIA_RESTORE_EQUAL)
      add_row (table, item);
  }
  rows = plancia_table_to_string (table);
  g_string_append (text, rows);
  g_string_append_printf (text,
                          _("%u to write, %u equal already, %u left out"),
                             plancia_restore_plan_count (plan, PLANCIA_RESTORE_WRITE),
                             plancia_restore_plan_count (plan, PLANCIA_RESTORE_EQUAL),
                             plancia_restore_plan_count (plan, PLANCIA_RESTORE_KEPT));
  g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

static void
append_item (GString *out, const PlanciaRestoreItem *item)
{
  static const char *const actions[] = {
    [PLANCIA_RESTORE_WRITE] = "write",
    [PLANCIA_RESTORE_EQUAL] = "equal",
    [PLANCIA_RESTORE_KEPT] = "left-out",
    [PLANCIA_RESTORE_NOT_THERE] = "not-there",
    [PLANCIA_RESTORE_UNREADABLE] = "unreadable",
    [PLANCIA_RESTORE_OTHER_SORT] = "other-sort",
    [PLANCIA_RESTORE_REFUSED] = "refused",
  };

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "key", item->field->key);
  plancia_json_out_member (out, "action", actions[item->action]);
  plancia_json_out_key (out, "now");
  plancia_value_out_json_words (out, item->field, item->present);
  plancia_json_out_key (out, "wanted");
  plancia_value_out_json (out, item->field, &item->value);
  plancia_json_out_close (out, '}');
}

static char *
create_json (PlanciaRestorePlan *plan)
{
  GString *out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < plancia_restore_plan_get_length (plan); i++)
    append_item (out, plancia_restore_plan_get (plan, i));
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');

  return g_string_free (out, FALSE);
}

/* --- doing it -------------------------------------------------------------------------------------------------- */

static gboolean
parse_include (PlanciaFieldKeep *include)
{
  for (guint i = 0; option_include != NULL && option_include[i] != NULL; i++) {
    PlanciaFieldKeep found = PLANCIA_KEEP_NONE;

    for (guint j = 0; j < G_N_ELEMENTS (includes); j++)
      if (g_str_equal (includes[j].name, option_include[i]))
        found = includes[j].keep;
    if (found == PLANCIA_KEEP_NONE) {
      plancia_cli_complain (_("\"%s\" cannot be included."), option_include[i]);
      return FALSE;
    }
    *include |= found;
  }

  return TRUE;
}

/* Standard output is for JSON only, if that is asked for. */
static void
show_plan (PlanciaRestorePlan *plan)
{
  g_autofree char *text = create_text (plan);
  g_autofree char *json = option_json && option_dry_run ? create_json (plan) : NULL;

  if (json != NULL)
    plancia_cli_print (json);
  else if (option_json)
    fputs (text, stderr);
  else
    plancia_cli_print (text);
}

/* The way back, before anything is sent. */
static gboolean
keep_before (PlanciaSnapshot *present)
{
  g_autoptr (GError) error = NULL;

  if (option_before == NULL || option_dry_run ||
      plancia_snapshot_save (present, option_before, &error))
    return TRUE;
  plancia_cli_complain ("%s", error->message);
  return FALSE;
}

static int
write_plan (PlanciaTarget *target, PlanciaRestorePlan *plan)
{
  g_autoptr (GPtrArray) edits = plancia_restore_plan_create_edits (plan);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char      *origin = plancia_restore_plan_dup_origin (plan, zone);
  const PlanciaWriteRun run = {plancia_restore_plan_get_purpose (plan),
                               option_dry_run,
                               option_yes,
                               option_accept_risk,
                               option_json,
                               origin};

  if (edits->len == 0)
    return PLANCIA_CLI_DONE;
  /* A dry run in JSON is the plan; the requests are for people. */
  if (option_dry_run && option_json)
    return PLANCIA_CLI_DONE;

  return plancia_write_run (&run, target, edits);
}

static int
restore (PlanciaSnapshot *source, PlanciaMap *source_map, PlanciaTarget *target)
{
  PlanciaFieldKeep include = PLANCIA_KEEP_NONE;
  g_autoptr (PlanciaSnapshot) present = NULL;
  g_autoptr (PlanciaRestorePlan) plan = NULL;

  if (!parse_include (&include))
    return PLANCIA_CLI_USAGE;
  present = plancia_cli_snapshot_take (target, PLANCIA_SNAPSHOT_BEFORE, TRUE);
  if (present == NULL)
    return PLANCIA_CLI_FAILED;
  plan = plancia_restore_plan_new (source,
                                   source_map,
                                   present,
                                   plancia_target_get_map (target),
                                   include);
  show_plan (plan);
  if (!keep_before (present))
    return PLANCIA_CLI_FAILED;

  return write_plan (target, plan);
}

static int
check_use (GStrv rest)
{
  if (rest[1] == NULL || rest[2] == NULL || rest[3] != NULL)
    return plancia_cli_wrong_use (
      _("Say what to restore and where, as in \"restore BEFORE.json eth-stick://HOST/1\"."));
  if (!option_yes && !option_dry_run && !plancia_write_can_ask ())
    return plancia_cli_wrong_use (
      _("There is no terminal to ask on; --yes writes without asking, --dry-run only shows."));

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_restore:
 * @arguments: "restore" and what follows
 *
 * Returns: the exit code; %PLANCIA_CLI_DONE only if every setting was verified or had the value already
 */
int
plancia_cli_restore (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaSnapshot) source = NULL;
  g_autoptr (PlanciaMap) source_map = NULL;
  g_autoptr (PlanciaTarget) target = NULL;
  PlanciaTargetOptions options = {0};
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _("FILE ADDRESS"),
           _("Writes the settings of a snapshot to a device."),
              _("Serial numbers and the grid code are never written."), entries, &code))
    return code;
  code = check_use (rest);
  if (code != PLANCIA_CLI_DONE)
    return code;

  source = plancia_cli_snapshot_get (rest[1], NULL, NULL, &source_map, &code);
  if (source == NULL)
    return code;
  options = (PlanciaTargetOptions){rest[2], option_map, option_plant, NULL, NULL, NULL};
  target = plancia_target_new (&options);

  return target != NULL ? restore (source, source_map, target) : PLANCIA_CLI_USAGE;
}
