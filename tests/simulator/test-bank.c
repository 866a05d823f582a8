/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "map/field-value.h"
#include "map/map-catalog.h"
#include "map/read-plan.h"
#include "simulator/bank.h"
#include <math.h>

/* 2026-06-12 14:05:30 in Rome. */
#define NOON_ISH     (G_GINT64_CONSTANT (1781265930) * 1000)
#define MIDNIGHT_ISH (NOON_ISH + 10 * PLANCIA_HOUR)

typedef struct
{
  PlanciaMap  *map;
  PlanciaSite *site;
  PlanciaBank *bank;
} Fixture;

static void
open_bank (Fixture *fixture, const char *map, const char *serial, double peak, double capacity)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GArray) alarms = g_array_new (FALSE, FALSE, sizeof (PlanciaScenarioAlarm));
  PlanciaScenarioAlarm alarm = {170, NOON_ISH - PLANCIA_HOUR, NOON_ISH + PLANCIA_HOUR};
  g_autoptr (GError) error = NULL;
  PlanciaSiteConfig config = {
    .zone = zone,
    .place = {43.46, 11.88, 7},
    .seed = 1,
    .commissioned = NOON_ISH - 200 * PLANCIA_DAY,
    .peak = peak,
    .tilt = 20,
    .azimuth = 180,
    .load = capacity > 0 ? "home" : "none",
    .load_scale = 1,
    .capacity = capacity,
    .battery_power = capacity / 3,
    .soc_minimum = 10,
    .soc_maximum = 100
  };
  PlanciaBankConfig bank = {serial, 1, alarms, config.commissioned, NOON_ISH};

  g_array_append_val (alarms, alarm);
  fixture->map = plancia_map_catalog_get (map, &error);
  g_assert_no_error (error);
  fixture->site = plancia_site_new (&config);
  fixture->bank = plancia_bank_new (fixture->map, fixture->site, &bank);
}

static void
close_bank (Fixture *fixture)
{
  plancia_bank_free (fixture->bank);
  plancia_site_unref (fixture->site);
  plancia_map_unref (fixture->map);
}

static void
read_value (Fixture *fixture, gint64 now, const char *key, PlanciaValue *value)
{
  const PlanciaField *field = plancia_map_find_field (fixture->map, key);
  guint16             words[64];

  g_assert_nonnull (field);
  g_assert_cmpuint (plancia_bank_read (fixture->bank,
                                       now,
                                       field->read_function,
                                       field->address,
                                       field->count,
                                       words),
                    ==,
                    0);
  plancia_field_decode (field, words, value);
}

static double
number (Fixture *fixture, gint64 now, const char *key)
{
  g_auto (PlanciaValue) value = {0};

  read_value (fixture, now, key, &value);
  g_assert_cmpint (value.kind, ==, PLANCIA_VALUE_NUMBER);
  return value.number;
}

static void
assert_text (Fixture *fixture, const char *key, const char *expected)
{
  g_auto (PlanciaValue) value = {0};

  read_value (fixture, NOON_ISH, key, &value);
  g_assert_cmpstr (value.text, ==, expected);
}

/* What a device tells of its phases adds up to what it tells of all. */
static void
assert_phases (Fixture *fixture, const char *total, double resolution, double least)
{
  double sum = 0;

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *key = g_strdup_printf ("%s_l%u", total, i);

    sum += number (fixture, NOON_ISH, key);
  }
  g_assert_cmpfloat_with_epsilon (sum, number (fixture, NOON_ISH, total), 2 * resolution);
  g_assert_cmpfloat (fabs (sum), >=, least);
}

