/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/map-import.h"

#include "cli/cli.h"
#include "cli/json-out.h"
#include "map/json-check.h"
#include <glib/gi18n.h>
#include <string.h>

static void
append_item (GString *out, const PlanciaImportItem *item)
{
  g_autofree char *reason = plancia_import_item_reason (item);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "verdict", plancia_import_verdict_nick (item->verdict));
  plancia_json_out_member (out, "reason", plancia_import_reason_nick (item->reason));
  plancia_json_out_key (out, "line");
  if (item->line > 0)
    plancia_json_out_integer (out, item->line);
  else
    plancia_json_out_text (out, NULL);
  plancia_json_out_member (out, "name", item->name[0] != '\0' ? item->name : NULL);
  plancia_json_out_key (out, "address");
  if (item->address >= 0)
    plancia_json_out_integer (out, item->address);
  else
    plancia_json_out_text (out, NULL);
  plancia_json_out_member (out, "text", reason);
  plancia_json_out_close (out, '}');
}

static void
append_count (GString *out, const char *key, guint count)
{
  plancia_json_out_key (out, key);
  plancia_json_out_integer (out, count);
}

static void
print_json (const char *file, const PlanciaImport *result, const char *output)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "file", file);
  plancia_json_out_member (out, "format", plancia_import_format_nick (result->format));
  append_count (out, "taken", result->report->n_taken);
  append_count (out, "changed", result->report->n_changed);
  append_count (out, "skipped", result->report->n_skipped);
  append_count (out, "locked", result->n_writable);
  plancia_json_out_key (out, "items");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < result->report->items->len; i++)
    append_item (out, g_ptr_array_index (result->report->items, i));
  plancia_json_out_close (out, ']');
  plancia_json_out_member (out, "output", output);
  plancia_json_out_key (out, "map");
  if (output == NULL && result->json != NULL)
    plancia_json_out_raw (out, result->json);
  else
    plancia_json_out_text (out, NULL);
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

/* One line a row, with what became of it. */
static void
print_report (const char *file, const PlanciaImport *result)
{
  const PlanciaImportReport *report = result->report;

  for (guint i = 0; i < report->items->len; i++) {
    const PlanciaImportItem *item = g_ptr_array_index (report->items, i);
    g_autofree char         *title = plancia_import_item_title (item);
    g_autofree char         *reason = plancia_import_item_reason (item);
    /* Translators: what became of a row of an imported list. */
    const char *verdict = item->verdict == PLANCIA_IMPORT_SKIPPED ? _ ("left out") : _ ("changed");

    g_printerr ("%s: %s: %s\n", verdict, title, reason);
  }
  g_printerr (
    _ ("%s: %u taken, %u of them with a doubt, %u left out; %u that could be written are locked\n"),
       file,
       report->n_taken,
       report->n_changed,
       report->n_skipped,
       result->n_writable);
}

/* The id must be the file's name, or the map could not be loaded from there. */
static char *
id_of_output (const char *output)
{
  g_autofree char *name = output ? g_path_get_basename (output) : NULL;

  if (name == NULL || !g_str_has_suffix (name, ".json"))
    return NULL;

  name[strlen (name) - strlen (".json")] = '\0';
  return plancia_json_is_id (name) ? g_steal_pointer (&name) : NULL;
}

static int
write_map (const PlanciaImport *result, const char *output, gboolean as_json)
{
  g_autoptr (GError) error = NULL;

  if (result->json == NULL) {
    plancia_cli_complain (_ ("No register could be taken."));
    return PLANCIA_CLI_FAILED;
  }
  if (output == NULL) {
    if (!as_json)
      plancia_cli_print (result->json);
    return PLANCIA_CLI_DONE;
  }
  if (g_file_set_contents (output, result->json, -1, &error))
    return PLANCIA_CLI_DONE;

  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}

/**
 * plancia_cli_map_import:
 * @file: the list
 * @options: what the command line says about it
 * @output: (nullable): where the map goes
 * @as_json: one object for programs instead of lines for people
 *
 * Blocking. A file that describes several models is refused without a choice: the wrong one would read plausible nonsense.
 *
 * Returns: the exit code
 */
int
plancia_cli_map_import (const char                 *file,
                        const PlanciaImportOptions *options,
                        const char                 *output,
                        gboolean                    as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = NULL;
  g_autofree char     *id = id_of_output (output);
  PlanciaImportOptions own = *options;

  own.id = id;
  result = plancia_import_file (file, &own, &error);
  if (result == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (result->n_variants > 1 && options->variant == 0)
    return plancia_cli_wrong_use (
      _ ("%s describes %u models: choose one with --variant."), file, result->n_variants);

  if (as_json)
    print_json (file, result, output);
  else
    print_report (file, result);

  return write_map (result, output, as_json);
}
