/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-table.h"

#include "base/text.h"
#include "model/energy-feed.h"

#include <glib/gi18n.h>
#include <math.h>

static void
add_number (GPtrArray *texts, double energy)
{
  g_ptr_array_add (texts,
                   isnan (energy) ? g_strdup ("\xe2\x80\x94") : plancia_text_number (energy, 2));
}

static void
add_energies (GPtrArray *texts, const PlanciaEnergySum *sum)
{
  add_number (texts, sum->energies[PLANCIA_ENERGY_PV]);
  /* Where nobody counts what goes out, nobody knows what stayed. */
  add_number (texts,
              isnan (sum->energies[PLANCIA_ENERGY_EXPORT]) ? NAN
                                                           : plancia_energy_used_directly (sum));
  add_number (texts, sum->energies[PLANCIA_ENERGY_CHARGE]);
  add_number (texts, sum->energies[PLANCIA_ENERGY_EXPORT]);
  add_number (texts, sum->energies[PLANCIA_ENERGY_IMPORT]);
  add_number (texts, sum->energies[PLANCIA_ENERGY_LOAD]);
}

static void
add_columns (PlanciaHistoryTable *table, const char *other_title)
{
  static const char *const titles[] = {N_ ("Produced"),
    N_ ("Used directly"), N_ ("Into the battery"), N_ ("Exported"), N_ ("Imported"), N_ ("Used")};

  plancia_history_table_begin (table, _ ("Energies, kWh"));
  plancia_history_table_add_column (table, "kWh");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    plancia_history_table_add_column (table, _ (titles[i]));
  if (other_title != NULL) {
    plancia_history_table_add_column (table, other_title);
    plancia_history_table_add_column (table, _ ("Difference"));
  }
}

void
plancia_energy_table_fill (PlanciaHistoryTable    *table,
                           GArray                 *bars,
                           GArray                 *others,
                           const char             *other_title,
                           PlanciaEnergyTableWords words,
                           gpointer                user_data)
{
  add_columns (table, other_title);
  for (guint i = 0; bars != NULL && i < bars->len; i++) {
    const PlanciaEnergySum *sum = &g_array_index (bars, PlanciaEnergySum, i);
    double                  other = others != NULL && i < others->len
                                      ? g_array_index (others, PlanciaEnergySum, i).energies[PLANCIA_ENERGY_PV]
                                      : NAN;
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (texts, words (user_data, sum->span.start));
    add_energies (texts, sum);
    if (other_title != NULL) {
      add_number (texts, other);
      add_number (texts, sum->energies[PLANCIA_ENERGY_PV] - other);
    }
    plancia_history_table_add_row (table, texts);
  }
}
