/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-table.h"

#include "base/text.h"
#include "model/energy-feed.h"

#include <glib/gi18n.h>
#include <math.h>

static void
add_number (PlanciaShownTable *self, double energy)
{
  plancia_shown_table_add_cell (self,
                                energy,
                                isnan (energy) ? g_strdup ("\xe2\x80\x94")
                                               : plancia_text_number (energy, 2));
}

static void
add_energies (PlanciaShownTable *self, const PlanciaEnergySum *sum)
{
  add_number (self, sum->energies[PLANCIA_ENERGY_PV]);
  /* Where nobody counts what goes out, nobody knows what stayed. */
  add_number (self,
              isnan (sum->energies[PLANCIA_ENERGY_EXPORT]) ? NAN
                                                           : plancia_energy_used_directly (sum));
  add_number (self, sum->energies[PLANCIA_ENERGY_CHARGE]);
  add_number (self, sum->energies[PLANCIA_ENERGY_EXPORT]);
  add_number (self, sum->energies[PLANCIA_ENERGY_IMPORT]);
  add_number (self, sum->energies[PLANCIA_ENERGY_LOAD]);
}

static void
add_columns (PlanciaShownTable *self, const char *name, const char *other_title)
{
  static const struct
  {
    const char *key;
    const char *title;
  } columns[] = {
    {"produced",       N_ ("Produced")        },
     {"used_directly",  N_ ("Used directly")   },
      {"to_the_battery", N_ ("Into the battery")},
       {"exported",       N_ ("Exported")        },
        {"imported",       N_ ("Imported")        },
         {"used",           N_ ("Used")            },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    plancia_shown_table_add_column (self, name, columns[i].key, _ (columns[i].title), "kWh");
  if (other_title == NULL)
    return;
  plancia_shown_table_add_column (self, name, "other", other_title, "kWh");
  plancia_shown_table_add_column (self, name, "difference", _ ("Difference"), "kWh");
}

PlanciaShownTable *
plancia_energy_table_new (GArray                 *bars,
                          const char             *name,
                          GArray                 *others,
                          const char             *other_title,
                          PlanciaEnergyTableWords words,
                          gpointer                user_data)
{
  PlanciaShownTable *self = plancia_shown_table_new ();

  add_columns (self, name, other_title);
  for (guint i = 0; bars != NULL && i < bars->len; i++) {
    const PlanciaEnergySum *sum = &g_array_index (bars, PlanciaEnergySum, i);
    double                  other = others != NULL && i < others->len
                                      ? g_array_index (others, PlanciaEnergySum, i).energies[PLANCIA_ENERGY_PV]
                                      : NAN;
    g_autofree char        *label = words (user_data, sum->span.start);

    plancia_shown_table_begin_row (self, sum->span.start, label);
    add_energies (self, sum);
    if (other_title != NULL) {
      add_number (self, other);
      add_number (self, sum->energies[PLANCIA_ENERGY_PV] - other);
    }
  }
  return self;
}
