/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-sums.h"

#include "base/text.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_COLUMNS 5
#define N_ROWS    4
#define PERCENT   100.0
/* Of the columns these have room in a narrow window. */
#define NARROW_COLUMNS 3

struct _PlanciaEnergySums
{
  GtkGrid parent_instance;

  GtkLabel *cells[N_ROWS][N_COLUMNS + 1]; /* heads, this, other, difference */
  gboolean  compared;
  gboolean  narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaEnergySums, plancia_energy_sums, GTK_TYPE_GRID)

char *
plancia_energy_sums_words (double energy)
{
  const char      *unit = NULL;
  g_autofree char *number = plancia_text_energy (energy, &unit);

  return isnan (energy) ? g_strdup ("\xe2\x80\x94") : plancia_text_with_unit (number, unit);
}

/* With its sign, also if it is more. */
static char *
with_sign (double value, char *words)
{
  g_autofree char *plain = words;

  return value > 0 ? g_strconcat ("+", plain, NULL) : g_steal_pointer (&plain);
}

static char *
percent_words (double energy, double other)
{
  double           percent = other != 0 ? (energy - other) / other * PERCENT : NAN;
  g_autofree char *number = plancia_text_number (percent, 0);

  /* Of next to nothing everything is a thousand times as much. */
  if (isnan (percent) || fabs (percent) >= 1000)
    return NULL;
  return with_sign (round (percent), plancia_text_with_unit (number, "%"));
}

char *
plancia_energy_sums_difference (double energy, double other)
{
  double           difference = energy - other;
  g_autofree char *percent = percent_words (energy, other);
  g_autofree char *words = NULL;

  if (isnan (difference))
    return NULL;
  words = with_sign (difference, plancia_energy_sums_words (difference));
  return percent != NULL ? g_strconcat (words, ", ", percent, NULL) : g_steal_pointer (&words);
}

static double
column_value (const PlanciaEnergySum *sum, int column)
{
  static const PlanciaEnergy kinds[] = {PLANCIA_ENERGY_PV,
                                        PLANCIA_ENERGY_LOAD,
                                        PLANCIA_ENERGY_EXPORT,
                                        PLANCIA_ENERGY_IMPORT};

  return column < 4 ? sum->energies[kinds[column]] : sum->self_sufficiency * PERCENT;
}

static char *
column_words (double value, int column)
{
  g_autofree char *number = NULL;

  if (column < 4)
    return plancia_energy_sums_words (value);
  number = plancia_text_number (value, 0);
  return isnan (value) ? g_strdup ("\xe2\x80\x94") : plancia_text_with_unit (number, "%");
}

static char *
difference_words (const PlanciaEnergySum *sum, const PlanciaEnergySum *other, int column)
{
  double           value = column_value (sum, column), before = column_value (other, column);
  g_autofree char *number = plancia_text_number (value - before, 0);
  char            *words = NULL;

  if (isnan (value - before))
    return g_strdup ("\xe2\x80\x94");
  if (column < 4)
    return plancia_energy_sums_difference (value, before);
  /* Translators: percentage points */
  words = g_strdup_printf (_ ("%s points"), number);
  return with_sign (value - before, words);
}

static void
update_visible (PlanciaEnergySums *self)
{
  for (int row = 0; row < N_ROWS; row++)
    for (int column = 0; column <= N_COLUMNS; column++)
      gtk_widget_set_visible (GTK_WIDGET (self->cells[row][column]),
                              (row < 2 || self->compared) &&
                                (!self->narrow || column <= NARROW_COLUMNS));
}

static void
plancia_energy_sums_class_init (PlanciaEnergySumsClass *klass)
{
}

static void
plancia_energy_sums_init (PlanciaEnergySums *self)
{
  static const char *const heads[N_COLUMNS] = {
    N_ ("Produced"), N_ ("Used"), N_ ("Exported"), N_ ("Imported"), N_ ("Self-sufficient")};

  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self), 3);
  for (int row = 0; row < N_ROWS; row++)
    for (int column = 0; column <= N_COLUMNS; column++) {
      GtkWidget *label = gtk_label_new (row == 0 && column > 0 ? _ (heads[column - 1]) : NULL);

      gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, row == 0 ? "caption-dim" : "numeric");
      gtk_grid_attach (GTK_GRID (self), label, column, row, 1, 1);
      self->cells[row][column] = GTK_LABEL (label);
    }
  update_visible (self);
}

static void
show_row (PlanciaEnergySums *self, int row, const char *title, const PlanciaEnergySum *sum)
{
  gtk_label_set_text (self->cells[row][0], title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cells[row][0]), title);
  for (int column = 0; column < N_COLUMNS; column++) {
    g_autofree char *words = column_words (column_value (sum, column), column);

    gtk_label_set_text (self->cells[row][column + 1], words);
  }
}

void
plancia_energy_sums_set (PlanciaEnergySums      *self,
                         const char             *title,
                         const PlanciaEnergySum *sum,
                         const char             *other_title,
                         const PlanciaEnergySum *other)
{
  self->compared = other_title != NULL;
  show_row (self, 1, title, sum);
  if (self->compared) {
    show_row (self, 2, other_title, other);
    gtk_label_set_text (self->cells[3][0], _ ("Difference"));
    for (int column = 0; column < N_COLUMNS; column++) {
      g_autofree char *words = difference_words (sum, other, column);

      gtk_label_set_text (self->cells[3][column + 1], words);
    }
  }
  update_visible (self);
}

void
plancia_energy_sums_set_narrow (PlanciaEnergySums *self, gboolean narrow)
{
  self->narrow = narrow;
  update_visible (self);
}
