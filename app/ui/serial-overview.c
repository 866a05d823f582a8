/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/serial-overview.h"

#include "model/device-figure.h"
#include "ui/device-words.h"
#include "ui/port-problem.h"
#include "ui/state-chip.h"
#include <glib/gi18n.h>

struct _PlanciaSerialOverview
{
  AdwBin parent_instance;

  PlanciaSession    *session;
  GTimeZone         *zone;
  PlanciaDevice     *device;
  PlanciaBackend    *backend;
  gulong             state_id; /* on the backend */
  PlanciaPortAccess *access;   /* or NULL */
  GCancellable      *cancellable;
  gboolean           explains;

  GtkWidget *supply_group;
  GtkWidget *unplugged;
  GtkWidget *problem;
  GtkWidget *port_group;
  GtkWidget *port_row;
  GtkWidget *port_icon;
  GtkWidget *chip;
  GtkWidget *toggle;
  GtkWidget *format;
  GtkWidget *unit_row;
  GtkWidget *unit;
  GtkWidget *permission_row;
  GtkWidget *readings_group;
  GtkWidget *state_row;
  GtkWidget *power_row;
  GtkWidget *power;
  GtkWidget *console_group;
};

G_DEFINE_FINAL_TYPE (PlanciaSerialOverview, plancia_serial_overview, ADW_TYPE_BIN)

static gboolean
is_console (PlanciaSerialOverview *self)
{
  return g_str_equal (plancia_device_get_kind (self->device), "console");
}

static PlanciaAddress *
address_of (PlanciaSerialOverview *self)
{
  return plancia_entry_get_address (plancia_device_get_entry (self->device));
}

static const char *
path_of (PlanciaSerialOverview *self)
{
  return plancia_address_get_device (address_of (self));
}

static PlanciaMark
connection_mark (PlanciaSerialOverview *self)
{
  return plancia_state_chip_mark_of (self->backend);
}

/* --- one supply only ------------------------------------------------------------------------- */

/* The promise holds for this session of this device: the next start asks again. */
static char *
promise_key (PlanciaSerialOverview *self)
{
  return g_strconcat ("plancia-unplugged-", plancia_device_get_id (self->device), NULL);
}

static gboolean
is_unplugged (PlanciaSerialOverview *self)
{
  g_autofree char *key = promise_key (self);

  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self->session), key));
}

static void
show_supply (PlanciaSerialOverview *self)
{
  gtk_widget_set_visible (self->supply_group, is_console (self) && !is_unplugged (self));
}

static void
unplugged_toggled (PlanciaSerialOverview *self)
{
  g_autofree char *key = promise_key (self);
  gboolean         active = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->unplugged));

  g_object_set_data (G_OBJECT (self->session), key, GINT_TO_POINTER (active));
  show_supply (self);
}

/* --- port ------------------------------------------------------------------------------------ */

static void
show_format (PlanciaSerialOverview *self)
{
  PlanciaAddress  *address = address_of (self);
  g_autofree char *format = g_strdup_printf ("%u %s",
                                             plancia_address_get_baud (address),
                                             plancia_address_get_format (address));
  g_autofree char *unit = g_strdup_printf ("%d", plancia_address_get_unit (address));

  gtk_label_set_text (GTK_LABEL (self->format), format);
  gtk_label_set_text (GTK_LABEL (self->unit), unit);
  gtk_widget_set_visible (self->unit_row, plancia_address_get_unit (address) >= 0);
}

/* A port of the system by its whole name; the folders of any other one say nothing. */
static void
show_port (PlanciaSerialOverview *self)
{
  const char      *path = path_of (self);
  g_autofree char *place = plancia_device_place (self->device);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->port_row),
                                 g_str_has_prefix (path, "/dev/") ? path : place);
  gtk_widget_set_tooltip_text (self->port_row, path);
}

static void
show_toggle (PlanciaSerialOverview *self)
{
  gboolean     closed = connection_mark (self) == PLANCIA_MARK_CLOSED;
  PlanciaState state = self->backend ? plancia_backend_get_state (self->backend)
                                     : PLANCIA_STATE_CLOSED;

  gtk_button_set_label (GTK_BUTTON (self->toggle),
                        closed
                        ? C_("port", "Open") : C_("port", "Close"));
  gtk_widget_set_visible (self->toggle, self->backend != NULL);
  gtk_widget_set_sensitive (self->toggle, state != PLANCIA_STATE_CLOSING);
  if (closed)
    gtk_widget_add_css_class (self->toggle, "suggested-action");
  else
    gtk_widget_remove_css_class (self->toggle, "suggested-action");
}

static char *
describe_access (PlanciaSerialOverview *self)
{
  if (self->access->owned)
    return g_strdup (_("the port belongs to this user"));
  if (self->access->in_group && self->access->group)
    return g_strdup_printf (_("group %s, this user is in it"), self->access->group);
  return g_strdup (_("this user may read and write"));
}

static void
show_permission (PlanciaSerialOverview *self)
{
  gboolean         granted = self->access && self->access->exists && self->access->allowed;
  g_autofree char *text = granted ? describe_access (self) : NULL;

  gtk_widget_set_visible (self->permission_row, granted);
  if (text)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->permission_row), text);
}

static const char *
chip_text (PlanciaSerialOverview *self)
{
  const GError *error = self->backend ? plancia_backend_get_error (self->backend) : NULL;

  if (connection_mark (self) != PLANCIA_MARK_FAILING)
    return NULL;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? _("Permission denied")
                                                                           : NULL;
}

