/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-now.h"

#include "model/plant-sum.h"
#include "ui/figure.h"
#include "ui/power-flow.h"
#include <glib/gi18n.h>
#include <math.h>

#define FLOW_HEIGHT 290
#define MAX_NAMES   3 /* in a line */

struct _PlanciaPlantNow
{
  GtkBox parent_instance;

  GtkWidget *source;
  GtkWidget *flow;
};

G_DEFINE_FINAL_TYPE (PlanciaPlantNow, plancia_plant_now, GTK_TYPE_BOX)

/* --- sums ------------------------------------------------------------------------------------ */

static double
sum_or_nan (GPtrArray *devices, PlanciaQuantity quantity)
{
  double value = NAN;

  return plancia_plant_sum (devices, quantity, &value) ? value : NAN;
}

static gboolean
any_has (GPtrArray *devices, PlanciaQuantity quantity)
{
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (plancia_device_has_quantity (device, quantity))
      return TRUE;
  }
  return FALSE;
}

/* Batteries of different sizes have no charge in common: only one alone says how full it is. */
static double
find_charge (GPtrArray *devices)
{
  g_autoptr (GPtrArray)
    counted = plancia_plant_sum_list_counted (devices, PLANCIA_QUANTITY_BATTERY_CHARGE);

  return counted->len == 1 ? sum_or_nan (devices, PLANCIA_QUANTITY_BATTERY_CHARGE) : NAN;
}

static void
read_node (PlanciaFlowReading *reading,
           PlanciaFlow         flow,
           GPtrArray          *devices,
           PlanciaQuantity     quantity)
{
  reading->power[flow] = sum_or_nan (devices, quantity);
  reading->present[flow] = !isnan (reading->power[flow]) || any_has (devices, quantity);
}

/* --- words ----------------------------------------------------------------------------------- */

static char *
list_names (GPtrArray *devices)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (devices->len, MAX_NAMES); i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? ", " : "",
                            plancia_device_get_name (g_ptr_array_index (devices, i)));
  if (devices->len > MAX_NAMES)
    /* Translators: after some names: how many more there are */
    g_string_append_printf (names, _(" and %u more"), devices->len - MAX_NAMES);
  return g_string_free (names, FALSE);
}

static void
show_source (PlanciaPlantNow *self, GPtrArray *counted, GPtrArray *silent)
{
  g_autofree char *names = list_names (silent);
  g_autofree char *text = NULL;
  g_autofree char *all = list_names (counted);

  if (silent->len > 0)
    /* Translators: %s are names of devices that are not in the sum */
    text = g_strdup_printf (_("without %s"), names);
  else if (counted->len > 0)
    text = g_strdup_printf (
      ngettext ("as %u device measures it", "sum of %u devices, as they measure it", counted->len),
      counted->len);
  plancia_figure_set_text (GTK_INSCRIPTION (self->source), text ? text : "");
  gtk_widget_set_tooltip_text (self->source, silent->len > 0 ? text : all);
}

static char *
count_batteries (GPtrArray *devices)
{
  g_autoptr (GPtrArray)
    counted = plancia_plant_sum_list_counted (devices, PLANCIA_QUANTITY_BATTERY_POWER);
  double           watts = sum_or_nan (devices, PLANCIA_QUANTITY_BATTERY_POWER);
  g_autofree char *number = NULL;
  const char      *doing = NULL;

  if (counted->len < 2)
    return NULL;
  if (fabs (watts) >= 10)
    doing = watts > 0 ? _("charging") : _("discharging");
  number = g_strdup_printf (ngettext ("%u battery", "%u batteries", counted->len), counted->len);
  return doing ? g_strdup_printf ("%s \xc2\xb7 %s", number, doing) : g_steal_pointer (&number);
}

static char *
count_sources (GPtrArray *counted)
{
  return counted->len > 0
           ? g_strdup_printf (ngettext ("%u device", "%u devices", counted->len), counted->len)
           : NULL;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_plant_now_class_init (PlanciaPlantNowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_POWER_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/plant-now.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantNow, source);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantNow, flow);
}

static void
plancia_plant_now_init (PlanciaPlantNow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_power_flow_set_natural_height (PLANCIA_POWER_FLOW (self->flow), FLOW_HEIGHT);
}

/**
 * plancia_plant_now_update:
 * @self: the card
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 */
void
plancia_plant_now_update (PlanciaPlantNow *self, GPtrArray *devices)
{
  g_autoptr (GPtrArray)
    counted = plancia_plant_sum_list_counted (devices, PLANCIA_QUANTITY_AC_POWER);
  g_autoptr (GPtrArray) silent = plancia_plant_sum_list_silent (devices);
  g_autofree char   *batteries = count_batteries (devices);
  g_autofree char   *sources = count_sources (counted);
  PlanciaFlowReading reading;

  plancia_flow_reading_init (&reading);
  read_node (&reading, PLANCIA_FLOW_SUN, devices, PLANCIA_QUANTITY_PV_POWER);
  read_node (&reading, PLANCIA_FLOW_BATTERY, devices, PLANCIA_QUANTITY_BATTERY_POWER);
  read_node (&reading, PLANCIA_FLOW_HOME, devices, PLANCIA_QUANTITY_LOAD_POWER);
  read_node (&reading, PLANCIA_FLOW_GRID, devices, PLANCIA_QUANTITY_GRID_POWER);
  reading.name[PLANCIA_FLOW_HOME] = _("Loads");
  reading.name[PLANCIA_FLOW_BATTERY] = _("Storage");
  reading.detail[PLANCIA_FLOW_BATTERY] = batteries;
  reading.hub_detail = sources;
  reading.charge = find_charge (devices);
  reading.ac_power = sum_or_nan (devices, PLANCIA_QUANTITY_AC_POWER);

  plancia_power_flow_set (PLANCIA_POWER_FLOW (self->flow), &reading);
  show_source (self, counted, silent);
}
