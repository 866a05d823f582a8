/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli scan ADDRESS FIRST-LAST: which registers a device has. */

#include "cli/cli.h"

#include "cli/json-out.h"
#include "cli/recording.h"
#include "cli/table.h"
#include "cli/target.h"
#include "map/raw-edit.h"
#include "model/address-scan.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_MS 500

static char    *option_map;
static char    *option_plant;
static char    *option_csv;
static char    *option_transcript;
static char    *option_pcapng;
static int      option_function;
static int      option_finest = 1;
static gboolean option_json;

static const GOptionEntry entries[] = {
  {"function",
   0,             0,
   G_OPTION_ARG_INT,                    &option_function,
   N_ ("Function code to read with (3 if left out)"),                                       "1|2|3|4"     },
   {"map",
   0,             0,
   G_OPTION_ARG_STRING,                 &option_map,
   N_ ("Register map that says how long a request may be and what must not be read"),       N_ ("ID|FILE")},
    {"plant",
   0,             0,
   G_OPTION_ARG_FILENAME,               &option_plant,
   N_ ("Plant file; ADDRESS may then be the name or id of a device"),                       N_ ("FILE")   },
     {"finest",
   0,             0,
   G_OPTION_ARG_INT,                    &option_finest,
   N_ ("Do not take apart what is refused below this number of registers (1 if left out)"), "N"           },
      {"csv",
   0,             0,
   G_OPTION_ARG_FILENAME,               &option_csv,
   N_ ("Write a line for each register to a CSV file"),                                     N_ ("FILE")   },
       {"json",     0, 0, G_OPTION_ARG_NONE, &option_json,     N_ ("Print JSON"),                NULL          },
        PLANCIA_RECORDING_OPTIONS (&option_transcript, &option_pcapng),
        G_OPTION_ENTRY_NULL
};

/* --- range ------------------------------------------------------------------------------------ */

/* "0x0400-0x04FF"; FALSE after a sentence. */
static gboolean
parse_range (const char *text, guint16 *first, guint16 *last)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);

  if (g_strv_length (ends) == 2 && plancia_raw_parse_address (ends[0], first, NULL) &&
      plancia_raw_parse_address (ends[1], last, NULL) && *first <= *last)
    return TRUE;
  plancia_cli_complain (_ ("%s: write the range as 0x0400-0x04FF."), text);
  return FALSE;
}

/* --- printing --------------------------------------------------------------------------------- */

static char *
verdict_text (PlanciaScanSpan *span)
{
  switch (plancia_scan_span_get_verdict (span)) {
  case PLANCIA_SCAN_ANSWERS:
    return g_strdup (_ ("answers"));
  case PLANCIA_SCAN_REFUSED:
    /* Translators: %u is the number of a Modbus exception */
    return g_strdup_printf (_ ("refused, exception %u"), plancia_scan_span_get_exception (span));
  case PLANCIA_SCAN_SILENT:
    return g_strdup (_ ("no answer"));
  case PLANCIA_SCAN_LEFT_OUT:
    return g_strdup (_ ("left out: the map says that it must not be read"));
  case PLANCIA_SCAN_UNKNOWN:
  case PLANCIA_N_SCAN_VERDICTS:
  default:
    return g_strdup ("");
  }
}

static void
print_table (PlanciaAddressScan *scan)
{
  const char      *titles[] = {C_ ("column", "From"),
                                   C_ ("column", "To"), NULL, C_ ("column", "Answer"), NULL};
  g_autofree char *count_title = g_strconcat (">", C_ ("column", "Registers"), NULL);
  g_autoptr (PlanciaTable) table = NULL;
  g_autofree char *text = NULL;

  titles[2] = count_title;
  table = plancia_table_new (titles);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scan)); i++) {
    g_autoptr (PlanciaScanSpan) span = g_list_model_get_item (G_LIST_MODEL (scan), i);
    guint            first_number = plancia_scan_span_get_first (span);
    guint            last_number = plancia_scan_span_get_last (span);
    g_autofree char *first = g_strdup_printf ("0x%04X", first_number);
    g_autofree char *last = g_strdup_printf ("0x%04X", last_number);
    g_autofree char *count = g_strdup_printf ("%u", last_number - first_number + 1);
    g_autofree char *verdict = verdict_text (span);

    plancia_table_add (table, first, last, count, verdict);
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static void
append_span (GString *out, PlanciaScanSpan *span)
{
  guint exception = plancia_scan_span_get_exception (span);

  plancia_json_out_open (out, '{');
  plancia_json_out_key (out, "first");
  plancia_json_out_integer (out, plancia_scan_span_get_first (span));
  plancia_json_out_key (out, "last");
  plancia_json_out_integer (out, plancia_scan_span_get_last (span));
  plancia_json_out_member (out,
                           "answer",
                           plancia_scan_verdict_name (plancia_scan_span_get_verdict (span)));
  if (exception > 0) {
    plancia_json_out_key (out, "exception");
    plancia_json_out_integer (out, exception);
  }
  plancia_json_out_close (out, '}');
}

static void
print_json (PlanciaTarget *target, PlanciaAddressScan *scan)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint done, all, requests;

  plancia_address_scan_get_progress (scan, &done, &all, &requests);
  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", plancia_target_get_text (target));
  plancia_json_out_key (out, "registers");
  plancia_json_out_integer (out, all);
  plancia_json_out_key (out, "done");
  plancia_json_out_integer (out, done);
  plancia_json_out_key (out, "requests");
  plancia_json_out_integer (out, requests);
  plancia_json_out_key (out, "spans");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scan)); i++) {
    g_autoptr (PlanciaScanSpan) span = g_list_model_get_item (G_LIST_MODEL (scan), i);

    append_span (out, span);
  }
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static gboolean
print (PlanciaTarget *target, PlanciaAddressScan *scan)
{
  g_autofree char *csv = option_csv != NULL ? plancia_address_scan_to_csv (scan) : NULL;
  g_autoptr (GError) error = NULL;

  if (option_json)
    print_json (target, scan);
  else
    print_table (scan);
  if (csv == NULL || g_file_set_contents (option_csv, csv, -1, &error))
    return TRUE;
  plancia_cli_complain ("%s", error->message);
  return FALSE;
}

