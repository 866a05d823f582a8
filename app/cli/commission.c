/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli commission ADDRESS --auto --report FILE: the checks that need nobody at the plant. */

#include "cli/cli.h"

#include "base/clock.h"
#include "cli/plant-search.h"
#include "cli/wait.h"
#include "commission/gather.h"
#include "commission/report.h"
#include "commission/visits.h"
#include "commission/words.h"
#include "map/map-catalog.h"
#include "model/snapshots.h"
#include "plant/plant-file.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

/* ms */
#define CONNECT_LIMIT 60000

static gboolean option_auto;
static char    *option_report;
static char    *option_language;
static char    *option_map;
static char    *option_plant;
static char    *option_grid_code;
static char    *option_name;
static char    *option_customer;
static char    *option_place;
static char    *option_delivery;
static char    *option_installer;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"auto", 0, 0, G_OPTION_ARG_NONE, &option_auto, N_ ("Run the steps that need no person"), NULL},
  {"report", 0, 0, G_OPTION_ARG_FILENAME, &option_report, N_ ("PDF to write; its data and a table come beside it, as .json and .csv"), N_ ("FILE")},
  {"language", 0, 0, G_OPTION_ARG_STRING, &option_language, N_ ("Language of the report"), "en|it"},
  {"map", 0, 0, G_OPTION_ARG_STRING, &option_map, N_ ("Register map instead of the plant's or the detected one"), N_ ("ID|FILE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device, and the commissioning is kept with the plant"), N_ ("FILE")},
  {"grid-code", 0, 0, G_OPTION_ARG_STRING, &option_grid_code, N_ ("Grid code that is expected, such as cei-0-21"), "ID"},
  {"name", 0, 0, G_OPTION_ARG_STRING, &option_name, N_ ("What the device is called, for the report"), N_ ("TEXT")},
  {"customer", 0, 0, G_OPTION_ARG_STRING, &option_customer, N_ ("For the report"), N_ ("TEXT")},
  {"place", 0, 0, G_OPTION_ARG_STRING, &option_place, N_ ("For the report"), N_ ("TEXT")},
  {"delivery-point", 0, 0, G_OPTION_ARG_STRING, &option_delivery, N_ ("For the report"), N_ ("TEXT")},
  {"installer", 0, 0, G_OPTION_ARG_STRING, &option_installer, N_ ("For the report"), N_ ("TEXT")},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

typedef struct
{
  PlanciaPlant          *plant;
  PlanciaOpenPlant      *open;
  PlanciaDevice         *device;
  PlanciaVisits         *visits;
  PlanciaVisit          *visit;
  PlanciaReportLanguage *language;
  GCancellable          *cancellable;
  guint                  signals[2];
} Run;

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (((Run *) user_data)->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
run_clear (Run *self)
{
  g_autoptr (GAsyncResult) closed = NULL;

  if (self->open != NULL) {
    plancia_open_plant_close_async (self->open, plancia_cli_keep_result, &closed);
    plancia_cli_wait (&closed);
  }
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_object (&self->visit);
  g_clear_object (&self->open);
  g_clear_object (&self->plant);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->language, plancia_report_language_unref);
}

/* --- the plant ------------------------------------------------------------------------------- */

static const char *
kind_of_map (void)
{
  g_autoptr (PlanciaMap) map = option_map != NULL ? plancia_map_catalog_get (option_map, NULL)
                                                  : NULL;

  return map != NULL && g_str_equal (plancia_map_get_device_kind (map), "meter") ? "meter"
                                                                                 : "inverter";
}

static PlanciaEntry *
copy_entry (PlanciaEntry *from)
{
  PlanciaEntry *entry = plancia_entry_new (plancia_entry_get_id (from),
                                           plancia_entry_get_kind (from),
                                           plancia_entry_get_name (from),
                                           plancia_entry_get_address (from));

  plancia_entry_set_map (entry, plancia_entry_get_map (from));
  return entry;
}