static void
test_hybrid (void)
{
  Fixture          fixture;
  PlanciaSiteState state;
  double           sun;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  plancia_site_look (fixture.site, NOON_ISH, &state);
  assert_text (&fixture, "serial_number", "ZP1ES110K00001");
  assert_text (&fixture, "clock_now", "2026-06-12 14:05:30");
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "state"), ==, 2);
  sun = number (&fixture, NOON_ISH, "pv_power");
  g_assert_cmpfloat (sun, >, 1000);
  g_assert_cmpfloat_with_epsilon (sun, state.power[PLANCIA_FLOW_GENERATING], 51);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "pv1_power") +
                                    number (&fixture, NOON_ISH, "pv2_power"),
                                  sun,
                                  70);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "pv1_voltage") *
                                    number (&fixture, NOON_ISH, "pv1_current"),
                                  number (&fixture, NOON_ISH, "pv1_power"),
                                  15);
  g_assert_cmpfloat_with_epsilon (sun - number (&fixture, NOON_ISH, "battery1_power"),
                                  number (&fixture, NOON_ISH, "output_active_power"),
                                  70);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "output_active_power") -
                                    number (&fixture, NOON_ISH, "load_power"),
                                  number (&fixture, NOON_ISH, "grid_active_power"),
                                  30);
  assert_phases (&fixture, "output_active_power", 10, 1000);
  assert_phases (&fixture, "output_reactive_power", 10, 0);
  assert_phases (&fixture, "grid_active_power", 10, 1000);
  assert_phases (&fixture, "grid_reactive_power", 10, 90);
  g_assert_cmpfloat_with_epsilon (fabs (number (&fixture, NOON_ISH, "grid_power_factor_l2")),
                                  number (&fixture, NOON_ISH, "grid_active_power") /
                                    number (&fixture, NOON_ISH, "grid_apparent_power"),
                                  0.01);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "grid_voltage_l2"), 230, 12);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "grid_frequency"), 50, 0.05);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "pv_energy_today"),
                                  state.today[PLANCIA_FLOW_GENERATING],
                                  0.006);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "export_energy_total"),
                                  state.total[PLANCIA_FLOW_EXPORTING],
                                  0.06);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "pv_energy_month"),
                     <,
                     number (&fixture, NOON_ISH, "pv_energy_year"));
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "battery_soc"), state.soc, 0.51);
  close_bank (&fixture);
}

static void
test_string_sleeps_at_night (void)
{
  Fixture fixture;

  open_bank (&fixture, "zcs-3ph-ktl-v3-g3", "ZS2ES150P00004", 5000, 0);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "state"), ==, 2);
  g_assert_cmpfloat (number (&fixture, MIDNIGHT_ISH, "state"), ==, 0);
  g_assert_cmpfloat (number (&fixture, MIDNIGHT_ISH, "pv_power"), ==, 0);
  g_assert_cmpfloat (number (&fixture, MIDNIGHT_ISH, "pv_energy_today"), ==, 0);
  close_bank (&fixture);
}

/* Every register of every map that the simulator serves can be read along the read plan, all of it. */
static void
test_all_maps (void)
{
  static const char *const maps[] = {"zcs-3ph-hyd-g3",
                                     "zcs-1ph-hyd-hp-g3",
                                     "zcs-3ph-ktl-v3-g3",
                                     "zcs-3ph-350ktl-hv-g3",
                                     "zcs-1ph-tlm-v3-g3",
                                     "chint-dtsu666",
                                     "sim-power-magic",
                                     "sim-heat-pump",
                                     "sim-ev-charger",
                                     "zcs-1ph-hyd-zss-old"};

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++) {
    g_autoptr (GPtrArray) fields = NULL;
    g_autoptr (GPtrArray) plan = NULL;
    Fixture fixture;
    guint16 words[125];

    open_bank (&fixture, maps[i], "ZP1ES110K00001", 350000, 10000);
    fields = plancia_read_plan_select (fixture.map, ~0u, TRUE);
    plan = plancia_read_plan_new (fixture.map, fields, 0, G_MAXUINT);
    g_assert_cmpuint (plan->len, >, 0);
    for (guint j = 0; j < plan->len; j++) {
      PlanciaReadBlock *block = g_ptr_array_index (plan, j);
      guint8            exception = plancia_bank_read (fixture.bank,
                                            NOON_ISH,
                                            block->function,
                                            block->address,
                                            block->count,
                                            words);
      if (exception != 0)
        g_error ("%s: 0x%04X + %u: exception %u", maps[i], block->address, block->count, exception);
    }
    close_bank (&fixture);
  }
}

