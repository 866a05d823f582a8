/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/line-group.h"

#include "base/text.h"
#include "ui/device-row.h"
#include "ui/device-words.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/hub-consent.h"
#include "ui/state-chip.h"
#include "ui/state-mark.h"
#include "ui/sweep-dialog.h"
#include <glib/gi18n.h>
#include <string.h>

#define SEPARATOR " \xc2\xb7 "

struct _PlanciaLineGroup
{
  AdwPreferencesGroup parent_instance;

  PlanciaSession *session;
  GTimeZone      *zone;
  PlanciaDevice  *line; /* or NULL */
  PlanciaBackend *backend;
  gulong          state_id; /* on the backend */
  PlanciaAddress *address;  /* of the line */

  GtkWidget         *chip;
  GtkWidget         *look;
  GtkWidget         *toggle;
  GtkWidget         *taken_row;
  GtkWidget         *take;
  PlanciaHelpButton *help;
  GtkWidget         *problem_row;
  GtkWidget         *empty_row;
  GPtrArray         *rows; /* PlanciaDeviceRow, in the group */
};

G_DEFINE_FINAL_TYPE (PlanciaLineGroup, plancia_line_group, ADW_TYPE_PREFERENCES_GROUP)

static void update (PlanciaLineGroup *self);

/* --- words ----------------------------------------------------------------------------------- */

static const char *
name_of_line (PlanciaHubLine which)
{
  switch (which) {
  case PLANCIA_HUB_LINE_METERS:
    return _("Meters");
  case PLANCIA_HUB_LINE_CHARGERS:
    return _("EV chargers");
  case PLANCIA_HUB_LINE_INVERTERS:
  case PLANCIA_HUB_LINE_NONE:
  default:
    return _("Inverters");
  }
}

/* The HUB sets a pause between requests; a device may need a longer one. */
static guint
find_pause (PlanciaLineGroup *self)
{
  PlanciaEntry *entry = plancia_device_get_entry (self->line);
  guint         pause = plancia_address_get_spacing (plancia_entry_get_address (entry));

  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaDevice *device = plancia_device_row_get_device (g_ptr_array_index (self->rows, i));
    PlanciaMap    *map = plancia_device_get_map (device);

    if (map)
      pause = MAX (pause, plancia_map_get_limits (map)->min_interval_ms);
  }
  return pause;
}

static char *
format_duration (guint milliseconds)
{
  g_autofree char *seconds = plancia_text_number (milliseconds / 1000.0,
                                                  milliseconds % 1000 ? 1 : 0);

  if (milliseconds < 1000)
    return g_strdup_printf ("%u\xc2\xa0ms", milliseconds);
  return g_strdup_printf ("%s\xc2\xa0s", seconds);
}

static void
append_pace (PlanciaLineGroup *self, GString *text)
{
  guint              pause = find_pause (self);
  g_autofree char   *duration = format_duration (pause);
  PlanciaLinkQuality quality = {0};

  plancia_backend_get_quality (self->backend, &quality);
  g_string_append (text, SEPARATOR);
  if (pause > 0)
    /* Translators: how much time passes between two requests on the line: "3 s" */
    g_string_append_printf (text, _("%s between requests"), duration);
  else
    g_string_append (text, _("one request at a time"));
  if (quality.n_latencies > 0 && quality.latency_median > 0)
    /* Translators: how long an answer takes; the median of the last requests */
    g_string_append_printf (text,
                            SEPARATOR "%s\xc2\xa0%u\xc2\xa0ms",
                            C_ ("latency", "answers in"), quality.latency_median);
}

static char *
make_description (PlanciaLineGroup *self)
{
  PlanciaMark mark = plancia_state_chip_mark_of (self->backend);
  GString    *text = g_string_new (NULL);

  /* Translators: TCP port of a line of the HUB */
  g_string_append_printf (text, _("Port %u"), plancia_address_get_port (self->address));
  if (!self->backend)
    return g_string_free (text, FALSE);

  g_string_append (text, SEPARATOR);
  if (mark == PLANCIA_MARK_LIVE)
    g_string_append (text, _("held by Plancia"));
  else if (mark == PLANCIA_MARK_TAKEN_OVER)
    g_string_append (text, _("let go by Plancia"));
  else if (mark == PLANCIA_MARK_CLOSED)
    g_string_append (text, _("free for other clients"));
  else
    g_string_append (text, _("Plancia tries to connect"));
  if (mark == PLANCIA_MARK_LIVE)
    append_pace (self, text);
  return g_string_free (text, FALSE);
}

