/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli map list | check FILE… | export MAP | import FILE | unlock MAP KEY… */

#include "cli/cli.h"

#include "cli/json-out.h"
#include "cli/map-import.h"
#include "cli/map-unlock.h"
#include "cli/table.h"
#include "map/map-catalog.h"
#include "map/map-format.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean option_json;
static gboolean option_overlay;
static gboolean option_yes;
static char    *option_output;
static char    *option_format;
static char    *option_name;
static int      option_variant;

static const GOptionEntry entries[] = {
  {"output",
   'o',             0,
   G_OPTION_ARG_FILENAME,                 &option_output,
   N_ ("Write to FILE instead of the terminal"),                                                         N_ ("FILE")  },
   {"format",
   0,               0,
   G_OPTION_ARG_STRING,                   &option_format,
   N_ ("Import as table, solarman, modbusscope, modbuscontrol or native; by default as the file looks"),
   N_ ("FORMAT")                                                                                                      },
    {"variant",
   0,               0,
   G_OPTION_ARG_INT,                      &option_variant,
   N_ ("Which of the models that a Solarman definition describes"),                                      N_ ("NUMBER")},
     {"name",
   0,               0,
   G_OPTION_ARG_STRING,                   &option_name,
   N_ ("Name of the imported map"),                                                                      N_ ("NAME")  },
      {"as-written",
   0,               0,
   G_OPTION_ARG_NONE,                     &option_overlay,
   N_ ("Export only what differs from the map it extends"),                                              NULL         },
       {"yes",        0, 0, G_OPTION_ARG_NONE, &option_yes,     N_ ("Unlock without asking"),                 NULL         },
        {"json",       0, 0, G_OPTION_ARG_NONE, &option_json,    N_ ("Print JSON"),                            NULL         },
         G_OPTION_ENTRY_NULL
};

/* The maps that load; what is wrong with the others goes to standard error. */
static GPtrArray *
load_catalog (int *code)
{
  g_auto (GStrv) ids = plancia_map_catalog_list ();
  GPtrArray *maps = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_map_unref);

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    PlanciaMap *map = plancia_map_catalog_get (ids[i], &error);

    if (map != NULL) {
      g_ptr_array_add (maps, map);
      continue;
    }
    plancia_cli_complain ("%s", error->message);
    *code = PLANCIA_CLI_FAILED;
  }

  return maps;
}

static void
print_list_json (GPtrArray *maps)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < maps->len; i++) {
    PlanciaMap *map = g_ptr_array_index (maps, i);

    plancia_json_out_open (out, '{');
    plancia_json_out_member (out, "id", plancia_map_get_id (map));
    plancia_json_out_member (out, "name", plancia_map_get_name (map));
    plancia_json_out_member (out, "device_kind", plancia_map_get_device_kind (map));
    plancia_json_out_key (out, "registers");
    plancia_json_out_integer (out, plancia_map_get_n_fields (map));
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
print_list (GPtrArray *maps)
{
  const char *titles[] = {_ ("Map"), _ ("Device"), NULL, _ ("Name"), NULL};
  /* Translators: head of a column of counts. */
  g_autofree char *registers = g_strconcat (">", _ ("Registers"), NULL);
  g_autoptr (PlanciaTable) table = NULL;
  g_autofree char *text = NULL;

  titles[2] = registers;
  table = plancia_table_new (titles);
  for (guint i = 0; i < maps->len; i++) {
    PlanciaMap      *map = g_ptr_array_index (maps, i);
    g_autofree char *count = g_strdup_printf ("%u", plancia_map_get_n_fields (map));

    plancia_table_add (table,
                       plancia_map_get_id (map),
                       plancia_map_get_device_kind (map),
                       count,
                       plancia_map_label (plancia_map_get_name (map)));
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static int
list (void)
{
  int code = PLANCIA_CLI_DONE;
  g_autoptr (GPtrArray) maps = load_catalog (&code);

  if (option_json)
    print_list_json (maps);
  else
    print_list (maps);

  return code;
}

/* One object a file, in the order of the command line. */
static void
append_verdict (GString *out, const char *file, PlanciaMap *map, const GError *error)
{
  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "file", file);
  plancia_json_out_member (out, "id", map ? plancia_map_get_id (map) : NULL);
  plancia_json_out_member (out, "error", error ? error->message : NULL);
  plancia_json_out_close (out, '}');
}

static int
check (const char *const *files)
{
  g_autoptr (GString) json = g_string_new (NULL);
  int code = PLANCIA_CLI_DONE;

  plancia_json_out_open (json, '[');
  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = plancia_map_new_from_file (files[i], &error);

    if (option_json)
      append_verdict (json, files[i], map, error);
    else if (map != NULL)
      g_print (_ ("%s: in order, %u registers\n"), files[i], plancia_map_get_n_fields (map));
    if (map != NULL)
      continue;
    plancia_cli_complain ("%s", error->message);
    code = PLANCIA_CLI_FAILED;
  }
  plancia_json_out_close (json, ']');
  g_string_append_c (json, '\n');
  if (option_json)
    plancia_cli_print (json->str);

  return code;
}

/* A file as it is, or the whole map without "extends". */
static char *
export_text (const char *name, GError **error)
{
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (name, error);
  g_autofree char *text = map ? plancia_map_to_json (map) : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || option_overlay)
    return g_steal_pointer (&text);

  folder = g_path_get_dirname (name);
  bytes = g_bytes_new (text, strlen (text));
  return plancia_map_format_expand (bytes, name, folder, error);
}

