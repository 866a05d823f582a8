/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "map/field-sign.h"
#include "map/map-catalog.h"
#include "map/raw-edit.h"
#include "map/write-frame.h"

/* Raw writes as they are typed, the bytes of requests, and the words for signs. */

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    guint       count; /* 0: refused */
    guint16     last;
  } cases[] = {
    {"0,500",       2, 500   },
    {"0x1F4 -1",    2, 0xffff},
    {" 65535 ",     1, 0xffff},
    {"010",         1, 10    },
    {"1; 2\n3",     3, 3     },
    {"",            0, 0     },
    {",",           0, 0     },
    {"65536",       0, 0     },
    {"-32769",      0, 0     },
    {"0x",          0, 0     },
    {"12 twelve",   0, 0     },
    {"99999999999", 0, 0     },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) words = plancia_raw_parse_words (cases[i].text, &error);

    g_test_message ("\"%s\"", cases[i].text);
    if (cases[i].count == 0) {
      g_assert_null (words);
      g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (words->len, ==, cases[i].count);
    g_assert_cmphex (g_array_index (words, guint16, words->len - 1), ==, cases[i].last);
  }
}

static void
test_frames (void)
{
  static const guint16 words[] = {0, 500};
  g_autoptr (GPtrArray) together = plancia_raw_edits_new (0x1187, words, 2, 16);
  g_autoptr (GPtrArray) single = plancia_raw_edits_new (0x1187, words, 2, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) one = plancia_write_plan_new (NULL, together, &error);
  g_autoptr (GPtrArray) two = plancia_write_plan_new (NULL, single, &error);
  g_autofree char *frame = NULL;
  g_autofree char *last = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (two->len, ==, 2);
  frame = plancia_write_step_frame (g_ptr_array_index (one, 0), 3, FALSE);
  g_assert_cmpstr (frame, ==, "03 10 11 87 00 02 04 00 00 01 F4");
  last = plancia_write_step_frame (g_ptr_array_index (two, 1), 3, FALSE);
  g_assert_cmpstr (last, ==, "03 06 11 88 01 F4");
}

/* Words that come from a reading that was not made yet. */
static void
test_open_frame (void)
{
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  const PlanciaField *field = plancia_map_find_field (map, "export_limit_mode");
  PlanciaValue        value = {.kind = PLANCIA_VALUE_NUMBER, .number = 2, .integer = 2};
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_autoptr (GPtrArray) plan = NULL;
  g_autofree char *frame = NULL;

  g_ptr_array_add (edits, plancia_edit_new (field, &value));
  plan = plancia_write_plan_new (map, edits, NULL);
  frame = plancia_write_step_frame (g_ptr_array_index (plan, 0), 1, FALSE);
  g_assert_cmpstr (frame, ==, "01 10 10 23 00 02 04 00 02 -- --");
}

static void
test_signs (void)
{
  static const struct
  {
    const char *key;
    double      number;
    const char *word;
  } cases[] = {
    {"grid_active_power",   500,  "export"   },
    {"grid_active_power",   -500, "import"   },
    {"passive_grid_power",  500,  "import"   },
    {"passive_grid_power",  -500, "export"   },
    {"passive_battery_min", 500,  "charge"   },
    {"passive_battery_min", -500, "discharge"},
    {"passive_battery_min", 0,    NULL       },
    {"storage_mode",        2,    NULL       },
  };
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = cases[i].number};

    g_assert_cmpstr (plancia_field_sign_word (plancia_map_find_field (map, cases[i].key), &value),
                     ==,
                     cases[i].word);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raw-edit/words", test_words);
  g_test_add_func ("/raw-edit/frames", test_frames);
  g_test_add_func ("/raw-edit/open-frame", test_open_frame);
  g_test_add_func ("/raw-edit/signs", test_signs);
  return g_test_run ();
}
