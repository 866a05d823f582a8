/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-card.h"

#include "model/device-alarms.h"
#include "ui/device-curve.h"
#include "ui/device-words.h"
#include "ui/figure.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>

struct _PlanciaDeviceCard
{
  GtkBox parent_instance;

  PlanciaSession  *session;
  GTimeZone       *zone;
  PlanciaDevice   *device;
  PlanciaDayCurve *day; /* or NULL */

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *mark;
  GtkWidget *value;
  GtkWidget *today;
  GtkWidget *curve;
  GtkWidget *state;
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDeviceCard, plancia_device_card, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* --- figures --------------------------------------------------------------------------------- */

static char *
state_with_alarms (PlanciaDeviceCard *self)
{
  char            *state = plancia_device_words_state (self->device, self->zone);
  guint            n = plancia_device_alarms_get_n_open (plancia_device_alarms_for (self->device));
  g_autofree char *bare = state;
  g_autofree char *alarms = NULL;

  if (n == 0 || plancia_device_get_mark (self->device) != PLANCIA_MARK_LIVE)
    return g_steal_pointer (&bare);
  alarms = g_strdup_printf (ngettext ("%u alarm", "%u alarms", n), n);
  return g_strdup_printf ("%s \xc2\xb7 %s", bare, alarms);
}

/* Said in one sentence, since the card is one stop of Tab. */
static void
describe (PlanciaDeviceCard *self, const char *value, const char *unit, const char *state)
{
  g_autofree char *words =
    g_strdup_printf ("%s, %s %s, %s", plancia_device_get_name (self->device), value, unit, state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
update (PlanciaDeviceCard *self)
{
  const char      *name = plancia_device_get_name (self->device);
  g_autofree char *unit = NULL;
  g_autofree char *value = plancia_device_words_value (self->device, &unit);
  g_autofree char *today = plancia_device_words_today (self->device, self->zone);
  g_autofree char *state = state_with_alarms (self);

  gtk_label_set_text (GTK_LABEL (self->name), name);
  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (self->mark),
                               plancia_device_get_mark (self->device));
  plancia_figure_set (GTK_INSCRIPTION (self->value), value, unit);
  plancia_figure_set_text (GTK_INSCRIPTION (self->today), today);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), state) != 0) {
    plancia_figure_set_text (GTK_INSCRIPTION (self->state), state);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), state);
  }
  describe (self, value, unit, state);
}

static void
update_curve (PlanciaDeviceCard *self)
{
  plancia_device_curve_show (PLANCIA_MINI_CURVE (self->curve), self->device, self->day, self->zone);
}

static void
update_all (PlanciaDeviceCard *self)
{
  update (self);
  update_curve (self);
}

/* The history is found by the serial number, which may be read only now. */
static void
load (PlanciaDeviceCard *self)
{
  if (self->day && gtk_widget_get_mapped (GTK_WIDGET (self)))
    plancia_day_curve_load (self->day);
}

static void
take_readings (PlanciaDeviceCard *self)
{
  update (self);
  load (self);
}

static void
plancia_device_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_device_card_parent_class)->map (widget);
  load (PLANCIA_DEVICE_CARD (widget));
}

/* --- activation ------------------------------------------------------------------------------ */

static void
released (PlanciaDeviceCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
plancia_device_card_activate (PlanciaDeviceCard *self)
{
  plancia_session_set_device (self->session, self->device);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_device_card_dispose (GObject *object)
{
  PlanciaDeviceCard *self = PLANCIA_DEVICE_CARD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->device);
  g_clear_object (&self->day);

  G_OBJECT_CLASS (plancia_device_card_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, icon);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, name);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, mark);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, value);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, today);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, curve);
  gtk_widget_class_bind_template_child (klass, PlanciaDeviceCard, state);
}

static void
add_bindings (GtkWidgetClass *klass)
{
  static const guint keys[] = {GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_signal (klass, keys[i], 0, "activate", NULL);
}

static void
plancia_device_card_class_init (PlanciaDeviceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_device_card_dispose;
  widget_class->map = plancia_device_card_map;

  signals[SIGNAL_ACTIVATE] = g_signal_new_class_handler ("activate",
                                                         G_TYPE_FROM_CLASS (klass),
                                                         G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                         G_CALLBACK (plancia_device_card_activate),
                                                         NULL,
                                                         NULL,
                                                         NULL,
                                                         G_TYPE_NONE,
                                                         0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  add_bindings (widget_class);

  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  g_type_ensure (PLANCIA_TYPE_MINI_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/device-card.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, released);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
plancia_device_card_init (PlanciaDeviceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (PlanciaDeviceCard *self, const char *signal, GCallback callback)
{
  g_signal_connect_object (self->device, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
follow_day (PlanciaDeviceCard *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (!plant)
    return;
  self->day = g_object_ref (plancia_day_curve_for (plant, self->device));
  g_signal_connect_object (self->day,
                           "changed",
                           G_CALLBACK (update_curve),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * plancia_device_card_new:
 * @session: whose device it sets when it is activated
 * @device: a leaf of the tree
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
plancia_device_card_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaDeviceCard *self = g_object_new (PLANCIA_TYPE_DEVICE_CARD, NULL);

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  self->device = g_object_ref (device);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), plancia_device_words_icon (device));
  follow_day (self);
  follow (self, "readings", G_CALLBACK (take_readings));
  follow (self, "notify::name", G_CALLBACK (update));
  follow (self, "notify::state", G_CALLBACK (update_all));
  follow (self, "notify::problem", G_CALLBACK (update));
  follow (self, "notify::map", G_CALLBACK (update_all));
  g_signal_connect_object (plancia_device_alarms_for (device),
                           "changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update_all (self);
  return GTK_WIDGET (self);
}

PlanciaDevice *
plancia_device_card_get_device (PlanciaDeviceCard *self)
{
  return self->device;
}
