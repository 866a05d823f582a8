/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli plant WHAT: a plant in one file, for the office. */

#include "cli/cli.h"

#include "base/text.h"
#include "cli/json-out.h"
#include "cli/plant-work.h"
#include "parcel/words.h"
#include <glib/gi18n.h>

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
  {"export", plancia_cli_plant_export, "plant export", "PLANT [-o FILE] [--history WHAT] [--device DEVICE]…",
   N_ ("Makes one file of a plant with its snapshots, journal, commissionings, alarms and history.")},
  {"import", plancia_cli_plant_import, "plant import", "FILE [--into PLANT] [-o PLANT] [--dry-run]",
   N_ ("Takes such a file into a plant that is here, or makes the plant; twice is the same as once.")},
  {"show", plancia_cli_plant_show, "plant show", "FILE [--json]",
   N_ ("Says what is in such a file, and what of it cannot be read.")},
};
/* clang-format on */

static int
print_help (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n\n", _ ("Usage: plancia-cli plant VERB …"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (out,
                            "  plancia-cli %s %s\n      %s\n",
                            verbs[i].full,
                            verbs[i].usage,
                            _ (verbs[i].summary));
  g_string_append_printf (out,
                          "\n%s\n",
                          _ ("plancia-cli plant VERB --help tells the options of a verb."));
  plancia_cli_print (out->str);
  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_plant:
 * @arguments: "plant", a verb and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_plant (GStrv arguments)
{
  const char *name = arguments[1];

  if (name != NULL && (g_str_equal (name, "--help") || g_str_equal (name, "-h")))
    return print_help ();
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name)) {
      arguments[1] = verbs[i].full;
      return verbs[i].run (arguments + 1);
    }
  return plancia_cli_wrong_use (_ ("Say what to do with the plant: export, import or show."));
}

/* --- show ------------------------------------------------------------------------------------ */

static gboolean option_json;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static void
append_troubles (GString *out, GPtrArray *troubles)
{
  plancia_json_out_key (out, "left_out");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < troubles->len; i++) {
    g_autofree char *text = plancia_parcel_words_trouble (g_ptr_array_index (troubles, i));

    plancia_json_out_text (out, text);
  }
  plancia_json_out_close (out, ']');
}

static void
print_json (PlanciaParcel *parcel)
{
  const PlanciaParcelCounts *counts = plancia_parcel_get_counts (parcel);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *created = plancia_text_utc_time (plancia_parcel_get_created (parcel));

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "plant", plancia_parcel_get_plant_name (parcel));
  plancia_json_out_member (out, "id", plancia_parcel_get_plant_id (parcel));
  plancia_json_out_member (out, "program", plancia_parcel_get_program (parcel));
  plancia_json_out_member (out, "created", created);
  for (int i = 0; i < PLANCIA_PARCEL_N_KINDS; i++) {
    plancia_json_out_key (out, plancia_parcel_kinds[i].folder);
    plancia_json_out_integer (out, counts->n[i]);
  }
  plancia_json_out_key (out, "samples");
  plancia_json_out_integer (out, counts->samples);
  append_troubles (out, plancia_parcel_get_troubles (parcel));
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
print_text (PlanciaParcel *parcel)
{
  const PlanciaParcelCounts *counts = plancia_parcel_get_counts (parcel);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *created = plancia_text_iso_time (plancia_parcel_get_created (parcel), zone);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n", plancia_parcel_get_plant_name (parcel));
  if (plancia_parcel_get_created (parcel) > 0)
    /* Translators: when, and by which program */
    g_string_append_printf (
      out,
      _ ("  made %s with %s\n"), created, plancia_parcel_get_program (parcel));
  for (int i = PLANCIA_PARCEL_MAPS; i < PLANCIA_PARCEL_HISTORY; i++) {
    g_autofree char *text = plancia_parcel_words_count ((PlanciaParcelKind) i, counts->n[i]);

    if (counts->n[i] > 0)
      g_string_append_printf (out, "  %s\n", text);
  }
  if (counts->n[PLANCIA_PARCEL_HISTORY] > 0) {
    g_autofree char *text = plancia_parcel_words_history (counts->samples, counts->span);

    g_string_append_printf (out, "  %s\n", text);
  }
  plancia_cli_print (out->str);
}

/* What cannot be read is a failure, though the rest is shown. */
int
plancia_cli_plant_show (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliParcel) work = NULL;
  g_autoptr (PlanciaParcel) parcel = NULL;
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("FILE"),
           _ ("Says what is in such a file, and what of it cannot be read."), NULL, entries, &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("Say which file, as in \"plant show FILE.plancia-site\"."));
  work = plancia_cli_parcel_new ();
  parcel = plancia_cli_parcel_open (work, rest[1]);
  if (parcel == NULL)
    return PLANCIA_CLI_FAILED;
  if (option_json)
    print_json (parcel);
  else
    print_text (parcel);
  if (!option_json)
    plancia_cli_parcel_tell (plancia_parcel_get_troubles (parcel));
  return plancia_parcel_get_troubles (parcel)->len > 0 ? PLANCIA_CLI_FAILED : PLANCIA_CLI_DONE;
}
