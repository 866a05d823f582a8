/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-today.h"

#include "model/plant-sum.h"
#include "ui/device-words.h"
#include "ui/energy-tile.h"
#include "ui/figure.h"
#include <glib/gi18n.h>
#include <math.h>

#define COLUMNS 3
#define N_TILES 6

struct _PlanciaPlantToday
{
  GtkBox parent_instance;

  GtkWidget *sufficiency;
  GtkWidget *tiles;
  GtkWidget *tile[N_TILES];
};

G_DEFINE_FINAL_TYPE (PlanciaPlantToday, plancia_plant_today, GTK_TYPE_BOX)

/* In the order of the picture. */
static const PlanciaQuantity quantities[N_TILES] = {
  PLANCIA_QUANTITY_ENERGY_PV,
  PLANCIA_QUANTITY_ENERGY_LOAD,
  PLANCIA_QUANTITY_ENERGY_EXPORT,
  PLANCIA_QUANTITY_ENERGY_IMPORT,
  PLANCIA_QUANTITY_ENERGY_CHARGE,
  PLANCIA_QUANTITY_ENERGY_DISCHARGE,
};

static double
sum_or_nan (GPtrArray *devices, PlanciaQuantity quantity)
{
  double value = NAN;

  return plancia_plant_sum (devices, quantity, &value) ? value : NAN;
}

/* Where the sum comes from. */
static char *
name_sources (GPtrArray *devices, PlanciaQuantity quantity)
{
  g_autoptr (GPtrArray) counted = plancia_plant_sum_list_counted (devices, quantity);
  GString *names = g_string_new (NULL);

  if (counted->len == 0)
    return g_string_free (g_string_append (names, _("No device counts it")), FALSE);
  for (guint i = 0; i < counted->len; i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? "\n" : "",
                            plancia_device_get_name (g_ptr_array_index (counted, i)));
  return g_string_free (names, FALSE);
}

static void
show_tile (PlanciaPlantToday *self, guint index, GPtrArray *devices)
{
  GtkWidget       *tile = self->tile[index];
  g_autofree char *names = name_sources (devices, quantities[index]);

  plancia_energy_tile_set_value (PLANCIA_ENERGY_TILE (tile),
                                 sum_or_nan (devices, quantities[index]));
  if (g_strcmp0 (gtk_widget_get_tooltip_text (tile), names) != 0)
    gtk_widget_set_tooltip_text (tile, names);
}

/* Use and import must be those of the same devices, or their quotient means nothing. */
static gboolean
are_comparable (GPtrArray *devices)
{
  g_autoptr (GPtrArray)
    used = plancia_plant_sum_list_counted (devices, PLANCIA_QUANTITY_ENERGY_LOAD);
  g_autoptr (GPtrArray)
    imported = plancia_plant_sum_list_counted (devices, PLANCIA_QUANTITY_ENERGY_IMPORT);

  if (used->len != imported->len)
    return FALSE;
  for (guint i = 0; i < used->len; i++) {
    if (g_ptr_array_index (used, i) != g_ptr_array_index (imported, i))
      return FALSE;
  }
  return TRUE;
}

static void
show_sufficiency (PlanciaPlantToday *self, GPtrArray *devices)
{
  double           used = sum_or_nan (devices, PLANCIA_QUANTITY_ENERGY_LOAD);
  double           imported = sum_or_nan (devices, PLANCIA_QUANTITY_ENERGY_IMPORT);
  g_autofree char *text = NULL;

  if (used > 0 && !isnan (imported) && are_comparable (devices))
    text = plancia_device_words_self_sufficiency (1 - imported / used);
  plancia_figure_set_text (GTK_INSCRIPTION (self->sufficiency), text ? text : "");
}

static void
plancia_plant_today_class_init (PlanciaPlantTodayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/plant-today.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantToday, sufficiency);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantToday, tiles);
}

static void
plancia_plant_today_init (PlanciaPlantToday *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_TILES; i++) {
    self->tile[i] = plancia_energy_tile_new (quantities[i]);
    gtk_grid_attach (GTK_GRID (self->tiles), self->tile[i], i % COLUMNS, i / COLUMNS, 1, 1);
  }
}

/**
 * plancia_plant_today_update:
 * @self: the card
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 */
void
plancia_plant_today_update (PlanciaPlantToday *self, GPtrArray *devices)
{
  for (guint i = 0; i < N_TILES; i++)
    show_tile (self, i, devices);
  show_sufficiency (self, devices);
}
