/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/restore-plan.h"

#include "snapshot-fixture.h"
#include <string.h>

static const PlanciaRestoreItem *
find (PlanciaRestorePlan *self, const char *key)
{
  for (guint i = 0; i < plancia_restore_plan_get_length (self); i++) {
    const PlanciaRestoreItem *item = plancia_restore_plan_get (self, i);

    if (g_str_equal (item->field->key, key))
      return item;
  }
  return NULL;
}

static PlanciaRestorePlan *
plan_hybrid (PlanciaMap *map, PlanciaFieldKeep include)
{
  g_autoptr (PlanciaSnapshot) source = snapshot_fixture_new (map,
                                                             0,
                                                             "storage_mode",
                                                             1,
                                                             "bat_set_dod",
                                                             80,
                                                             "bus_address",
                                                             7,
                                                             "pcc_bias",
                                                             12,
                                                             "grid_code",
                                                             3,
                                                             "clock_set_year",
                                                             24,
                                                             "remote_on_off",
                                                             1,
                                                             "timed_apply",
                                                             1,
                                                             "serial_number",
                                                             0x4142,
                                                             "firmware_master",
                                                             0x3132,
                                                             "peak_reserve_soc",
                                                             -1,
                                                             "bat_set_max_soc",
                                                             60000,
                                                             "import_limit_enable",
                                                             1,
                                                             NULL);
  g_autoptr (PlanciaSnapshot) present = snapshot_fixture_new (map,
                                                              0,
                                                              "bat_set_dod",
                                                              80,
                                                              "serial_number",
                                                              0x4143,
                                                              "firmware_master",
                                                              0x3133,
                                                              "import_limit_enable",
                                                              -1,
                                                              NULL);

  return plancia_restore_plan_new (source, map, present, map, include);
}

static void
leaves_out_and_says_so (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaRestorePlan) self = plan_hybrid (map, PLANCIA_KEEP_NONE);
  static const struct
  {
    const char          *key;
    PlanciaRestoreAction action;
    PlanciaFieldKeep     keep;
  } expected[] = {
    {"storage_mode",        PLANCIA_RESTORE_WRITE,      PLANCIA_KEEP_NONE       },
    {"bat_set_dod",         PLANCIA_RESTORE_EQUAL,      PLANCIA_KEEP_NONE       },
    {"bus_address",         PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_ADDRESS    },
    {"parallel_address",    PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_ADDRESS    },
    {"bat_set_address",     PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_ADDRESS    },
    {"pcc_bias",            PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_CALIBRATION},
    {"grid_code",           PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_GRID_CODE  },
    {"serial_number",       PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_SERIAL     },
    {"clock_set_year",      PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_CLOCK      },
    {"remote_on_off",       PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_SWITCH     },
    {"timed_apply",         PLANCIA_RESTORE_KEPT,       PLANCIA_KEEP_COMMAND    },
    {"peak_reserve_soc",    PLANCIA_RESTORE_NOT_THERE,  PLANCIA_KEEP_NONE       },
    {"import_limit_enable", PLANCIA_RESTORE_UNREADABLE, PLANCIA_KEEP_NONE       },
    {"bat_set_max_soc",     PLANCIA_RESTORE_REFUSED,    PLANCIA_KEEP_NONE       },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const PlanciaRestoreItem *item = find (self, expected[i].key);
    g_autofree char          *words = NULL;

    g_assert_nonnull (item);
    words = plancia_restore_item_dup_words (item);
    g_assert_cmpint (item->action, ==, expected[i].action);
    g_assert_cmpint (item->keep, ==, expected[i].keep);
    g_assert_cmpstr (words, !=, "");
  }
  /* A reading is not a setting. */
  g_assert_null (find (self, "grid_frequency"));
}

static void
makes_edits_that_can_be_sent (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaRestorePlan) self = plan_hybrid (map, PLANCIA_KEEP_NONE);
  g_autoptr (GPtrArray) edits = plancia_restore_plan_create_edits (self);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (edits->len, ==, plancia_restore_plan_count (self, PLANCIA_RESTORE_WRITE));
  g_assert_cmpuint (edits->len, ==, 1);
  steps = plancia_write_plan_new (map, edits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 1);
}

