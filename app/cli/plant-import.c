/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli plant import FILE: into a plant that is here, or as a new one. */

#include "cli/cli.h"

#include "base/text.h"
#include "cli/plant-work.h"
#include "parcel/words.h"
#include <glib/gi18n.h>

static char    *option_into;
static char    *option_output;
static gboolean option_dry;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"into", 0, 0, G_OPTION_ARG_FILENAME, &option_into, N_ ("Plant file to merge into; the same plant is found by itself"), N_ ("PLANT")},
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("File of the new plant; one in the user's folder if left out"), N_ ("PLANT")},
  {"dry-run", 0, 0, G_OPTION_ARG_NONE, &option_dry, N_ ("Only say what would happen"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

/* (transfer full), or NULL after a sentence. */
static char *
choose_plant (PlanciaCliParcel *work, PlanciaParcel *parcel)
{
  char *found;

  if (option_into != NULL && !g_file_test (option_into, G_FILE_TEST_EXISTS)) {
    plancia_cli_complain (_ ("%s: there is no such plant."), option_into);
    return NULL;
  }
  if (option_into != NULL)
    return g_strdup (option_into);
  if (option_output != NULL && g_file_test (option_output, G_FILE_TEST_EXISTS)) {
    plancia_cli_complain (_ ("%s is there already; --into merges into it."), option_output);
    return NULL;
  }
  if (option_output != NULL)
    return g_strdup (option_output);
  found = plancia_cli_parcel_find (work, parcel);
  return found != NULL ? found : plancia_parcel_work_dup_new_path (parcel);
}

static void
print_result (PlanciaParcel *parcel, const char *plant, const PlanciaParcelResult *result)
{
  g_autofree char *file = g_filename_display_name (plant);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean nothing = !result->new_plant && result->devices == 0 && result->samples == 0;

  if (result->new_plant)
    /* Translators: the name of a plant, and its file */
    g_string_append_printf (
      out,
      _ ("%s: a new plant, %s\n"), plancia_parcel_get_plant_name (parcel), file);
  else
    g_string_append_printf (
      out,
      _ ("%s: merged into %s\n"), plancia_parcel_get_plant_name (parcel), file);
  if (result->devices > 0)
    g_string_append_printf (out,
                            ngettext ("  %u new device\n", "  %u new devices\n", result->devices),
                            result->devices);
  for (int i = PLANCIA_PARCEL_MAPS; i < PLANCIA_PARCEL_HISTORY; i++) {
    g_autofree char *text = plancia_parcel_words_added ((PlanciaParcelKind) i, result);

    nothing &= text == NULL;
    if (text != NULL)
      g_string_append_printf (out, "  %s\n", text);
  }
  if (result->samples > 0) {
    g_autofree char *number = plancia_text_number ((double) result->samples, 0);

    g_string_append_printf (out,
                            ngettext ("  New: %s value of history\n",
                                      "  New: %s values of history\n",
                                      (gulong) MIN (result->samples, G_MAXINT)),
                            number);
  }
  if (nothing)
    g_string_append_printf (out, "  %s\n", _ ("Everything was here already."));
  plancia_cli_print (out->str);
}

static int
import (const char *path)
{
  g_autoptr (PlanciaCliParcel) work = plancia_cli_parcel_new ();
  g_autoptr (PlanciaParcel) parcel = plancia_cli_parcel_open (work, path);
  g_autoptr (PlanciaParcelResult) result = NULL;
  g_autofree char *plant = NULL;

  if (parcel == NULL)
    return PLANCIA_CLI_FAILED;
  plant = choose_plant (work, parcel);
  if (plant == NULL)
    return PLANCIA_CLI_USAGE;
  result = plancia_cli_parcel_merge (work, parcel, plant, option_dry);
  if (result == NULL)
    return PLANCIA_CLI_FAILED;
  print_result (parcel, plant, result);
  plancia_cli_parcel_tell (plancia_parcel_get_troubles (parcel));
  plancia_cli_parcel_tell (result->troubles);
  return plancia_parcel_get_troubles (parcel)->len + result->troubles->len > 0 ? PLANCIA_CLI_FAILED
                                                                               : PLANCIA_CLI_DONE;
}

int
plancia_cli_plant_import (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("FILE"),
        _ ("Takes such a file into a plant that is here, or makes the plant; twice is the same as once."),
          NULL,
          entries,
          &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("Say which file, as in \"plant import FILE.plancia-site\"."));
  if (option_into != NULL && option_output != NULL)
    return plancia_cli_wrong_use (_ ("Either --into or --output: merge, or make a new plant."));
  return import (rest[1]);
}