/* Only this device: nobody else's connection is touched. */
static PlanciaEntry *
make_entry (Run *self, const char *name, GError **error)
{
  g_autoptr (PlanciaAddress)
    address = plancia_address_parse (name, option_plant == NULL ? error : NULL);
  g_autoptr (PlanciaPlant) plant = NULL;
  g_autoptr (GPtrArray) found = NULL;
  /* How it is connected is no name. */
  g_autofree char *short_name = g_strndup (name, strcspn (name, "?"));

  if (option_plant == NULL) {
    self->plant = plancia_plant_new (option_place != NULL ? option_place : short_name);
    return address != NULL ? plancia_entry_new (NULL,
                                                kind_of_map (),
                                                option_name != NULL ? option_name : short_name,
                                                address)
                           : NULL;
  }
  plant = plancia_plant_file_load (option_plant, error);
  if (plant == NULL)
    return NULL;
  found = plancia_plant_search (plant, name, address);
  if (found->len != 1) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_FOUND,
                 _ ("%s: %u devices are called \"%s\""), option_plant, found->len, name);
    return NULL;
  }
  self->plant = plancia_plant_new (plancia_plant_get_name (plant));
  plancia_plant_set_place (self->plant,
                           plancia_plant_get_zone_name (plant),
                           plancia_plant_get_latitude (plant),
                           plancia_plant_get_longitude (plant));
  return copy_entry (g_ptr_array_index (found, 0));
}

static gboolean
open_device (Run *self, const char *name, GError **error)
{
  g_autoptr (PlanciaEntry) entry = make_entry (self, name, error);

  if (entry == NULL)
    return FALSE;
  if (option_map != NULL)
    plancia_entry_set_map (entry, option_map);
  plancia_plant_add (self->plant, NULL, entry);
  self->open = plancia_open_plant_new (self->plant, ":memory:");
  self->device = plancia_device_tree_find (plancia_open_plant_get_tree (self->open),
                                           plancia_entry_get_id (entry));
  self->visits = plancia_visits_for (self->open);
  if (option_plant != NULL) {
    plancia_snapshots_set_plant_path (plancia_snapshots_for (self->open), option_plant);
    plancia_visits_set_plant_path (self->visits, option_plant);
  }
  plancia_open_plant_start (self->open);
  return TRUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
wait_for_device (Run *self)
{
  gboolean late = FALSE;
  guint    timer = g_timeout_add (CONNECT_LIMIT, stop_cb, &late);
  gboolean ready = FALSE;

  while (!late && !ready && !g_cancellable_is_cancelled (self->cancellable)) {
    g_main_context_iteration (NULL, TRUE);
    ready = plancia_device_get_mark (self->device) == PLANCIA_MARK_LIVE &&
            plancia_gather_is_possible (self->device);
  }
  g_source_remove (timer);
  if (!ready) {
    const GError *error = plancia_device_get_error (self->device);

    plancia_cli_complain ("%s: %s",
                          plancia_device_get_name (self->device),
                          error != NULL ? error->message : _ ("no answer"));
  }
  return ready;
}

/* --- the steps ------------------------------------------------------------------------------- */

static gboolean
begin_visit (Run *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *route = NULL;
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    {PLANCIA_VISIT_GRID_CODE, option_grid_code},
    {PLANCIA_VISIT_CUSTOMER,  option_customer },
    {PLANCIA_VISIT_PLACE,     option_place    },
    {PLANCIA_VISIT_DELIVERY,  option_delivery },
    {PLANCIA_VISIT_INSTALLER, option_installer},
  };

  plancia_visits_get_async (self->visits, self->device, plancia_cli_keep_result, &result);
  self->visit = plancia_visits_get_finish (self->visits, plancia_cli_wait (&result), &error);
  if (self->visit == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].text != NULL)
      plancia_visit_set_text (self->visit, texts[i].name, texts[i].text);
  /* It hangs on nothing else here: what leads to it is its address. */
  route =
    plancia_address_to_string (plancia_entry_get_address (plancia_device_get_entry (self->device)));
  plancia_visit_set_text (self->visit, PLANCIA_VISIT_ROUTE, route);
  return TRUE;
}

static void
print_step (Run *self, guint step)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (self->visit, step);
  const char             *title = plancia_words_data (self->language,
                                          plancia_visit_get_rule (self->visit, step)->title);
  g_autofree char        *summary = plancia_words_summary (self->language, self->visit, step);
  g_autofree char        *line = g_strdup_printf ("%2u  %s: %s%s%s\n",
                                           step + 1,
                                           title,
                                           plancia_words_check (self->language, at->result),
                                           summary[0] != '\0' ? " \xe2\x80\x94 " : "",
                                           summary);

  plancia_cli_print (line);
}

