/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-power.h"

#include "base/text.h"
#include "model/day-curve.h"
#include "ui/day-chart.h"
#include "ui/device-words.h"
#include <glib/gi18n.h>
#include <math.h>

struct _PlanciaPscPower
{
  GtkBox parent_instance;

  PlanciaDevice *device;

  GtkWidget *without;
  GtkWidget *value;
  GtkWidget *unit;
  GtkWidget *rated;
  GtkWidget *today;
  GtkWidget *factor;
  GtkWidget *chart;
};

/* Figures of the inverters that answer. NAN: at least one of them does not say. */
typedef struct
{
  guint  all, heard;
  double active;   /* W */
  double reactive; /* var */
  double rated;    /* W, of all of them */
  double energy;   /* kWh today */
} Sum;

G_DEFINE_FINAL_TYPE (PlanciaPscPower, plancia_psc_power, GTK_TYPE_BOX)

static double
quantity_or_nan (PlanciaDevice *device, PlanciaQuantity quantity)
{
  double value = NAN;

  return plancia_device_get_quantity (device, quantity, &value) ? value : NAN;
}

static double
number_or_nan (PlanciaDevice *device, const char *key)
{
  const PlanciaReading *reading = plancia_device_lookup (device, key);

  return reading && reading->value.kind == PLANCIA_VALUE_NUMBER ? reading->value.number : NAN;
}

static Sum
sum_up (PlanciaPscPower *self)
{
  GListModel *inverters = plancia_device_get_children (self->device);
  Sum         sum = {.all = g_list_model_get_n_items (inverters)};

  for (guint i = 0; i < sum.all; i++) {
    g_autoptr (PlanciaDevice) inverter = g_list_model_get_item (inverters, i);

    sum.rated += quantity_or_nan (inverter, PLANCIA_QUANTITY_RATED_POWER);
    if (!plancia_device_words_is_current (inverter))
      continue;
    sum.heard++;
    sum.active += quantity_or_nan (inverter, PLANCIA_QUANTITY_AC_POWER);
    sum.reactive += number_or_nan (inverter, "output_reactive_power");
    sum.energy += quantity_or_nan (inverter, PLANCIA_QUANTITY_ENERGY_PV);
  }
  if (sum.heard == 0)
    sum.active = sum.reactive = sum.energy = NAN;
  return sum;
}

static void
show_power (PlanciaPscPower *self, const Sum *sum)
{
  const char      *unit, *rated_unit;
  g_autofree char *number = plancia_text_power (sum->active, &unit);
  g_autofree char *rated = plancia_text_power (sum->rated, &rated_unit);
  /* Translators: number and unit of the power for which the inverters are built */
  g_autofree char *words = g_strdup_printf (_("of %s\xc2\xa0%s rated"), rated, rated_unit);

  gtk_label_set_text (GTK_LABEL (self->value), number);
  gtk_label_set_text (GTK_LABEL (self->unit), unit);
  gtk_label_set_text (GTK_LABEL (self->rated), isnan (sum->rated) ? "" : words);
}

/* Of all together: what stands between the sums of active and reactive power. */
static void
show_factor (PlanciaPscPower *self, const Sum *sum)
{
  double           apparent = hypot (sum->active, sum->reactive);
  double           factor = apparent >= 100 ? fabs (sum->active) / apparent : NAN;
  g_autofree char *text = plancia_text_number (factor, 2);

  gtk_label_set_text (GTK_LABEL (self->factor), text);
}

static void
show_without (PlanciaPscPower *self, const Sum *sum)
{
  guint            silent = sum->all - sum->heard;
  g_autofree char *text =
    g_strdup_printf (ngettext ("without %u silent inverter", "without %u silent inverters", silent),
                     silent);

  gtk_label_set_text (GTK_LABEL (self->without), silent > 0 ? text : "");
}

static void
plancia_psc_power_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_PSC_POWER (object)->device);

  G_OBJECT_CLASS (plancia_psc_power_parent_class)->dispose (object);
}

static void
plancia_psc_power_class_init (PlanciaPscPowerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_psc_power_dispose;

  g_type_ensure (PLANCIA_TYPE_DAY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/psc-power.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, without);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, value);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, unit);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, rated);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, today);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, factor);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPower, chart);
}

static void
plancia_psc_power_init (PlanciaPscPower *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_psc_power_new:
 *
 * Returns: (transfer floating): the card, without a device
 */
GtkWidget *
plancia_psc_power_new (void)
{
  return g_object_new (PLANCIA_TYPE_PSC_POWER, NULL);
}

/**
 * plancia_psc_power_set_device:
 * @self: the card
 * @plant: (nullable): where the device is
 * @device: a PSC 100
 */
void
plancia_psc_power_set_device (PlanciaPscPower *self, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  g_set_object (&self->device, device);
  if (plant)
    plancia_day_chart_set_curve (PLANCIA_DAY_CHART (self->chart),
                                 plancia_day_curve_for (plant, device),
                                 plancia_plant_get_zone (plancia_open_plant_get_plant (plant)));
  plancia_psc_power_update (self);
}

void
plancia_psc_power_update (PlanciaPscPower *self)
{
  Sum              sum = sum_up (self);
  g_autofree char *energy = plancia_device_words_energy (sum.energy);

  show_power (self, &sum);
  show_factor (self, &sum);
  show_without (self, &sum);
  gtk_label_set_text (GTK_LABEL (self->today), energy);
}
