/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli plants: how plants fare, as far as this computer knows without asking them. */

#include "base/clock.h"
#include "base/installation.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "model/roster.h"
#include <glib/gi18n.h>
#include <math.h>

static gboolean option_json;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

/* Those of the window's list. */
static GStrv
dup_listed (void)
{
  g_autoptr (GSettings) settings = plancia_installation_open_settings ();

  return settings != NULL ? g_settings_get_strv (settings, "plants") : g_new0 (char *, 1);
}

static void
print_json (PlanciaRosterItem *item)
{
  static const char *const states[PLANCIA_N_ROSTER_STATES] =
    {"unreadable", "fault", "silent", "warning", "unknown", "fine"};
  const PlanciaRosterFacts *facts = plancia_roster_item_get_facts (item);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *contact = facts->last_contact > 0 ? plancia_text_utc_time (facts->last_contact)
                                                     : NULL;

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "plant", plancia_roster_item_get_name (item));
  plancia_json_out_member (out, "file", plancia_roster_item_get_path (item));
  plancia_json_out_member (out,
                           "state",
                           states[plancia_roster_facts_state (facts, plancia_clock_now ())]);
  plancia_json_out_key (out, "today_kwh");
  plancia_json_out_number (out, round (facts->today * 100) / 100);
  plancia_json_out_member (out, "last_contact", contact);
  plancia_json_out_key (out, "open_faults");
  plancia_json_out_integer (out, facts->faults);
  plancia_json_out_key (out, "open_warnings");
  plancia_json_out_integer (out, facts->warnings);
  plancia_json_out_key (out, "open_findings");
  plancia_json_out_integer (out, facts->findings);
  plancia_json_out_key (out, "missing_days");
  plancia_json_out_integer (out, facts->holes);
  plancia_json_out_member (out, "error", facts->error);
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
add_row (PlanciaTable *table, PlanciaRosterItem *item)
{
  const PlanciaRosterFacts *facts = plancia_roster_item_get_facts (item);
  gint64                    now = plancia_clock_now ();
  g_autofree char          *today = plancia_text_number (facts->today, 1);
  g_autofree char *age = facts->last_contact > 0 ? plancia_text_age (now - facts->last_contact)
                                                 : g_strdup ("—");
  g_autofree char *alarms = g_strdup_printf ("%u", facts->faults + facts->warnings);
  g_autofree char *findings = g_strdup_printf ("%u", facts->findings);
  g_autofree char *holes = g_strdup_printf ("%u", facts->holes);

  plancia_table_add (table,
                     plancia_roster_item_get_name (item),
                     plancia_roster_state_words (plancia_roster_facts_state (facts, now)),
                     today,
                     age,
                     alarms,
                     findings,
                     holes,
                     plancia_roster_next_words (plancia_roster_facts_next (facts, now)));
}

static void
print_all (PlanciaRoster *roster)
{
  const char *titles[] = {_ ("Plant"),
                             _ ("State"),
                                _ (">kWh today"),
                                   _ (">Last contact"),
                                      _ (">Alarms"),
                                         _ (">Findings"), _ (">Missing days"), _ ("Next"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (roster)); i++) {
    g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (G_LIST_MODEL (roster), i);

    if (option_json)
      print_json (item);
    else
      add_row (table, item);
  }
  if (option_json)
    return;
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

int
plancia_cli_plants (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_auto (GStrv) paths = NULL;
  g_autoptr (PlanciaStore) store = NULL;
  g_autoptr (PlanciaRoster) roster = NULL;
  g_autofree char *path =
    g_build_filename (g_get_user_data_dir (), "plancia", "history.sqlite", NULL);
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("[PLANT…]"),
        _ ("Lists plants with what this computer knows of them: those named, or all that the window has opened. Nobody is asked."),
          NULL,
          entries,
          &code))
    return code;
  paths = rest[1] != NULL ? g_strdupv (rest + 1) : dup_listed ();
  if (paths[0] == NULL)
    return plancia_cli_wrong_use (_ ("No plant was opened yet: give a file."));
  store = plancia_store_new (path);
  roster = plancia_roster_new (store);
  plancia_roster_load (roster, (const char *const *) paths);
  while (plancia_roster_get_loading (roster))
    g_main_context_iteration (NULL, TRUE);
  print_all (roster);
  plancia_store_close (store);
  return code;
}