static void
test_reading_manners (void)
{
  static const struct
  {
    guint16 address, count;
    guint8  exception;
  } cases[] = {
    {0x0400, 60, 0                                   }, /* the most */
    {0x0400, 61, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  }, /* more */
    {0x0404, 0,  PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  }, /* nothing */
    {0x0430, 20, PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* across a block edge */
    {0x0400, 4,  0                                   }, /* first words of a block */
    {0x048C, 1,  0                                   }, /* reserved within */
    {0x05C5, 1,  PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* behind the last */
    {0x3000, 1,  PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* no such block */
    {0xFFFF, 5,  PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* beyond the end */
  };
  Fixture fixture;
  guint16 words[125] = {0};

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (
      plancia_bank_read (fixture.bank, NOON_ISH, 3, cases[i].address, cases[i].count, words),
      ==,
      cases[i].exception);
  g_assert_cmpuint (plancia_bank_read (fixture.bank, NOON_ISH, 4, 0x0404, 1, words), ==, 1);
  words[0] = 99;
  g_assert_cmpuint (plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x048C, 1, words), ==, 0);
  g_assert_cmpuint (words[0], ==, 0);
  close_bank (&fixture);
}

static void
test_writing_manners (void)
{
  static const struct
  {
    guint16 address, count;
    guint16 words[8];
    guint8  exception;
  } cases[] = {
    {0x1110, 1, {3},                      0                                   },
    {0x1110, 1, {99},                     PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  }, /* no such mode */
    {0x1023, 2, {2, 45},                  0                                   }, /* a whole block */
    {0x1024, 1, {45},                     PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* a part of it */
    {0x0484, 1, {5000},                   PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* read only */
    {0x3000, 1, {1},                      PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS}, /* unknown */
    {0x1184, 2, {600, 0},                 0                                   },
    {0x1105, 5, {1, 1200, 0, 0, 100},     PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  }, /* 120 % */
    {0x1105, 5, {1, 700, 0, 0, 100},      0                                   },
    {0x1029, 2, {1, 7},                   PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  }, /* constant is 0 */
    {0x1004, 7, {26, 6, 12, 15, 0, 0, 5}, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  },
    {0x1110, 0, {0},                      PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE  },
  };
  Fixture fixture;
  guint16 words[8];

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint8 exception =
      plancia_bank_write (fixture.bank, NOON_ISH, cases[i].address, cases[i].count, cases[i].words);
    if (exception != cases[i].exception)
      g_error ("case %u: exception %u, expected %u", i, exception, cases[i].exception);
    if (exception != 0)
      continue;
    plancia_bank_read (fixture.bank, NOON_ISH, 3, cases[i].address, cases[i].count, words);
    g_assert_cmpmem (words, cases[i].count * 2u, cases[i].words, cases[i].count * 2u);
  }
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "storage_mode"), ==, 3);
  close_bank (&fixture);
}

static void
test_clock (void)
{
  const guint16 time[7] = {26, 6, 12, 15, 5, 30, 1};
  Fixture       fixture;
  guint16       words[7];

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1004, 7, time), ==, 0);
  g_assert_cmpint (plancia_bank_get_clock_offset (fixture.bank), ==, PLANCIA_HOUR);
  assert_text (&fixture, "clock_now", "2026-06-12 15:05:30");
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1004, 7, words);
  g_assert_cmpmem (words, 12, time, 12);
  g_assert_cmpuint (words[6], ==, 0); /* done */
  close_bank (&fixture);
}

static void
test_alarm_bits (void)
{
  const PlanciaField *field;
  Fixture             fixture;
  guint16             words[18];

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  field = plancia_map_find_field (fixture.map, "faults_1");
  plancia_bank_read (fixture.bank, NOON_ISH, 3, field->address, field->count, words);
  g_autoptr (GArray) bits = plancia_field_list_bits (field, words);
  g_assert_cmpuint (bits->len, ==, 1);
  g_assert_cmpuint (g_array_index (bits, guint, 0), ==, 169);
  plancia_bank_read (fixture.bank, MIDNIGHT_ISH, 3, field->address, field->count, words);
  g_autoptr (GArray) later = plancia_field_list_bits (field, words);
  g_assert_cmpuint (later->len, ==, 0);
  close_bank (&fixture);
}

