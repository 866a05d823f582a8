/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guided test at work against a simulated device whose map has a setting for the sensors: found, corrected by a write that is
 * read back, and measured again. */

#include "base/clock.h"
#include "commission/direction-test.h"
#include "commission/gather.h"
#include "commission/report.h"
#include "commission/visits.h"
#include "map/map-catalog.h"
#include "model/open-plant-journal.h"
#include "model/register-model.h"
#include "simulator/simulator.h"
#include <glib/gstdio.h>

#define WATCHDOG 60
#define DEVICE   "Hybrid"

static const char map_text[] =
  "{\"format\": \"register-map\", \"version\": 1, \"id\": \"my-hybrid\", \"name\": \"Mine\","
  " \"extends\": \"zcs-3ph-hyd-g3\","
  " \"registers\": ["
  "  {\"key\": \"ct_reversed_l1\", \"name\": \"Sensor of L1 reversed\", \"group\": \"bus\", \"address\": \"0x3000\","
  "   \"count\": 1, \"type\": \"u16\", \"access\": \"rw\", \"min\": 0, \"max\": 1, \"poll\": \"manual\","
  "   \"write\": {\"wear\": \"eeprom\"}},"
  "  {\"key\": \"ct_reversed_l2\", \"name\": \"Sensor of L2 reversed\", \"group\": \"bus\", \"address\": \"0x3001\","
  "   \"count\": 1, \"type\": \"u16\", \"access\": \"rw\", \"min\": 0, \"max\": 1, \"poll\": \"manual\","
  "   \"write\": {\"wear\": \"eeprom\"}}]}";

static const char scenario_text[] =
  "{\"format\": \"plancia-scenario\", \"version\": 1, \"name\": \"Test\","
  " \"place\": {\"latitude\": 43.46, \"longitude\": 11.88, \"zone\": \"Europe/Rome\"},"
  " \"start\": \"2026-06-12T22:05:30+02:00\", \"speed\": 1, \"seed\": 25, \"commissioned\": \"2026-05-20\","
  " \"devices\": [{\"kind\": \"inverter\", \"name\": \"" DEVICE
  "\", \"route\": \"modbus-tcp\", \"unit\": 1,"
  "  \"map\": \"my-hybrid\", \"serial\": \"ZP1ES110K00001\", \"fault\": \"ct-reversed-l2\","
  "  \"ratings\": {\"peak\": 11200, \"tilt\": 22, \"azimuth\": 180, \"limit\": 10000, \"load\": \"home\"}}]}";

typedef struct
{
  PlanciaSimulator     *simulator;
  PlanciaOpenPlant     *open;
  PlanciaDevice        *device;
  PlanciaVisit         *visit;
  PlanciaDirectionTest *test;
} Story;

static gboolean
watchdog_cb (gpointer what)
{
  g_error ("Watchdog: still waiting for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

#define WAIT(condition, what)                                                        \
  G_STMT_START                                                                       \
  {                                                                                  \
    guint watchdog = g_timeout_add_seconds (WATCHDOG, watchdog_cb, (gpointer) what); \
    while (!(condition))                                                             \
      g_main_context_iteration (NULL, TRUE);                                         \
    g_source_remove (watchdog);                                                      \
  }                                                                                  \
  G_STMT_END

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

static void
write_map (void)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_data_dir (), "plancia", "register-maps", NULL);
  g_autofree char *path = g_build_filename (folder, "my-hybrid.json", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, map_text, -1, NULL));
}

static void
begin (Story *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (scenario_text, sizeof scenario_text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_from_bytes (bytes, "test", &error);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  g_autoptr (PlanciaAddress) address = NULL;
  g_autoptr (PlanciaEntry) entry = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  self->simulator = plancia_simulator_new (scenario);
  g_assert_true (plancia_simulator_start (self->simulator, &error));
  address = plancia_address_parse (
    ((PlanciaSimulatorDevice *) g_ptr_array_index (plancia_simulator_get_devices (self->simulator),
                                                   0))
      ->address,
    &error);
  g_assert_no_error (error);
  entry = plancia_entry_new ("dev", "inverter", DEVICE, address);
  plancia_entry_set_map (entry, "my-hybrid");
  plancia_plant_set_place (plant, "Europe/Rome", 43.46, 11.88);
  plancia_plant_add (plant, NULL, entry);
  self->open = plancia_open_plant_new (plant, ":memory:");
  self->device = plancia_device_tree_find (plancia_open_plant_get_tree (self->open), "dev");
  plancia_open_plant_start (self->open);
  WAIT (plancia_device_get_mark (self->device) == PLANCIA_MARK_LIVE &&
          plancia_gather_is_possible (self->device),
        "the device");
  plancia_visits_get_async (plancia_visits_for (self->open), self->device, keep_cb, &result);
  WAIT (result != NULL, "the visit");
  self->visit = plancia_visits_get_finish (plancia_visits_for (self->open), result, &error);
  g_assert_no_error (error);
  self->test = plancia_direction_test_new (self->open, self->device, self->visit);
  plancia_direction_test_set_haste (self->test, 40);
}

static void
end (Story *self)
{
  g_autoptr (GAsyncResult) closed = NULL;

  g_clear_object (&self->test);
  g_clear_object (&self->visit);
  plancia_open_plant_close_async (self->open, keep_cb, &closed);
  WAIT (closed != NULL, "the end");
  g_clear_object (&self->open);
  plancia_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);
}