/* What a person did before, in the window, stays. */
static gboolean
do_step (Run *self, guint step)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (plancia_visit_get_rule (self->visit, step)->person) {
    if (plancia_visit_get_step (self->visit, step)->result == PLANCIA_CHECK_OPEN) {
      plancia_visit_decide (self->visit,
                            step,
                            PLANCIA_CHECK_SKIPPED,
                            "plancia-cli",
                            plancia_clock_now ());
      /* It stands in the report. */
      plancia_visit_set_note (
        self->visit,
        step,
        plancia_report_say (self->language, N_ ("Run without a person at the plant.")));
    }
    return TRUE;
  }
  plancia_gather_async (self->open,
                        self->device,
                        self->visit,
                        step,
                        self->cancellable,
                        plancia_cli_keep_result,
                        &result);
  if (plancia_gather_finish (plancia_cli_wait (&result), &error))
    return TRUE;
  plancia_cli_complain ("%s", error->message);
  return FALSE;
}

static int
do_steps (Run *self)
{
  int code = PLANCIA_CLI_DONE;

  for (guint i = 0; i < plancia_visit_get_n_steps (self->visit); i++) {
    if (!do_step (self, i))
      code = PLANCIA_CLI_FAILED;
    if (g_cancellable_is_cancelled (self->cancellable))
      return PLANCIA_CLI_FAILED;
    print_step (self, i);
  }
  return plancia_visit_count (self->visit, PLANCIA_CHECK_FAILED) > 0 ? PLANCIA_CLI_FAILED : code;
}

static gboolean
write_report (Run *self)
{
  g_autofree char *path = plancia_journal_default_path ();
  g_autoptr (PlanciaJournal) journal = plancia_journal_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  plancia_commission_report_collect_async (self->open,
                                           self->device,
                                           self->visit,
                                           journal,
                                           self->cancellable,
                                           plancia_cli_keep_result,
                                           &result);
  root = plancia_commission_report_collect_finish (plancia_cli_wait (&result), &error);
  if (root != NULL && plancia_commission_report_write (root,
                                                       self->language,
                                                       option_report,
                                                       self->cancellable,
                                                       &error))
    return TRUE;
  plancia_cli_complain ("%s", error->message);
  return FALSE;
}

static int
run (Run *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) flushed = NULL;
  int code;

  if (!open_device (self, name, &error)) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_USAGE;
  }
  if (!wait_for_device (self) || !begin_visit (self))
    return PLANCIA_CLI_FAILED;
  code = do_steps (self);
  plancia_visits_flush_async (self->visits, plancia_cli_keep_result, &flushed);
  plancia_cli_wait (&flushed);
  if (option_report != NULL && !write_report (self))
    code = PLANCIA_CLI_FAILED;
  return code;
}

/**
 * plancia_cli_commission:
 * @arguments: "commission" and what follows
 *
 * Nothing is written to the device.
 *
 * Returns: the exit code: 1 also if a check failed
 */
int
plancia_cli_commission (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;
  Run self = {0};
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("ADDRESS"),
        _ ("Runs the checks of a commissioning that need nobody at the plant, and makes the report."),
          _ ("Nothing is written to the device. Exit code 1 if a check failed."), entries, &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL || !option_auto)
    return plancia_cli_wrong_use (
      _ ("Say which device, as in \"commission eth-stick://HOST/1 --auto --report FILE.pdf\"."));
  if (option_grid_code != NULL &&
      plancia_rules_find_grid_code (plancia_rules_get (), option_grid_code) == NULL)
    return plancia_cli_wrong_use (_ ("There is no grid code \"%s\"."), option_grid_code);
  self.language = plancia_report_language_new (option_language, &error);
  if (self.language == NULL)
    return plancia_cli_wrong_use ("%s", error->message);
  self.cancellable = g_cancellable_new ();
  self.signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, &self);
  self.signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, &self);
  code = run (&self, rest[1]);
  run_clear (&self);
  return code;
}
