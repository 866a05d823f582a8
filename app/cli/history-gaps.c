/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history gaps: what the store lacks of a span, and why. */

#include "cli/history-fetch.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/json-out.h"
#include "cli/span.h"
#include "cli/table.h"
#include "cli/wait.h"
#include <glib/gi18n.h>

static char    *option_plant;
static char    *option_from;
static char    *option_to;
static char    *option_source;
static gboolean option_json;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"from", 0, 0, G_OPTION_ARG_STRING, &option_from, N_ ("Begin: 2026-06-12 or \"2026-06-12 14:05\"; the first sample if left out"), N_ ("TIME")},
  {"to", 0, 0, G_OPTION_ARG_STRING, &option_to, N_ ("End; a day is included; now if left out"), N_ ("TIME")},
  {"source", 0, 0, G_OPTION_ARG_STRING, &option_source, N_ ("Only from this source: portal, system, local, import"), N_ ("SOURCE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json, N_ ("Print JSON"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

/* What a device's address says, or what was asked for. */
static const char *
find_source (const PlanciaCliDevice *device)
{
  if (option_source != NULL)
    return option_source;
  if (device->address == NULL)
    return "local";
  switch (plancia_address_get_kind (device->address)) {
  case PLANCIA_ADDRESS_PORTAL:
    return "portal";
  case PLANCIA_ADDRESS_SYSTEM:
    return "system";
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  case PLANCIA_ADDRESS_CONNEXT:
  default:
    return "local";
  }
}

static void
print_json (PlanciaCliArchive *archive, const PlanciaCliDevice *device, const PlanciaCover *cover)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *from = plancia_text_iso_time (cover->span.start, archive->zone);
  g_autofree char *to = plancia_text_iso_time (cover->span.end, archive->zone);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "device", device->id);
  plancia_json_out_member (out, "name", device->name);
  plancia_json_out_member (out, "source", find_source (device));
  plancia_json_out_member (out, "from", from);
  plancia_json_out_member (out, "to", to);
  plancia_json_out_member (out,
                           "state",
                           cover->kind == PLANCIA_COVER_FAILED ? "failed" : "missing");
  plancia_json_out_member (out, "reason", cover->reason);
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static void
add_row (PlanciaTable           *table,
         PlanciaCliArchive      *archive,
         const PlanciaCliDevice *device,
         const PlanciaCover     *cover)
{
  g_autofree char *from = plancia_text_iso_time (cover->span.start, archive->zone);
  g_autofree char *to = plancia_text_iso_time (cover->span.end, archive->zone);

  plancia_table_add (table,
                     device->name,
                     find_source (device),
                     from,
                     to,
                     cover->kind == PLANCIA_COVER_FAILED
                     ? _ ("failed")
                     : _ ("not fetched"), cover->reason != NULL ? cover->reason : "");
}

static gboolean
add_device (PlanciaTable           *table,
            PlanciaCliArchive      *archive,
            const PlanciaCliDevice *device,
            PlanciaSpan             span)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) covers = NULL;
  g_autoptr (GError) error = NULL;

  plancia_store_coverage_async (archive->store,
                                device->id,
                                find_source (device),
                                span,
                                archive->cancellable,
                                plancia_cli_keep_result,
                                &result);
  covers = plancia_store_coverage_finish (archive->store, plancia_cli_wait (&result), &error);
  if (covers == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  for (guint i = 0; i < covers->len; i++) {
    const PlanciaCover *cover = g_ptr_array_index (covers, i);

    if (cover->kind == PLANCIA_COVER_HAVE || cover->kind == PLANCIA_COVER_EMPTY)
      continue;
    if (option_json)
      print_json (archive, device, cover);
    else
      add_row (table, archive, device, cover);
  }
  return TRUE;
}

/* Since the first sample, or nothing. */
static gboolean
find_span (PlanciaCliArchive *archive, PlanciaSpan *span)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = plancia_cli_archive_list (archive, &error);

  *span = (PlanciaSpan){G_MAXINT64, plancia_clock_now ()};
  for (guint i = 0; list != NULL && i < list->len; i++)
    span->start = MIN (span->start,
                       ((const PlanciaSeriesName *) g_ptr_array_index (list, i))->days.start);
  if (list == NULL)
    plancia_cli_complain ("%s", error->message);
  else if (span->start == G_MAXINT64 && option_from == NULL)
    plancia_cli_complain (_ ("The history on this computer has nothing of it."));
  return list != NULL && (span->start != G_MAXINT64 || option_from != NULL);
}

static int
list_gaps (PlanciaCliArchive *archive)
{
  const char *titles[] = {_ ("Device"),
                             _ ("Source"), _ ("From"), _ ("To"), _ ("State"), _ ("Reason"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autofree char *text = NULL;
  PlanciaSpan      span;

  if (!find_span (archive, &span))
    return PLANCIA_CLI_FAILED;
  if (!plancia_cli_span_parse (option_from, option_to, span, archive->zone, &span))
    return PLANCIA_CLI_USAGE;
  /* What is still to come is no gap. */
  span.end = MIN (span.end, plancia_clock_now ());
  for (guint i = 0; i < archive->devices->len; i++)
    if (!add_device (table, archive, g_ptr_array_index (archive->devices, i), span))
      return PLANCIA_CLI_FAILED;
  if (option_json)
    return PLANCIA_CLI_DONE;
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
  return PLANCIA_CLI_DONE;
}

int
plancia_cli_history_gaps (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS|PLANT…"),
           _ ("Lists what the history on this computer lacks."), NULL, entries, &code))
    return code;
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (_ ("Say of what: an address or a plant file."));
  archive = plancia_cli_archive_open (rest + 1, option_plant);
  return archive != NULL ? list_gaps (archive) : PLANCIA_CLI_USAGE;
}