static int export(const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = export_text (name, &error);

  if (text != NULL && option_output == NULL)
    plancia_cli_print (text);
  else if (text != NULL)
    g_file_set_contents (option_output, text, -1, &error);
  if (error == NULL)
    return PLANCIA_CLI_DONE;

  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}

static int
import (const char *file)
{
  PlanciaImportOptions options = {.name = option_name, .variant = (guint) MAX (option_variant, 0)};

  if (!plancia_import_format_parse (option_format, &options.format))
    return plancia_cli_wrong_use (_ ("There is no format \"%s\"."), option_format);

  return plancia_cli_map_import (file, &options, option_output, option_json);
}

/**
 * plancia_cli_map:
 * @arguments: "map" and what follows
 *
 * Blocking.
 *
 * Returns: the exit code; %PLANCIA_CLI_FAILED if a map is wrong
 */
int
plancia_cli_map (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      "list | check FILE… | export MAP | import FILE | unlock MAP KEY…",
      _ ("Lists the register maps, checks map files, writes one out as a whole, makes one of a register list of another program, or allows writing of registers that came from one."),
        NULL,
        entries,
        &code))
    return code;

  if (g_strcmp0 (rest[1], "list") == 0 && rest[2] == NULL)
    return list ();
  if (g_strcmp0 (rest[1], "check") == 0 && rest[2] != NULL)
    return check ((const char *const *) rest + 2);
  if (g_strcmp0 (rest[1], "check") == 0)
    return plancia_cli_wrong_use (_ ("Name the map files to check."));

  if (g_strcmp0 (rest[1], "export") == 0 && rest[2] != NULL && rest[3] == NULL)
    return export(rest[2]);
  if (g_strcmp0 (rest[1], "import") == 0 && rest[2] != NULL && rest[3] == NULL)
    return import (rest[2]);
  if (g_strcmp0 (rest[1], "export") == 0)
    return plancia_cli_wrong_use (_ ("Name the map to export: its id or its file."));
  if (g_strcmp0 (rest[1], "import") == 0)
    return plancia_cli_wrong_use (_ ("Name the file to import."));

  if (g_strcmp0 (rest[1], "unlock") == 0 && rest[2] != NULL && rest[3] != NULL)
    return plancia_cli_map_unlock (rest[2],
                                   (const char *const *) rest + 3,
                                   option_output,
                                   option_yes);
  if (g_strcmp0 (rest[1], "unlock") == 0)
    return plancia_cli_wrong_use (_ ("Name the map and the keys of the registers to unlock."));

  return plancia_cli_wrong_use (_ ("After \"map\" comes \"list\", \"check FILE…\", \"export MAP\", \"import FILE\" or \"unlock MAP KEY…\"."));
}
