/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "registers-fixture.h"

#include "base/clock.h"
#include <string.h>

typedef struct
{
  const char *key;
  const char *text;
} Known;

static const Known known[] = {
  {"state",               "2"             },
  {"grid_frequency",      "50.01"         },
  {"output_active_power", "3110"          },
  {"grid_active_power",   "1210"          },
  {"grid_voltage_l1",     "231.4"         },
  {"grid_voltage_l2",     "233.0"         },
  {"load_power",          "1900"          },
  {"pv_power",            "5200"          },
  {"battery_power",       "2100"          },
  {"battery_soc",         "68"            },
  {"export_limit_mode",   "0"             },
  {"export_limit_power",  "0"             },
  {"storage_mode",        "0"             },
  {"serial_number",       "ZP1ES110K00001"},
  {"timed_charge_start",  "01:30"         },
  {"bat_set_dod",         "80"            },
};

static const char *
known_text (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].key, key))
      return known[i].text;
  return NULL;
}

static guint16 *
encode_text (const PlanciaField *field, const char *text)
{
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  g_assert_true (plancia_field_parse (field, text, &value, &error));
  g_assert_no_error (error);
  g_assert_true (plancia_field_encode (field, &value, NULL, words, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&words);
}

/* Small numbers, so that everything has a digit or two. */
static guint16 *
made_up_words (const PlanciaField *field)
{
  guint16 *words = g_new0 (guint16, field->count);

  if (field->type == PLANCIA_FIELD_ASCII)
    memset (words, 'A', 2 * field->count);
  else if (field->type != PLANCIA_FIELD_BITS && field->type != PLANCIA_FIELD_BCD16 &&
           field->values == NULL)
    words[field->count - 1] = field->address % 61;
  return words;
}

static void
add (PlanciaReadings *readings, const PlanciaField *field, const char *text)
{
  g_autofree guint16 *words = text != NULL ? encode_text (field, text) : made_up_words (field);
  PlanciaReading     *reading = plancia_readings_add (readings, field->key, PLANCIA_QUALITY_GOOD);

  plancia_reading_set_words (reading, field, words);
}

static PlanciaReadings *
batch_new (UiPlant *plant)
{
  return plancia_readings_new (plancia_device_get_id (plant->hybrid), plancia_clock_now ());
}

PlanciaReadings *
registers_reading (UiPlant *plant, const char *key, const char *text)
{
  PlanciaReadings *readings = batch_new (plant);
  PlanciaMap      *map = plancia_device_get_map (plant->hybrid);

  add (readings, plancia_map_find_field (map, key), text);
  return readings;
}

void
registers_give (UiPlant *plant, const char *key, const char *text)
{
  g_autoptr (PlanciaReadings) readings = registers_reading (plant, key, text);

  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

PlanciaReadings *
registers_all_readings (UiPlant *plant, const char *key, const char *text)
{
  PlanciaReadings *readings = batch_new (plant);
  PlanciaMap      *map = plancia_device_get_map (plant->hybrid);

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->access & PLANCIA_ACCESS_READ)
      add (readings, field, g_strcmp0 (field->key, key) == 0 ? text : known_text (field->key));
  }
  return readings;
}

void
registers_give_all (UiPlant *plant)
{
  g_autoptr (PlanciaReadings) readings = registers_all_readings (plant, NULL, NULL);

  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

GPtrArray *
registers_outcomes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_outcome_free);
}

void
registers_add_outcome (GPtrArray     *outcomes,
                       PlanciaMap    *map,
                       const char    *key,
                       PlanciaVerdict verdict,
                       const char    *before,
                       const char    *sent,
                       const char    *after)
{
  const PlanciaField  *field = plancia_map_find_field (map, key);
  PlanciaWriteOutcome *outcome = g_new0 (PlanciaWriteOutcome, 1);

  outcome->key = g_strdup (key);
  outcome->verdict = verdict;
  outcome->n_words = field->count;
  outcome->before = before != NULL ? encode_text (field, before) : NULL;
  outcome->sent = sent != NULL ? encode_text (field, sent) : NULL;
  outcome->after = after != NULL ? encode_text (field, after) : NULL;
  g_ptr_array_add (outcomes, outcome);
}
