/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "map/map-catalog.h"
#include "map/write-plan.h"
#include <stdarg.h>

#include "tests/base/own-dirs.h"

typedef struct
{
  PlanciaMap *map;
  GPtrArray  *edits;
  GPtrArray  *plan;
  GError     *error;
} Fixture;

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* Key and text pairs up to NULL; leaves plan or error. */
static void G_GNUC_NULL_TERMINATED
make_plan (Fixture *self, const char *map_id, ...)
{
  const char *key;
  va_list     arguments;

  self->map = plancia_map_catalog_get (map_id, &self->error);
  g_assert_no_error (self->error);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  va_start (arguments, map_id);
  while ((key = va_arg (arguments, const char *)) != NULL) {
    const PlanciaField *field = plancia_map_find_field (self->map, key);
    const char         *text = va_arg (arguments, const char *);
    g_auto (PlanciaValue) value = {0};

    g_assert_nonnull (field);
    plancia_field_parse (field, text, &value, &self->error);
    g_assert_no_error (self->error);
    g_ptr_array_add (self->edits, plancia_edit_new (field, &value));
  }
  va_end (arguments);

  self->plan = plancia_write_plan_new (self->map, self->edits, &self->error);
  g_assert_true ((self->plan == NULL) == (self->error != NULL));
}

static PlanciaWriteStep *
get_step (Fixture *self, guint index)
{
  g_assert_no_error (self->error);
  g_assert_cmpuint (index, <, self->plan->len);
  return g_ptr_array_index (self->plan, index);
}

static void
test_single (void)
{
  g_auto (Fixture) fixture = {0};
  PlanciaWriteStep *step;

  make_plan (&fixture, "zcs-3ph-hyd-g3", "storage_mode", "3", NULL);
  g_assert_cmpuint (fixture.plan->len, ==, 1);
  step = get_step (&fixture, 0);
  g_assert_cmpuint (step->function, ==, 16);
  g_assert_cmphex (step->address, ==, 0x1110);
  g_assert_cmpuint (step->count, ==, 1);
  g_assert_cmpuint (step->words[0], ==, 3);
  g_assert_false (step->fill[0]);
  g_assert_null (step->block);
  g_assert_cmpint (step->danger, ==, PLANCIA_DANGER_CAUTION);
  g_assert_true (plancia_write_step_check (step, &fixture.error));
}

static void
test_function_six (void)
{
  g_auto (Fixture) fixture = {0};

  make_plan (&fixture, "sim-power-magic", "operating_mode", "2", "power_setpoint", "-1500", NULL);
  /* Neighbours stay apart: a device may take them one by one only. */
  g_assert_cmpuint (fixture.plan->len, ==, 2);
  g_assert_cmpuint (get_step (&fixture, 0)->function, ==, 6);
  g_assert_cmpuint (get_step (&fixture, 1)->function, ==, 6);
  g_assert_cmphex (get_step (&fixture, 1)->words[0], ==, 0xFF6A);
}