static void
test_battery_defaults (void)
{
  Fixture fixture;
  guint16 before[16], words[16];

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1044, 16, before);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1044, 16, words);
  words[9] = 70;
  words[15] = 1;
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x104C, 1, words + 8), ==, 2);
  /* Taken, it says, and ignored. */
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x104D, 1, words + 9), ==, 0);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "bat_set_dod"), ==, 90);
  g_assert_cmpuint (plancia_bank_get_n_writes (fixture.bank, 0x104D), ==, 0);
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1044, 16, words), ==, 0);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "bat_set_dod"), ==, 70);
  words[15] = 2;
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1044, 16, words), ==, 0);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1044, 16, words);
  g_assert_cmpmem (words, 30, before, 30);
  close_bank (&fixture);
}

/* 1 while a block is being applied, then 0. */
static void
test_applying (void)
{
  const guint16     block[] = {26, 6, 12, 15, 0, 0, 1};
  Fixture           fixture;
  PlanciaBankConfig config = {"ZP1ES110K00001", 1, NULL, NOON_ISH, NOON_ISH, .apply_time = 1500};
  g_autoptr (PlanciaBank) slow = NULL;
  guint16 result = 7;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  slow = plancia_bank_new (fixture.map, fixture.site, &config);
  /* The first read works out what the site has done so far. */
  plancia_bank_read (slow, NOON_ISH, 3, 0x100a, 1, &result);
  g_assert_cmpuint (plancia_bank_write (slow, NOON_ISH, 0x1004, 7, block), ==, 0);
  g_assert_cmpuint (plancia_bank_read (slow, NOON_ISH, 3, 0x100a, 1, &result), ==, 0);
  g_assert_cmpuint (result, ==, 1);
  for (guint i = 0; i < 100 && result == 1; i++) {
    g_usleep (50 * 1000);
    g_assert_cmpuint (plancia_bank_read (slow, NOON_ISH, 3, 0x100a, 1, &result), ==, 0);
  }
  g_assert_cmpuint (result, ==, 0);
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1004, 7, block), ==, 0);
  g_assert_cmpuint (plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x100a, 1, &result), ==, 0);
  g_assert_cmpuint (result, ==, 0);
  close_bank (&fixture);
}

/* A block that is refused: its apply register says so, and nothing is stored. */
static void
test_refusing (void)
{
  Fixture fixture;
  guint16 words[16], result = 0;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1044, 16, words);
  words[9] = 70;
  words[15] = 1;
  plancia_bank_set_refusing (fixture.bank, TRUE);
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1044, 16, words), ==, 0);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1053, 1, &result);
  g_assert_cmphex (result, ==, 0xfffb);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "bat_set_dod"), ==, 90);
  plancia_bank_set_refusing (fixture.bank, FALSE);
  words[5] = words[3]; /* the lowest voltage is the highest one */
  g_assert_cmpuint (plancia_bank_write (fixture.bank, NOON_ISH, 0x1044, 16, words), ==, 0);
  plancia_bank_read (fixture.bank, NOON_ISH, 3, 0x1053, 1, &result);
  g_assert_cmphex (result, ==, 0xffff);
  g_assert_cmpuint (plancia_bank_get_n_writes (fixture.bank, 0x104D), ==, 0);
  close_bank (&fixture);
}

static void
test_wear (void)
{
  Fixture       fixture;
  const guint16 mode[] = {1, 2};

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  plancia_bank_write (fixture.bank, NOON_ISH, 0x1110, 1, mode);
  plancia_bank_write (fixture.bank, NOON_ISH, 0x1110, 1, mode + 1);
  g_assert_cmpuint (plancia_bank_get_n_writes (fixture.bank, 0x1110), ==, 2);
  g_assert_cmpuint (plancia_bank_get_n_writes (fixture.bank, 0x1111), ==, 0);
  close_bank (&fixture);
}

static void
write_words (Fixture *fixture, guint16 address, guint count, const guint16 *words)
{
  g_assert_cmpuint (plancia_bank_write (fixture->bank, NOON_ISH, address, (guint16) count, words),
                    ==,
                    0);
}

static double
sun_minus_uses (Fixture *fixture, gint64 now)
{
  return number (fixture, now, "pv_power") - number (fixture, now, "load_power") -
         number (fixture, now, "battery_power") - number (fixture, now, "grid_active_power");
}

/* Passive mode: the battery makes the grid what is wanted, within its limits; positive is import in one register and export
 * in the other. */