static void
includes_what_is_asked_for (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  PlanciaFieldKeep everything = (PlanciaFieldKeep) 0xff;
  g_autoptr (PlanciaRestorePlan) some = plan_hybrid (map, PLANCIA_KEEP_CALIBRATION);
  g_autoptr (PlanciaRestorePlan) all = plan_hybrid (map, everything);

  g_assert_cmpint (find (some, "pcc_bias")->action, ==, PLANCIA_RESTORE_WRITE);
  g_assert_cmpint (find (some, "bus_address")->action, ==, PLANCIA_RESTORE_KEPT);
  g_assert_cmpint (find (all, "bus_address")->action, ==, PLANCIA_RESTORE_WRITE);
  g_assert_cmpint (find (all, "remote_on_off")->action, ==, PLANCIA_RESTORE_WRITE);
  g_assert_cmpint (find (all, "grid_code")->action, ==, PLANCIA_RESTORE_KEPT);
  g_assert_cmpint (find (all, "serial_number")->action, ==, PLANCIA_RESTORE_KEPT);
  g_assert_cmpint (find (all, "timed_apply")->action, ==, PLANCIA_RESTORE_KEPT);
}

static void
compares_the_devices (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaMap) old = snapshot_fixture_map ("zcs-1ph-hyd-zss-old");
  g_autoptr (PlanciaRestorePlan) self = plan_hybrid (map, PLANCIA_KEEP_NONE);
  g_autoptr (PlanciaSnapshot) a = snapshot_fixture_new (map, 0x4141, NULL);
  g_autoptr (PlanciaSnapshot) b = snapshot_fixture_new (old, 0, NULL);
  g_autoptr (PlanciaRestorePlan) other = plancia_restore_plan_new (b, old, a, map, 0);
  g_autoptr (PlanciaRestorePlan) same = plancia_restore_plan_new (a, map, a, map, 0);
  g_auto (GStrv) warnings = plancia_restore_plan_dup_warnings (self);
  g_auto (GStrv) none = plancia_restore_plan_dup_warnings (same);

  g_assert_cmpint (plancia_restore_plan_get_differences (self),
                   ==,
                   PLANCIA_RESTORE_OTHER_DEVICE | PLANCIA_RESTORE_OTHER_FIRMWARE);
  g_assert_cmpuint (g_strv_length (warnings), ==, 2);
  g_assert_cmpint (plancia_restore_plan_get_differences (other),
                   ==,
                   PLANCIA_RESTORE_OTHER_MAP | PLANCIA_RESTORE_NO_IDENTITY);
  g_assert_cmpint (plancia_restore_plan_get_differences (same), ==, 0);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (plancia_restore_plan_count (same, PLANCIA_RESTORE_WRITE), ==, 0);
}

/* The storage modes of the two families have other numbers for other words. */
static void
takes_over_only_what_means_the_same (void)
{
  g_autoptr (PlanciaMap) map = snapshot_fixture_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaMap) old = snapshot_fixture_map ("zcs-1ph-hyd-zss-old");
  g_autoptr (PlanciaSnapshot)
    source = snapshot_fixture_new (old, 0, "timed_charge_start", 0x0a1e, NULL);
  g_autoptr (PlanciaSnapshot) present = snapshot_fixture_new (map, 0, NULL);
  g_autoptr (PlanciaRestorePlan) self = plancia_restore_plan_new (source, old, present, map, 0);
  g_autoptr (PlanciaRestorePlan) unknown = plancia_restore_plan_new (source, NULL, present, map, 0);

  g_assert_cmpint (find (self, "timed_charge_start")->action, ==, PLANCIA_RESTORE_WRITE);
  g_assert_cmpint (find (self, "passive_timeout")->action, ==, PLANCIA_RESTORE_NOT_THERE);
  g_assert_cmpint (find (unknown, "timed_charge_start")->action, ==, PLANCIA_RESTORE_OTHER_SORT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restore-plan/leaves out and says so", leaves_out_and_says_so);
  g_test_add_func ("/restore-plan/makes edits that can be sent", makes_edits_that_can_be_sent);
  g_test_add_func ("/restore-plan/includes what is asked for", includes_what_is_asked_for);
  g_test_add_func ("/restore-plan/compares the devices", compares_the_devices);
  g_test_add_func ("/restore-plan/takes over only what means the same",
                   takes_over_only_what_means_the_same);
  return g_test_run ();
}
