/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/series-words.h"

#include "base/cloud-field.h"
#include "map/field-value.h"
#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  const char *key;
  const char *title;
} Word;

static const Word titles[] = {
  {"powerGenerating",                 N_ ("Production")                  },
   {"powerGeneratingExt",              N_ ("External production")         },
    {"powerConsuming",                  N_ ("Consumption")                 },
     {"powerAutoconsuming",              N_ ("Autoconsumption")             },
      {"powerImporting",                  N_ ("From the grid")               },
       {"powerExporting",                  N_ ("To the grid")                 },
        {"powerCharging",                   N_ ("To the battery")              },
         {"powerDischarging",                N_ ("From the battery")            },
          {"batterySoC",                      N_ ("State of charge")             },
           {"batteryCycletime",                N_ ("Battery cycles")              },
            {"batterySoC2",                     N_ ("State of charge, battery 2")  },
             {"batteryCycletime2",               N_ ("Battery cycles, battery 2")   },
              {"energyGenerating",                N_ ("Production of the day")       },
               {"energyConsuming",                 N_ ("Consumption of the day")      },
                {"energyAutoconsuming",             N_ ("Autoconsumption of the day")  },
                 {"energyImporting",                 N_ ("From the grid, of the day")   },
                  {"energyExporting",                 N_ ("To the grid, of the day")     },
                   {"energyCharging",                  N_ ("To the battery, of the day")  },
                    {"energyDischarging",               N_ ("From the battery, of the day")},
                     {"energyGeneratingTotal",           N_ ("Production, total")           },
                      {"energyConsumingTotal",            N_ ("Consumption, total")          },
                       {"energyAutoconsumingTotal",        N_ ("Autoconsumption, total")      },
                        {"energyImportingTotal",            N_ ("From the grid, total")        },
                         {"energyExportingTotal",            N_ ("To the grid, total")          },
                          {"energyChargingTotal",             N_ ("To the battery, total")       },
                           {"energyDischargingTotal",          N_ ("From the battery, total")     },
                            {"energyGeneratingTotalDecimal",
   N_ ("Production, total, with decimals")                               },
                             {"energyConsumingTotalDecimal",
   N_ ("Consumption, total, with decimals")                              },
                              {"energyAutoconsumingTotalDecimal",
   N_ ("Autoconsumption, total, with decimals")                          },
                               {"energyImportingTotalDecimal",
   N_ ("From the grid, total, with decimals")                            },
                                {"energyExportingTotalDecimal",
   N_ ("To the grid, total, with decimals")                              },
                                 {"energyChargingTotalDecimal",
   N_ ("To the battery, total, with decimals")                           },
                                  {"energyDischargingTotalDecimal",
   N_ ("From the battery, total, with decimals")                         },
                                   {"currentAC",                       N_ ("AC current")                  },
                                    {"voltageAC",                       N_ ("AC voltage")                  },
                                     {"frequency",                       N_ ("Grid frequency")              },
                                      {"currentDC",                       N_ ("DC current")                  },
                                       {"voltageDC",                       N_ ("DC voltage")                  },
                                        {"powerDC",                         N_ ("DC power")                    },
                                         {"temperature",                     N_ ("Inverter temperature")        },
};

static const Word sources[] = {
  {"portal", N_ ("Azzurro Portal")},
   {"system", N_ ("Azzurro System")},
    {"local",  N_ ("Read here")     },
     {"import", N_ ("Imported table")},
};

static const char *
find (const Word *words, guint n_words, const char *key)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i].key, key))
      return _ (words[i].title);
  return NULL;
}

const char *
plancia_series_words_title (const char *key, PlanciaMap *map)
{
  const char         *title = find (titles, G_N_ELEMENTS (titles), key);
  const PlanciaField *field = NULL;

  if (title != NULL)
    return title;
  if (map != NULL)
    field = plancia_map_find_field (map, key);
  return field != NULL ? plancia_map_label (field->name) : key;
}

const char *
plancia_series_words_find_key (const char *title, PlanciaMap *map)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_ascii_strcasecmp (titles[i].key, title) == 0 || g_str_equal (titles[i].title, title) ||
        g_str_equal (_ (titles[i].title), title))
      return titles[i].key;
  for (guint i = 0; map != NULL && i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (g_str_equal (field->key, title) || g_str_equal (plancia_map_label (field->name), title))
      return field->key;
  }
  return NULL;
}

guint
plancia_series_words_count (void)
{
  return G_N_ELEMENTS (titles);
}

const char *
plancia_series_words_key (guint index)
{
  return titles[index].key;
}

const char *
plancia_series_words_unit (const char *key, PlanciaMap *map)
{
  const PlanciaField *field = map != NULL ? plancia_map_find_field (map, key) : NULL;
  const char         *unit = field != NULL ? field->unit : plancia_cloud_field_unit (key);

  return unit != NULL ? unit : "";
}

/* A number with a unit is a measurement, even if some of its values have words. */
gboolean
plancia_series_words_is_state (const char *key, PlanciaMap *map)
{
  const PlanciaField *field = map != NULL ? plancia_map_find_field (map, key) : NULL;

  return field != NULL && field->unit[0] == '\0' && (field->values != NULL || field->bits != NULL);
}

char *
plancia_series_words_value (const char *key, PlanciaMap *map, double value)
{
  const PlanciaField *field = plancia_map_find_field (map, key);
  PlanciaValue        state = {.kind = PLANCIA_VALUE_NUMBER, .number = value};

  state.integer = (gint64) round (value);
  if (field->type == PLANCIA_FIELD_BITS)
    state.kind = PLANCIA_VALUE_BITS;
  return plancia_field_format (field, &state, NULL);
}

const char *
plancia_series_words_source (const char *source)
{
  const char *words = find (sources, G_N_ELEMENTS (sources), source);

  return words != NULL ? words : source;
}

PlanciaExportColumn *
plancia_series_words_column (const PlanciaSeriesName *series, const char *name, PlanciaMap *map)
{
  return plancia_export_column_new (series->device,
                                    name,
                                    series->source,
                                    series->key,
                                    plancia_series_words_title (series->key, map),
                                    plancia_series_words_unit (series->key, map));
}