static void
test_passive (void)
{
  const guint16 passive[] = {3};
  const guint16 import_800[] = {0, 800, 0xffff, 0xec78, 0, 5000};
  const guint16 export_600[] = {0xffff, 0xfda8, 0xffff, 0xec78, 0, 5000};
  const guint16 gently[] = {0, 3000, 0xffff, 0xff9c, 0, 100};
  const gint64  evening = NOON_ISH + 5 * PLANCIA_HOUR;
  Fixture       fixture;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 4000, 30000);
  write_words (&fixture, 0x1110, 1, passive);
  write_words (&fixture, 0x1187, 6, import_800);
  g_assert_cmpfloat_with_epsilon (number (&fixture, evening, "grid_active_power"), -800, 11);
  g_assert_cmpfloat_with_epsilon (sun_minus_uses (&fixture, evening), 0, 111);
  write_words (&fixture, 0x1187, 6, export_600);
  g_assert_cmpfloat_with_epsilon (number (&fixture, evening + 1000, "grid_active_power"), 600, 11);
  write_words (&fixture, 0x1187, 6, gently);
  g_assert_cmpfloat (ABS (number (&fixture, evening + 2000, "battery_power")), <=, 111);
  close_bank (&fixture);
}

static void
test_export_limit (void)
{
  const guint16 limit[] = {2, 5}; /* 500 W */
  const guint16 none[] = {0, 5};
  const guint16 idle[] = {7}; /* export before the battery */
  Fixture       fixture;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  write_words (&fixture, 0x1110, 1, idle);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "grid_active_power"), >, 1000);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "battery_power"), ==, 0);
  write_words (&fixture, 0x1023, 2, limit);
  g_assert_cmpfloat_with_epsilon (number (&fixture, NOON_ISH, "grid_active_power"), 500, 11);
  write_words (&fixture, 0x1023, 2, none);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "grid_active_power"), >, 1000);
  close_bank (&fixture);
}

static void
test_switched_off (void)
{
  const guint16 off[] = {0};
  Fixture       fixture;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00001", 9000, 10000);
  write_words (&fixture, 0x1104, 1, off);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "pv_power"), ==, 0);
  g_assert_cmpfloat (number (&fixture, NOON_ISH, "grid_active_power"), <, 0);
  close_bank (&fixture);
}

/* It loses or gains up to two seconds a day, each device its own. */
static void
test_clock_drifts (void)
{
  Fixture fixture;
  gint64  early, late;

  open_bank (&fixture, "zcs-3ph-hyd-g3", "ZP1ES110K00002", 9000, 10000);
  number (&fixture, NOON_ISH, "pv_power");
  early = plancia_bank_get_clock_offset (fixture.bank);
  number (&fixture, NOON_ISH + 30 * PLANCIA_DAY, "pv_power");
  late = plancia_bank_get_clock_offset (fixture.bank);
  g_assert_cmpint (early, ==, 0);
  g_assert_cmpint (ABS (late), >, 5 * PLANCIA_SECOND);
  g_assert_cmpint (ABS (late), <=, 60 * PLANCIA_SECOND);
  close_bank (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/bank/hybrid", test_hybrid);
  g_test_add_func ("/simulator/bank/string-sleeps-at-night", test_string_sleeps_at_night);
  g_test_add_func ("/simulator/bank/all-maps", test_all_maps);
  g_test_add_func ("/simulator/bank/reading-manners", test_reading_manners);
  g_test_add_func ("/simulator/bank/writing-manners", test_writing_manners);
  g_test_add_func ("/simulator/bank/clock", test_clock);
  g_test_add_func ("/simulator/bank/alarm-bits", test_alarm_bits);
  g_test_add_func ("/simulator/bank/battery-defaults", test_battery_defaults);
  g_test_add_func ("/simulator/bank/applying", test_applying);
  g_test_add_func ("/simulator/bank/refusing", test_refusing);
  g_test_add_func ("/simulator/bank/wear", test_wear);
  g_test_add_func ("/simulator/bank/passive", test_passive);
  g_test_add_func ("/simulator/bank/export-limit", test_export_limit);
  g_test_add_func ("/simulator/bank/switched-off", test_switched_off);
  g_test_add_func ("/simulator/bank/clock-drifts", test_clock_drifts);
  return g_test_run ();
}