/* --- state ----------------------------------------------------------------------------------- */

static void
show_taken (PlanciaLineGroup *self)
{
  PlanciaLinkQuality quality = {0};
  g_autofree char   *time = NULL;
  g_autofree char   *text = NULL;

  plancia_backend_get_quality (self->backend, &quality);
  time = plancia_device_words_time (quality.last_good, self->zone);
  if (quality.last_good != 0)
    /* Translators: %s is a time of day */
    text =
      g_strdup_printf (_("Last answer to Plancia at %s. A HUB line serves one client: Plancia let "
                              "go and does not try again by itself."),
                          time);
  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (self->taken_row),
    text ? text
         : _("A HUB line serves one client: Plancia let go and does not try again by itself."));
}

static void
show_problem (PlanciaLineGroup *self)
{
  const GError *error = plancia_backend_get_error (self->backend);
  const char   *advice = error ? plancia_error_advice (error) : NULL;

  plancia_help_button_set_error (self->help, error);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row),
                                 error ? plancia_error_text (error) : _("No answer"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row), advice ? advice : "");
}

static void
show_button (PlanciaLineGroup *self, PlanciaMark mark)
{
  gboolean closed = mark == PLANCIA_MARK_CLOSED;
  gboolean closing = self->backend &&
                     plancia_backend_get_state (self->backend) == PLANCIA_STATE_CLOSING;

  gtk_widget_set_visible (self->toggle, self->backend && mark != PLANCIA_MARK_TAKEN_OVER);
  gtk_widget_set_sensitive (self->toggle, !closing);
  gtk_button_set_label (GTK_BUTTON (self->toggle), closed ? _("Connect") : _("Release"));
  gtk_widget_set_tooltip_text (self->toggle,
                               closed
                               ? _("Connect: another client on this line loses it")
                               : _("Release: another client can have the line"));
}

static void
backend_changed (PlanciaLineGroup *self)
{
  update (self);
}

static void
follow_backend (PlanciaLineGroup *self)
{
  PlanciaBackend *backend = self->line ? plancia_device_get_backend (self->line) : NULL;

  if (backend == self->backend)
    return;
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_set_object (&self->backend, backend);
  if (backend)
    self->state_id =
      g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (backend_changed), self);
}