static void
measure (Story *self, guint phase)
{
  double load[3] = {0, 0, 0};

  plancia_simulator_set_load (self->simulator, DEVICE, load);
  plancia_direction_test_begin (self->test, phase);
  WAIT (plancia_direction_test_get_stage (self->test) == PLANCIA_DIRECTION_WAITING, "rest");
  load[phase] = 2000;
  g_assert_true (plancia_simulator_set_load (self->simulator, DEVICE, load));
  WAIT (plancia_direction_test_get_stage (self->test) == PLANCIA_DIRECTION_DONE, "the verdict");
}

/* As the review does it. */
static void
correct (Story *self, const PlanciaDirectionSetting *setting)
{
  g_autoptr (PlanciaRegisterModel)
    model = plancia_register_model_new (plancia_device_get_map (self->device));
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER,
                        .number = (double) setting->reversed,
                        .integer = setting->reversed};
  g_autoptr (PlanciaWriteLog)
    log = plancia_open_plant_begin_log (self->open, self->device, "write", NULL);
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  g_assert_true (
    plancia_register_model_stage_always (model,
                                         plancia_register_model_find (model, setting->key),
                                         &value,
                                         &error));
  edits = plancia_register_model_get_edits (model);
  plancia_backend_write_async (backend, "dev", edits, log, NULL, NULL, NULL, keep_cb, &result);
  WAIT (result != NULL, "the write");
  outcomes = plancia_backend_write_finish (backend, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcomes->len, ==, 1);
  g_assert_cmpint (((PlanciaWriteOutcome *) g_ptr_array_index (outcomes, 0))->verdict,
                   ==,
                   PLANCIA_VERDICT_VERIFIED);
}

/* What was written on the way is in the report, with what became of it. */
static void
check_report (Story *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray  *changes;
  JsonObject *change;

  plancia_commission_report_collect_async (self->open,
                                           self->device,
                                           self->visit,
                                           NULL,
                                           NULL,
                                           keep_cb,
                                           &result);
  WAIT (result != NULL, "the report");
  root = plancia_commission_report_collect_finish (result, &error);
  g_assert_no_error (error);
  changes = json_object_get_array_member (
    json_object_get_object_member (json_node_get_object (root), "data"),
    "changes");
  g_assert_cmpuint (json_array_get_length (changes), ==, 1);
  change = json_array_get_object_element (changes, 0);
  g_assert_cmpstr (json_object_get_string_member (change, "key"), ==, "ct_reversed_l2");
  g_assert_cmpstr (json_object_get_string_member (change, "verdict"), ==, "verified");
  g_assert_cmpstr (json_object_get_string_member (change, "read_back"), ==, "0001");
}

static void
test_corrected (void)
{
  Story                          self = {0};
  const PlanciaDirectionSetting *setting;

  begin (&self);
  g_assert_cmpuint (plancia_direction_test_get_phases (self.test), ==, 3);
  for (guint phase = 0; phase < 3; phase++)
    measure (&self, phase);
  g_assert_cmpint (plancia_visit_get_direction (self.visit)->verdict,
                   ==,
                   PLANCIA_DIRECTION_REVERSED);
  g_assert_true (plancia_visit_get_direction (self.visit)->reversed[1]);
  /* Nothing was written by itself. */
  g_assert_null (plancia_direction_test_find_setting (self.test, 2));
  setting = plancia_direction_test_find_setting (self.test, 1);
  g_assert_nonnull (setting);
  g_assert_cmpstr (setting->key, ==, "ct_reversed_l2");
  measure (&self, 1);
  g_assert_cmpint (plancia_visit_get_direction (self.visit)->verdict,
                   ==,
                   PLANCIA_DIRECTION_REVERSED);

  correct (&self, setting);
  measure (&self, 1);
  g_assert_cmpint (plancia_visit_get_direction (self.visit)->verdict, ==, PLANCIA_DIRECTION_RIGHT);
  check_report (&self);
  end (&self);
}

/* A device that does not answer any more: it is said, and nothing is told from what there was. */
static void
test_silent (void)
{
  Story self = {0};

  begin (&self);
  plancia_direction_test_begin (self.test, 0);
  g_assert_true (plancia_simulator_set_fault (self.simulator, DEVICE, "exception", NULL));
  WAIT (plancia_direction_test_get_trouble (self.test) != NULL, "the trouble");
  g_assert_cmpint (plancia_direction_test_get_stage (self.test), ==, PLANCIA_DIRECTION_REST);
  plancia_direction_test_stop (self.test);
  g_assert_cmpint (plancia_direction_test_get_stage (self.test), ==, PLANCIA_DIRECTION_IDLE);
  g_assert_cmpint (plancia_visit_get_direction (self.visit)->verdict, ==, PLANCIA_DIRECTION_OPEN);
  end (&self);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("direction-XXXXXX", NULL);
  int              code;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  write_map ();
  g_test_add_func ("/direction-run/corrected", test_corrected);
  g_test_add_func ("/direction-run/silent", test_silent);
  code = g_test_run ();
  {
    g_autofree char *folder = g_build_filename (data, "plancia", "register-maps", NULL);
    g_autofree char *path = g_build_filename (folder, "my-hybrid.json", NULL);
    g_autofree char *outer = g_build_filename (data, "plancia", NULL);

    g_unlink (path);
    g_rmdir (folder);
    g_rmdir (outer);
    g_rmdir (data);
  }
  return code;
}