static void
test_block (void)
{
  g_auto (Fixture) fixture = {0};
  const guint16     present[] = {0, 100, 0xFFFF, 0xF000, 0, 2000};
  const guint16     expected[] = {0, 100, 0xFFFF, 0xFC18, 0, 500};
  const guint16     passive = 3;
  const guint16     self_use = 0;
  PlanciaWriteStep *step;

  make_plan (&fixture,
             "zcs-3ph-hyd-g3",
             "passive_battery_min",
             "-1000",
             "passive_battery_max",
             "500",
             NULL);
  g_assert_cmpuint (fixture.plan->len, ==, 1);
  step = get_step (&fixture, 0);
  g_assert_cmpuint (step->function, ==, 16);
  g_assert_cmphex (step->address, ==, 0x1187);
  g_assert_cmpuint (step->count, ==, 6);
  g_assert_cmpuint (step->edits->len, ==, 2);
  g_assert_cmpstr (step->block->key, ==, "passive_setpoints");
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (step->fill[i], ==, i < 2);

  g_assert_true (plancia_write_step_fill (step, present, &fixture.error));
  g_assert_cmpmem (step->words, sizeof expected, expected, sizeof expected);
  g_assert_true (plancia_write_step_check (step, &fixture.error));
  g_assert_true (plancia_write_step_check_required (step, &passive, &fixture.error));
  g_assert_false (plancia_write_step_check_required (step, &self_use, &fixture.error));
  g_assert_error (fixture.error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
}

/* The rule looks at the words to be sent, also at those that come from the device. */
static void
test_check_uses_words (void)
{
  g_auto (Fixture) fixture = {0};
  const guint16     present[] = {0, 0, 0, 0, 0, 400};
  PlanciaWriteStep *step;

  make_plan (&fixture, "zcs-3ph-hyd-g3", "passive_battery_min", "1000", NULL);
  step = get_step (&fixture, 0);
  g_assert_true (plancia_write_step_fill (step, present, &fixture.error));
  g_assert_false (plancia_write_step_check (step, &fixture.error));
  g_assert_error (fixture.error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
}

static void
test_constants (void)
{
  g_auto (Fixture) fixture = {0};
  guint16           present[16];
  PlanciaWriteStep *step;

  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    present[i] = 100 + i;

  /* Fifteen settings and a 1 at the end. */
  make_plan (&fixture, "zcs-3ph-hyd-g3", "bat_set_dod", "80", NULL);
  step = get_step (&fixture, 0);
  g_assert_cmpuint (step->count, ==, 16);
  g_assert_cmpint (step->danger, ==, PLANCIA_DANGER_BATTERY);
  g_assert_true (plancia_write_step_fill (step, present, &fixture.error));
  g_assert_cmpuint (step->words[15], ==, 1);
  g_assert_cmpuint (step->words[9], ==, 80);
  g_assert_cmpuint (step->words[8], ==, 108);
  g_assert_cmpuint (step->words[14], ==, 114);
}

static void
test_reserved (void)
{
  g_auto (Fixture) fixture = {0};
  guint16           present[15];
  PlanciaWriteStep *step;

  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    present[i] = i;
  make_plan (&fixture, "zcs-3ph-hyd-g3", "timed_charge_power", "1000", NULL);
  step = get_step (&fixture, 0);
  g_assert_cmphex (step->address, ==, 0x1111);
  g_assert_cmpuint (step->count, ==, 15);
  g_assert_true (plancia_write_step_fill (step, present, &fixture.error));
  for (guint i = 10; i < 14; i++)
    g_assert_cmpuint (step->words[i], ==, i);
  g_assert_cmpuint (step->words[14], ==, 1);
}

/* The mode that the block requires is written first, though it was edited last. */
static void
test_required_first (void)
{
  g_auto (Fixture) fixture = {0};

  make_plan (&fixture, "zcs-3ph-hyd-g3", "passive_grid_power", "0", "storage_mode", "3", NULL);
  g_assert_cmpuint (fixture.plan->len, ==, 2);
  g_assert_cmphex (get_step (&fixture, 0)->address, ==, 0x1110);
  g_assert_cmphex (get_step (&fixture, 1)->address, ==, 0x1187);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *key;
    const char *text;
    int         code;
  } cases[] = {
    {"grid_frequency",      "50",     PLANCIA_DEVICE_ERROR_READ_ONLY   },
    {"storage_mode",        "99",     PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
    {"passive_battery_min", "-20001", PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
    {"bat_set_apply",       "2",      PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
    {"bat_set_apply",       "1",      PLANCIA_DEVICE_ERROR_READ_ONLY   },
    {"eps_wait_time",       "5",      PLANCIA_DEVICE_ERROR_OUT_OF_RANGE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Fixture) fixture = {0};

    make_plan (&fixture, "zcs-3ph-hyd-g3", cases[i].key, cases[i].text, NULL);
    g_test_message ("%s", fixture.error ? fixture.error->message : "accepted");
    g_assert_error (fixture.error, PLANCIA_DEVICE_ERROR, cases[i].code);
  }
}

static void
test_twice (void)
{
  g_auto (Fixture) fixture = {0};

  make_plan (&fixture, "zcs-3ph-hyd-g3", "storage_mode", "3", "storage_mode", "0", NULL);
  g_assert_error (fixture.error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
}

static void
test_constant_allowed (void)
{
  g_auto (Fixture) fixture = {0};

  make_plan (&fixture, "zcs-3ph-hyd-g3", "eps_wait_time", "0", NULL);
  g_assert_cmphex (get_step (&fixture, 0)->address, ==, 0x1029);
  g_assert_true (get_step (&fixture, 0)->fill[0]);
}

static void
test_grid_code (void)
{
  PlanciaField field = {.key = "grid",
                        .type = PLANCIA_FIELD_U16,
                        .count = 1,
                        .scale = 1,
                        .unit = "",
                        .display = "",
                        .write_function = 16,
                        .access = PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE,
                        .danger = PLANCIA_DANGER_GRID_CODE};
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = 1};
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (edits, plancia_edit_new (&field, &value));
  g_assert_null (plancia_write_plan_new (map, edits, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_READ_ONLY);
  g_assert_false (plancia_field_is_writable (&field));
}

/* The bits that a masked edit does not own are those of the device. */
static void
test_masked (void)
{
  PlanciaField field = {.key = "nibble",
                        .type = PLANCIA_FIELD_U16,
                        .count = 1,
                        .scale = 1,
                        .unit = "",
                        .display = "",
                        .mask = 0x00F0,
                        .shift = 4,
                        .write_function = 16,
                        .access = PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE};
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = 5};
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  const guint16     present = 0xABCD;
  PlanciaWriteStep *step;

  g_ptr_array_add (edits, plancia_edit_new (&field, &value));
  plan = plancia_write_plan_new (map, edits, &error);
  g_assert_no_error (error);
  step = g_ptr_array_index (plan, 0);
  g_assert_true (step->fill[0]);
  g_assert_true (plancia_write_step_fill (step, &present, &error));
  g_assert_cmphex (step->words[0], ==, 0xAB5D);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/write-plan/single", test_single);
  g_test_add_func ("/write-plan/function-six", test_function_six);
  g_test_add_func ("/write-plan/block", test_block);
  g_test_add_func ("/write-plan/check-uses-words", test_check_uses_words);
  g_test_add_func ("/write-plan/constants", test_constants);
  g_test_add_func ("/write-plan/reserved", test_reserved);
  g_test_add_func ("/write-plan/required-first", test_required_first);
  g_test_add_func ("/write-plan/refusals", test_refusals);
  g_test_add_func ("/write-plan/twice", test_twice);
  g_test_add_func ("/write-plan/constant-allowed", test_constant_allowed);
  g_test_add_func ("/write-plan/grid-code", test_grid_code);
  g_test_add_func ("/write-plan/masked", test_masked);

  return g_test_run ();
}