static const GError *
problem_of (PlanciaSerialOverview *self)
{
  PlanciaMark mark = plancia_device_get_mark (self->device);

  return mark == PLANCIA_MARK_FAILING ? plancia_device_get_error (self->device) : NULL;
}

/* --- readings -------------------------------------------------------------------------------- */

static void
show_readings (PlanciaSerialOverview *self)
{
  g_autofree char *state = plancia_device_words_state (self->device, self->zone);
  g_autofree char *today = plancia_device_words_today (self->device, self->zone);
  g_autofree char *unit = NULL;
  g_autofree char *value = plancia_device_words_value (self->device, &unit);
  g_autofree char *power = g_strdup_printf ("%s\xc2\xa0%s", value, unit);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state_row), state);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->power_row), today);
  gtk_label_set_text (GTK_LABEL (self->power), power);
}

/* --- following ------------------------------------------------------------------------------- */

static void update (PlanciaSerialOverview *self);

static void
follow_backend (PlanciaSerialOverview *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  if (backend == self->backend)
    return;
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_set_object (&self->backend, backend);
  if (backend)
    self->state_id = g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (update), self);
}

static void
update (PlanciaSerialOverview *self)
{
  follow_backend (self);
  self->explains = plancia_port_problem_set (PLANCIA_PORT_PROBLEM (self->problem),
                                             path_of (self),
                                             self->access,
                                             problem_of (self));
  plancia_state_chip_set (PLANCIA_STATE_CHIP (self->chip),
                          connection_mark (self),
                          chip_text (self));
  show_supply (self);
  show_toggle (self);
  show_permission (self);
  if (!is_console (self))
    show_readings (self);
}

static void
access_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PlanciaPortAccess     *access = plancia_port_access_query_finish (result, &error);
  PlanciaSerialOverview *self;

  /* Cancelled: the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_pointer (&self->access, plancia_port_access_free);
  self->access = access;
  update (self);
}

static void
ask_access (PlanciaSerialOverview *self)
{
  plancia_port_access_query_async (path_of (self), self->cancellable, access_cb, self);
}

static void
connect_device (PlanciaSerialOverview *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  ask_access (self);
  if (plant)
    plancia_open_plant_connect (plant, self->device);
}

static void
toggle_clicked (PlanciaSerialOverview *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (connection_mark (self) == PLANCIA_MARK_CLOSED)
    connect_device (self);
  else if (plant)
    plancia_open_plant_disconnect (plant, self->device);
}

/* A port may have been plugged in since. */
static void
plancia_serial_overview_map (GtkWidget *widget)
{
  PlanciaSerialOverview *self = PLANCIA_SERIAL_OVERVIEW (widget);

  GTK_WIDGET_CLASS (plancia_serial_overview_parent_class)->map (widget);
  if (self->device)
    ask_access (self);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_serial_overview_dispose (GObject *object)
{
  PlanciaSerialOverview *self = PLANCIA_SERIAL_OVERVIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_clear_object (&self->backend);
  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_serial_overview_parent_class)->dispose (object);
}

static void
plancia_serial_overview_finalize (GObject *object)
{
  PlanciaSerialOverview *self = PLANCIA_SERIAL_OVERVIEW (object);

  g_clear_pointer (&self->access, plancia_port_access_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (plancia_serial_overview_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, supply_group);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, unplugged);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, problem);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, port_group);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, port_row);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, port_icon);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, chip);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, toggle);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, format);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, unit_row);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, unit);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, permission_row);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, readings_group);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, state_row);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, power_row);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, power);
  gtk_widget_class_bind_template_child (klass, PlanciaSerialOverview, console_group);
}

static void
plancia_serial_overview_class_init (PlanciaSerialOverviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_serial_overview_dispose;
  object_class->finalize = plancia_serial_overview_finalize;
  widget_class->map = plancia_serial_overview_map;

  g_type_ensure (PLANCIA_TYPE_PORT_PROBLEM);
  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/serial-overview.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, unplugged_toggled);
  gtk_widget_class_bind_template_callback (widget_class, toggle_clicked);
  gtk_widget_class_bind_template_callback (widget_class, connect_device);
}

static void
plancia_serial_overview_init (PlanciaSerialOverview *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up (PlanciaSerialOverview *self)
{
  gboolean console = is_console (self);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->port_group),
                                         console
                                         ? _("USB-C, text terminal")
                                         : _("RS485 adapter"));
  show_port (self);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->port_icon),
                                console ? "plancia-usb-symbolic" : "plancia-serial-symbolic");
  gtk_widget_set_visible (self->console_group, console);
  gtk_widget_set_visible (self->readings_group, !console);
  show_format (self);
}

static void
follow (PlanciaSerialOverview *self, const char *signal)
{
  g_signal_connect_object (self->device, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * plancia_serial_overview_new:
 * @session: the session, which keeps what was promised about the CONNEXT's supply
 * @device: a device with a serial address
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_serial_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaSerialOverview *self = g_object_new (PLANCIA_TYPE_SERIAL_OVERVIEW, NULL);

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  self->device = g_object_ref (device);
  set_up (self);
  follow (self, "readings");
  follow (self, "notify::state");
  follow (self, "notify::problem");
  update (self);
  return GTK_WIDGET (self);
}

gboolean
plancia_serial_overview_explains (PlanciaSerialOverview *self)
{
  return self->explains;
}