static void
update (PlanciaLineGroup *self)
{
  g_autofree char *description = NULL;
  PlanciaMark      mark;

  follow_backend (self);
  mark = plancia_state_chip_mark_of (self->backend);
  description = make_description (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  gtk_widget_set_visible (self->chip, self->backend != NULL);
  plancia_state_chip_set (PLANCIA_STATE_CHIP (self->chip), mark, NULL);
  show_button (self, mark);

  gtk_widget_set_visible (self->taken_row, mark == PLANCIA_MARK_TAKEN_OVER);
  gtk_widget_set_visible (self->problem_row, mark == PLANCIA_MARK_FAILING);
  gtk_widget_set_visible (self->empty_row, self->rows->len == 0);
  if (mark == PLANCIA_MARK_TAKEN_OVER)
    show_taken (self);
  else if (mark == PLANCIA_MARK_FAILING)
    show_problem (self);
}

/* --- devices --------------------------------------------------------------------------------- */

static char *
caption_of (PlanciaDevice *device)
{
  int unit =
    plancia_address_get_unit (plancia_entry_get_address (plancia_device_get_entry (device)));
  const PlanciaReading *serial = plancia_device_lookup (device, "serial_number");
  PlanciaMap           *map = plancia_device_get_map (device);
  GString              *text = g_string_new (NULL);

  /* Translators: RS485 address of a device */
  g_string_append_printf (text, _("Address %d"), unit);
  if (serial && serial->value.kind == PLANCIA_VALUE_TEXT)
    g_string_append_printf (text, SEPARATOR "\xe2\x81\xa6%s\xe2\x81\xa9", serial->value.text);
  else if (map)
    g_string_append_printf (text, SEPARATOR "%s", plancia_map_label (plancia_map_get_name (map)));
  return g_string_free (text, FALSE);
}

static void
caption_row (AdwActionRow *row)
{
  g_autofree char *caption = caption_of (plancia_device_row_get_device (PLANCIA_DEVICE_ROW (row)));

  if (g_strcmp0 (adw_action_row_get_subtitle (row), caption) != 0)
    adw_action_row_set_subtitle (row, caption);
}

static void
add_row (PlanciaLineGroup *self, PlanciaDevice *device)
{
  GtkWidget *row = plancia_device_row_new (self->session, device);

  caption_row (ADW_ACTION_ROW (row));
  g_signal_connect_object (device, "readings", G_CALLBACK (caption_row), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::map", G_CALLBACK (caption_row), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
devices_changed (PlanciaLineGroup *self)
{
  GListModel *children = plancia_device_get_children (self->line);

  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaDeviceRow *row = g_ptr_array_index (self->rows, i);

    g_signal_handlers_disconnect_by_data (plancia_device_row_get_device (row), self);
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (children, i);

    add_row (self, device);
  }
  update (self);
}

/* --- actions --------------------------------------------------------------------------------- */

static GtkWindow *
window_of (PlanciaLineGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
toggle_clicked (PlanciaLineGroup *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (!plant || !self->line)
    return;
  if (plancia_state_chip_mark_of (self->backend) == PLANCIA_MARK_CLOSED)
    plancia_hub_consent_connect (window_of (self), plant, self->line);
  else
    plancia_open_plant_disconnect (plant, self->line);
}

static void
look_clicked (PlanciaLineGroup *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  GtkWindow        *window = window_of (self);

  if (plant && self->line)
    gtk_window_present (plancia_sweep_dialog_new (window, plant, self->line));
  else if (plant)
    gtk_window_present (plancia_sweep_dialog_new_for_address (window, plant, self->address));
}

static void
take_clicked (PlanciaLineGroup *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (plant && self->line)
    plancia_hub_consent_take_back (window_of (self), plant, self->line);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_line_group_dispose (GObject *object)
{
  PlanciaLineGroup *self = PLANCIA_LINE_GROUP (object);

  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_clear_object (&self->backend);
  g_clear_object (&self->line);
  g_clear_pointer (&self->address, plancia_address_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (plancia_line_group_parent_class)->dispose (object);
}

static void
plancia_line_group_class_init (PlanciaLineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_line_group_dispose;

  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/line-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, look);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, toggle);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, taken_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, take);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, problem_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLineGroup, empty_row);
  gtk_widget_class_bind_template_callback (widget_class, look_clicked);
  gtk_widget_class_bind_template_callback (widget_class, toggle_clicked);
  gtk_widget_class_bind_template_callback (widget_class, take_clicked);
}

static void
plancia_line_group_init (PlanciaLineGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow_line (PlanciaLineGroup *self)
{
  g_signal_connect_object (plancia_device_get_children (self->line),
                           "items-changed",
                           G_CALLBACK (devices_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line,
                           "notify::state",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  devices_changed (self);
}

/* A line that the plant does not have yet is at its usual port, at the pace of the HUB. (transfer full) */
static PlanciaAddress *
address_of_line (PlanciaDevice *hub, PlanciaHubLine which)
{
  static const char *const names[] = {
    [PLANCIA_HUB_LINE_INVERTERS] = "inverters",
    [PLANCIA_HUB_LINE_METERS] = "meters",
    [PLANCIA_HUB_LINE_CHARGERS] = "chargers",
  };
  const char *host =
    plancia_address_get_host (plancia_entry_get_address (plancia_device_get_entry (hub)));
  gboolean         ipv6 = strchr (host, ':') != NULL;
  g_autofree char *text =
    g_strdup_printf ("hub://%s%s%s/%s", ipv6 ? "[" : "", host, ipv6 ? "]" : "", names[which]);

  return plancia_address_parse (text, NULL);
}

/**
 * plancia_line_group_new:
 * @session: the session
 * @hub: the HUB, or the line
 * @line: (nullable): the line's device; NULL if the plant has nothing on it
 * @which: which of the three
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
plancia_line_group_new (PlanciaSession *session,
                        PlanciaDevice  *hub,
                        PlanciaDevice  *line,
                        PlanciaHubLine  which)
{
  PlanciaLineGroup *self = g_object_new (PLANCIA_TYPE_LINE_GROUP, NULL);
  PlanciaEntry     *entry = line ? plancia_device_get_entry (line) : NULL;
  g_autofree char  *title = NULL;

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  self->line = line ? g_object_ref (line) : NULL;
  self->address = entry ? plancia_address_ref (plancia_entry_get_address (entry))
                        : address_of_line (hub, which);
  gtk_widget_set_visible (self->look, plancia_unit_sweep_is_possible (self->address, NULL));
  title = g_markup_escape_text (line ? plancia_device_get_name (line) : name_of_line (which), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  if (line)
    follow_line (self);
  else
    update (self);
  return GTK_WIDGET (self);
}
