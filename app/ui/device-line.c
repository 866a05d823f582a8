/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-line.h"

#include "base/text.h"
#include "ui/device-curve.h"
#include "ui/device-words.h"
#include "ui/figure.h"
#include "ui/state-mark.h"

#define LIST_HEIGHT 480

struct _PlanciaDeviceLine
{
  GtkBox parent_instance;

  PlanciaSession  *session;
  GTimeZone       *zone;
  PlanciaDevice   *device; /* or NULL */
  PlanciaDayCurve *day;    /* or NULL */

  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *curve;
  GtkWidget *value;
  GtkWidget *today;
  GtkWidget *mark;
};

G_DEFINE_FINAL_TYPE (PlanciaDeviceLine, plancia_device_line, GTK_TYPE_BOX)

static void
update (PlanciaDeviceLine *self)
{
  g_autofree char *unit = NULL;
  g_autofree char *value = plancia_device_words_value (self->device, &unit);
  g_autofree char *today = plancia_device_words_today (self->device, self->zone);
  g_autofree char *state = plancia_device_words_state (self->device, self->zone);
  g_autofree char *figure = plancia_text_with_unit (value, unit);

  plancia_figure_set_text (GTK_INSCRIPTION (self->name), plancia_device_get_name (self->device));
  plancia_figure_set_text (GTK_INSCRIPTION (self->value), figure);
  plancia_figure_set_text (GTK_INSCRIPTION (self->today), today);
  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (self->mark),
                               plancia_device_get_mark (self->device));
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), state) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), state);
}

static void
update_curve (PlanciaDeviceLine *self)
{
  plancia_device_curve_show (PLANCIA_MINI_CURVE (self->curve), self->device, self->day, self->zone);
}

/* The history is found by the serial number, which may be read only now. */
static void
take_readings (PlanciaDeviceLine *self)
{
  update (self);
  if (self->day)
    plancia_day_curve_load (self->day);
}

static void
let_go (PlanciaDeviceLine *self)
{
  if (self->day)
    g_signal_handlers_disconnect_by_data (self->day, self);
  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->day);
  g_clear_object (&self->device);
}

static void
plancia_device_line_dispose (GObject *object)
{
  PlanciaDeviceLine *self = PLANCIA_DEVICE_LINE (object);

  let_go (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_device_line_parent_class)->dispose (object);
}

static void
plancia_device_line_class_init (PlanciaDeviceLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_device_line_dispose;

  g_type_ensure (PLANCIA_TYPE_MINI_CURVE);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/device-line.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, curve);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, value);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, today);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceLine, mark);
}

static void
plancia_device_line_init (PlanciaDeviceLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_device_line_new:
 * @session: whose plant has the curves
 *
 * Returns: (transfer floating): a line without a device
 */
GtkWidget *
plancia_device_line_new (PlanciaSession *session)
{
  PlanciaDeviceLine *self = g_object_new (PLANCIA_TYPE_DEVICE_LINE, NULL);

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  return GTK_WIDGET (self);
}

void
plancia_device_line_set_device (PlanciaDeviceLine *self, PlanciaDevice *device)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  let_go (self);
  if (!device)
    return;

  self->device = g_object_ref (device);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), plancia_device_words_icon (device));
  g_signal_connect_swapped (device, "readings", G_CALLBACK (take_readings), self);
  g_signal_connect_swapped (device, "notify", G_CALLBACK (update), self);
  if (plant) {
    self->day = g_object_ref (plancia_day_curve_for (plant, device));
    g_signal_connect_swapped (self->day, "changed", G_CALLBACK (update_curve), self);
    plancia_day_curve_load (self->day);
  }
  update (self);
  update_curve (self);
}

/* --- list ------------------------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PlanciaSession *session)
{
  gtk_list_item_set_child (item, plancia_device_line_new (session));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  plancia_device_line_set_device (PLANCIA_DEVICE_LINE (gtk_list_item_get_child (item)),
                                  gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  plancia_device_line_set_device (PLANCIA_DEVICE_LINE (gtk_list_item_get_child (item)), NULL);
}

static void
activated_cb (GtkListView *view, guint position, PlanciaSession *session)
{
  g_autoptr (PlanciaDevice)
    device = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  plancia_session_set_device (session, device);
}

static GtkSelectionModel *
new_model (GPtrArray *devices)
{
  GListStore *store = g_list_store_new (PLANCIA_TYPE_DEVICE);

  g_list_store_splice (store, 0, 0, devices->pdata, devices->len);
  return GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (store)));
}

/**
 * plancia_device_line_list_new:
 * @session: whose device an activated line sets
 * @devices: (element-type PlanciaDevice): in their order
 *
 * Returns: (transfer floating): the list, as a card
 */
GtkWidget *
plancia_device_line_list_new (PlanciaSession *session, GPtrArray *devices)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *view = gtk_list_view_new (new_model (devices), factory);
  GtkWidget          *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), session, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_signal_connect_object (view, "activate", G_CALLBACK (activated_cb), session, 0);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "device-lines");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}
