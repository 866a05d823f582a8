/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-card.h"

#include "model/device-alarms.h"
#include "ui/alarm-row.h"
#include "ui/figure.h"
#include <glib/gi18n.h>

#define MAX_OPEN 4 /* rows; the others are counted in the chip */

struct _PlanciaAlarmsCard
{
  GtkBox parent_instance;

  GtkLabel       *count_label;
  GtkBox         *rows;
  GtkWidget      *empty;
  GtkLabel       *empty_label;
  GtkInscription *empty_detail;

  PlanciaDevice       *device; /* keeps its list of alarms */
  PlanciaDeviceAlarms *alarms;
  GTimeZone           *zone;
  GSignalGroup        *signals;
  GSignalGroup        *device_signals;
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmsCard, plancia_alarms_card, GTK_TYPE_BOX)

static void
clear_rows (PlanciaAlarmsCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))))
    gtk_box_remove (self->rows, child);
}

static void
append_alarm (PlanciaAlarmsCard *self, const PlanciaAlarm *alarm)
{
  if (gtk_widget_get_first_child (GTK_WIDGET (self->rows)))
    gtk_box_append (self->rows, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (self->rows, plancia_alarm_row_new (alarm, NULL, self->zone));
}

/* Open ones as far as there is room, and the last that ended. */
static void
fill_rows (PlanciaAlarmsCard *self)
{
  guint n_open = plancia_device_alarms_get_n_open (self->alarms);
  guint n = plancia_device_alarms_get_length (self->alarms);

  clear_rows (self);
  for (guint i = 0; i < MIN (n_open, MAX_OPEN); i++)
    append_alarm (self, plancia_device_alarms_get (self->alarms, i));
  if (n > n_open && n_open < MAX_OPEN)
    append_alarm (self, plancia_device_alarms_get (self->alarms, n_open));
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
}

static void
show_count (PlanciaAlarmsCard *self, guint n_open)
{
  const PlanciaAlarm *worst = n_open > 0 ? plancia_device_alarms_get (self->alarms, 0) : NULL;
  GtkWidget          *chip = GTK_WIDGET (self->count_label);
  g_autofree char    *text = g_strdup_printf (ngettext ("%u open", "%u open", n_open), n_open);
  gboolean            fault = FALSE;

  for (guint i = 0; i < n_open && worst; i++)
    fault |= plancia_device_alarms_get (self->alarms, i)->severity == PLANCIA_SEVERITY_FAULT;
  gtk_label_set_text (self->count_label, text);
  gtk_widget_remove_css_class (chip, fault ? "warn" : "bad");
  gtk_widget_add_css_class (chip, fault ? "bad" : "warn");
  gtk_widget_set_visible (chip, n_open > 0);
}

/* "No open alarms" may only be said when the device was asked. */
static void
show_empty (PlanciaAlarmsCard *self)
{
  gint64           time = plancia_device_alarms_get_time (self->alarms);
  g_autofree char *clock = time > 0 ? plancia_figure_time (time, self->zone) : NULL;
  g_autofree char *detail = clock ? g_strdup_printf (_ ("Asked at %s"), clock) : NULL;
  gboolean         empty = plancia_device_alarms_get_length (self->alarms) == 0;

  gtk_widget_set_visible (self->empty, empty);
  gtk_widget_set_visible (gtk_widget_get_first_child (self->empty), time > 0);
  gtk_label_set_text (self->empty_label, time > 0 ? _ ("No open alarms") : _ ("Not asked yet"));
  plancia_figure_set_text (self->empty_detail, detail ? detail : "");
}

static void
update (PlanciaAlarmsCard *self)
{
  gboolean shown = self->alarms && plancia_device_alarms_supported (self->alarms);

  if (gtk_widget_get_visible (GTK_WIDGET (self)) != shown)
    gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  show_count (self, plancia_device_alarms_get_n_open (self->alarms));
  fill_rows (self);
  show_empty (self);
}

/* Only the time of the last question moves with each reading. */
static void
readings (PlanciaAlarmsCard *self)
{
  if (plancia_device_alarms_supported (self->alarms) &&
      plancia_device_alarms_get_length (self->alarms) == 0)
    show_empty (self);
}

static void
plancia_alarms_card_dispose (GObject *object)
{
  PlanciaAlarmsCard *self = PLANCIA_ALARMS_CARD (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->device_signals);
  self->alarms = NULL;
  g_clear_object (&self->device);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_alarms_card_parent_class)->dispose (object);
}

static void
plancia_alarms_card_class_init (PlanciaAlarmsCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_alarms_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/alarms-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsCard, count_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsCard, rows);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsCard, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsCard, empty_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsCard, empty_detail);
}

static void
plancia_alarms_card_init (PlanciaAlarmsCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (PLANCIA_TYPE_DEVICE_ALARMS);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
  self->device_signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->device_signals, "readings", G_CALLBACK (readings), self);
}

/**
 * plancia_alarms_card_set_device:
 * @self: the card
 * @device: (nullable): whose alarms it shows
 * @zone: (nullable): of the plant
 */
void
plancia_alarms_card_set_device (PlanciaAlarmsCard *self, PlanciaDevice *device, GTimeZone *zone)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  self->alarms = device ? plancia_device_alarms_for (device) : NULL;
  g_signal_group_set_target (self->signals, self->alarms);
  g_signal_group_set_target (self->device_signals, device);
  g_set_object (&self->device, device);
  update (self);
}