/* --- scanning --------------------------------------------------------------------------------- */

/* On a terminal only: a line that is written over. */
static gboolean
progress_cb (gpointer user_data)
{
  PlanciaAddressScan *scan = user_data;
  gint64              left = plancia_address_scan_get_time_left (scan);
  guint               done, all, requests;

  plancia_address_scan_get_progress (scan, &done, &all, &requests);
  if (left < 0)
    g_printerr ("\r%u/%u  ", done, all);
  else
    g_printerr ("\r%u/%u  %" G_GINT64_FORMAT " s  ", done, all, (left + 999) / 1000);
  return G_SOURCE_CONTINUE;
}

static int
run (PlanciaTarget *target, guint16 first, guint16 last)
{
  g_autoptr (PlanciaAddressScan)
    scan = plancia_address_scan_new (plancia_target_get_backend (target),
                                     plancia_target_get_unit (target),
                                     plancia_target_get_map (target));
  guint    progress = isatty (STDERR_FILENO) ? g_timeout_add (PROGRESS_MS, progress_cb, scan) : 0;
  gboolean good;
  const GError *error;

  plancia_address_scan_set_finest (scan, (guint) option_finest);
  plancia_address_scan_start (scan, (guint8) option_function, first, last);
  while (plancia_address_scan_is_running (scan)) {
    g_main_context_iteration (NULL, TRUE);
    if (plancia_target_is_interrupted (target))
      plancia_address_scan_stop (scan);
  }
  if (progress > 0) {
    g_source_remove (progress);
    g_printerr ("\r\033[K");
  }
  error = plancia_address_scan_get_error (scan);
  good = print (target, scan);
  if (error != NULL)
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
  return good && error == NULL && !plancia_target_is_interrupted (target) ? PLANCIA_CLI_DONE
                                                                          : PLANCIA_CLI_FAILED;
}

static int
scan_target (PlanciaTarget *target, guint16 first, guint16 last)
{
  g_autoptr (GError) error = NULL;

  if (plancia_target_open (target, FALSE, &error))
    return run (target, first, last);
  plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
  return PLANCIA_CLI_FAILED;
}

/**
 * plancia_cli_scan:
 * @arguments: "scan" and what follows
 *
 * Runs the main context until done or interrupted; then what was found so far is printed.
 *
 * Returns: the exit code
 */
int
plancia_cli_scan (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTarget) target = NULL;
  PlanciaTargetOptions options = {0};
  guint16              first, last;
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS FIRST-LAST"),
           _ ("Finds out which registers a device has. Nothing is written."), NULL, entries, &code))
    return code;
  if (g_strv_length (rest) != 3)
    return plancia_cli_wrong_use (
      _ ("Say which device and which registers, as in \"scan eth-stick://HOST/1 0x0400-0x04FF\"."));
  if (option_function == 0)
    option_function = 3;
  if (option_function < 1 || option_function > 4)
    return plancia_cli_wrong_use (_ ("--function is 1, 2, 3 or 4."));
  if (option_finest < 1)
    return plancia_cli_wrong_use (_ ("--finest needs a number from 1 on."));
  if (!parse_range (rest[2], &first, &last))
    return PLANCIA_CLI_USAGE;
  options = (PlanciaTargetOptions){rest[1],
                                   option_map,
                                   option_plant,
                                   NULL,
                                   option_transcript,
                                   option_pcapng,
                                   TRUE};
  target = plancia_target_new (&options);
  if (target == NULL)
    return PLANCIA_CLI_USAGE;
  code = scan_target (target, first, last);
  return plancia_target_save_traffic (target) ? code : MAX (code, PLANCIA_CLI_FAILED);
}
