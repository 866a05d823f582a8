/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sweep-dialog.h"

#include "ui/add-entry.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/hub-consent.h"
#include "ui/time-left.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaSweepDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *range_group;
  GtkSpinButton       *first_spin;
  GtkSpinButton       *last_spin;
  GtkWidget           *start_button;
  GtkWidget           *stop_button;
  GtkProgressBar      *bar;
  PlanciaHelpButton   *help;
  GtkLabel            *progress;
  AdwPreferencesGroup *found_group;
  GtkWidget           *empty_row;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device; /* or NULL: nothing is there yet */
  PlanciaAddress   *address;
  PlanciaUnitSweep *sweep;
  GPtrArray        *rows;    /* of the found group */
  GPtrArray        *buttons; /* that add, sensitive while nothing is asked */
  guint             tick_id; /* the time left goes by */
};

G_DEFINE_FINAL_TYPE (PlanciaSweepDialog, plancia_sweep_dialog, ADW_TYPE_WINDOW)

/* --- words ----------------------------------------------------------------------------------- */

static char *
running_text (PlanciaSweepDialog *self, guint done, guint all, int unit)
{
  g_autofree char *left = plancia_time_left_text (plancia_unit_sweep_get_time_left (self->sweep));

  if (unit == 0)
    return g_strdup (_("The connection is closed…"));
  /* Translators: unit that is asked now, how many were asked, how many in all */
  return g_strdup_printf (_("Unit %d · %u of %u · %s"), unit, done, all, left);
}

static char *
ended_text (PlanciaSweepDialog *self, guint done, guint all)
{
  const GError *error = plancia_unit_sweep_get_error (self->sweep);
  guint         n = self->rows->len;

  if (error) {
    const char *advice = plancia_error_advice (error);

    return g_strjoin (advice ? " " : "", plancia_error_text (error), advice, NULL);
  }
  if (done < all)
    /* Translators: how many units were asked, how many there were in all */
    return g_strdup_printf (_("Stopped after %u of %u."), done, all);
  return g_strdup_printf (ngettext ("Done: %u unit answers.", "Done: %u units answer.", n), n);
}

static void
show_progress (PlanciaSweepDialog *self)
{
  gboolean         running = plancia_unit_sweep_get_running (self->sweep);
  guint            done = 0, all = 0;
  int              unit = 0;
  g_autofree char *text = NULL;

  plancia_unit_sweep_get_progress (self->sweep, &done, &all, &unit);
  if (all > 0)
    text = running ? running_text (self, done, all, unit) : ended_text (self, done, all);
  gtk_label_set_text (self->progress, text ? text : "");
  plancia_help_button_set_error (self->help,
                                 running ? NULL : plancia_unit_sweep_get_error (self->sweep));
  gtk_progress_bar_set_fraction (self->bar, all > 0 ? (double) done / all : 0);
}

static void
update (PlanciaSweepDialog *self)
{
  gboolean running = plancia_unit_sweep_get_running (self->sweep);

  show_progress (self);
  gtk_widget_set_visible (self->start_button, !running);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->first_spin), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->last_spin), !running);
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->buttons, i), !running);
}

static gboolean
tick (gpointer user_data)
{
  PlanciaSweepDialog *self = user_data;

  if (plancia_unit_sweep_get_running (self->sweep))
    show_progress (self);
  return G_SOURCE_CONTINUE;
}

/* --- what is found --------------------------------------------------------------------------- */

static gboolean
is_in_plant (PlanciaSweepDialog *self, PlanciaAddress *address)
{
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (self->plant);
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);
  g_autofree char *wanted = plancia_address_to_string (address);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaEntry    *entry = plancia_device_get_entry (g_ptr_array_index (devices, i));
    g_autofree char *text = plancia_address_to_string (plancia_entry_get_address (entry));

    if (g_str_equal (text, wanted))
      return TRUE;
  }
  return FALSE;
}

static char *
name_for (PlanciaAddress *address)
{
  int unit = plancia_address_get_unit (address);

  if (plancia_address_get_line (address) == PLANCIA_HUB_LINE_METERS)
    /* Translators: name of a new device, with its number on the line */
    return g_strdup_printf (_("Meter %d"), unit);
  /* Translators: name of a new device, with its number on the line */
  return g_strdup_printf (_("Inverter %d"), unit);
}

/* Beside what is there on the same connection; a line that the plant does not have yet is made. */
static void
add_to_plant (PlanciaSweepDialog *self, const char *name, PlanciaAddress *address, const char *map)
{
  PlanciaPlant *plant = plancia_open_plant_get_plant (self->plant);
  PlanciaEntry *entry = self->device ? plancia_device_get_entry (self->device) : NULL;
  const char   *kind = plancia_add_entry_kind (address);
  g_autoptr (PlanciaEntry) added = NULL;

  if (!entry) {
    plancia_add_entry (plant, kind, name, address, map);
    return;
  }
  added = plancia_entry_new (NULL, kind, name, address);
  if (map)
    plancia_entry_set_map (added, map);
  plancia_plant_add (plant,
                     plancia_entry_is_device (entry) ? plancia_entry_get_parent (entry) : entry,
                     added);
}

static void
add_clicked (GtkButton *button, PlanciaSweepDialog *self)
{
  PlanciaAddress  *address = g_object_get_data (G_OBJECT (button), "address");
  g_autofree char *name = name_for (address);

  add_to_plant (self, name, address, g_object_get_data (G_OBJECT (button), "map"));
  plancia_open_plant_sync (self->plant);
  g_ptr_array_remove (self->buttons, button);
  gtk_button_set_label (button, _("Added"));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
}

/* NULL for what is there already. */
static GtkWidget *
make_add_button (PlanciaSweepDialog *self, PlanciaAddress *address, const char *map)
{
  GtkWidget *button;

  if (is_in_plant (self, address))
    return NULL;
  button = gtk_button_new_with_label (_("Add"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, FALSE);
  g_object_set_data_full (G_OBJECT (button),
                          "address",
                          plancia_address_ref (address),
                          (GDestroyNotify) plancia_address_unref);
  g_object_set_data_full (G_OBJECT (button), "map", g_strdup (map), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked), self, 0);
  g_ptr_array_add (self->buttons, button);
  return button;
}

static char *
describe (const PlanciaSweepUnit *unit, gboolean known)
{
  if (unit->damaged)
    return g_strdup (_("Its answer is damaged: perhaps two devices have this address"));
  if (known)
    return g_strdup (_("In the plant already"));
  if (unit->model)
    /* Translators: %s is the model of a meter */
    return g_strdup_printf (_("It answers like a %s"), unit->model);
  return g_strdup (unit->serial ? unit->serial : _("It answers"));
}

static void
found_cb (PlanciaSweepDialog *self, const PlanciaSweepUnit *unit)
{
  g_autoptr (PlanciaAddress) address = plancia_address_with_unit (self->address, unit->unit, NULL);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = address && !unit->damaged ? make_add_button (self, address, unit->map) : NULL;
  g_autofree char *title = g_strdup_printf (_("Unit %d"), unit->unit);
  g_autofree char *subtitle = describe (unit, !button);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (button)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->found_group, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (self->empty_row, FALSE);
}

static void
clear_found (PlanciaSweepDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->found_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->buttons, 0);
  gtk_widget_set_visible (self->empty_row, TRUE);
}

/* --- buttons --------------------------------------------------------------------------------- */

static void
agreed (gpointer dialog, gpointer user_data)
{
  plancia_sweep_dialog_start (user_data);
}

static void
start_clicked (PlanciaSweepDialog *self)
{
  gboolean hub = plancia_address_get_kind (self->address) == PLANCIA_ADDRESS_HUB;
  gboolean simulated = plancia_plant_get_simulated (plancia_open_plant_get_plant (self->plant));
  gboolean taken = self->device &&
                   plancia_device_get_mark (self->device) == PLANCIA_MARK_TAKEN_OVER;

  if (hub && (taken || !plancia_hub_consent_is_given ()))
    plancia_hub_consent_ask (GTK_WINDOW (self),
                             simulated,
                             agreed,
                             g_object_ref (self),
                             g_object_unref);
  else
    plancia_sweep_dialog_start (self);
}

static void
stop_clicked (PlanciaSweepDialog *self)
{
  plancia_unit_sweep_stop (self->sweep);
}

static void
range_changed (PlanciaSweepDialog *self)
{
  if (gtk_spin_button_get_value (self->last_spin) < gtk_spin_button_get_value (self->first_spin))
    gtk_spin_button_set_value (self->last_spin, gtk_spin_button_get_value (self->first_spin));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_sweep_dialog_dispose (GObject *object)
{
  PlanciaSweepDialog *self = PLANCIA_SWEEP_DIALOG (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->sweep) {
    g_signal_handlers_disconnect_by_data (self->sweep, self);
    plancia_unit_sweep_stop (self->sweep);
  }
  g_clear_object (&self->sweep);
  g_clear_object (&self->plant);
  g_clear_object (&self->device);
  g_clear_pointer (&self->address, plancia_address_unref);

  G_OBJECT_CLASS (plancia_sweep_dialog_parent_class)->dispose (object);
}

static void
plancia_sweep_dialog_finalize (GObject *object)
{
  PlanciaSweepDialog *self = PLANCIA_SWEEP_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->buttons);

  G_OBJECT_CLASS (plancia_sweep_dialog_parent_class)->finalize (object);
}

static void
plancia_sweep_dialog_class_init (PlanciaSweepDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_sweep_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_sweep_dialog_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/sweep-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, range_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, first_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, last_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, found_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSweepDialog, empty_row);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, range_changed);
}

static void
plancia_sweep_dialog_init (PlanciaSweepDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tick_id = g_timeout_add_seconds (1, tick, self);
}

gboolean
plancia_sweep_dialog_is_possible (PlanciaDevice *device)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaAddress *address = entry ? plancia_entry_get_address (entry) : NULL;

  return address && plancia_unit_sweep_is_possible (address, NULL);
}

static void
describe_line (PlanciaSweepDialog *self)
{
  guint            pause = plancia_address_get_spacing (self->address);
  g_autofree char *line = plancia_address_dup_connection (self->address);
  g_autofree char *escaped = g_markup_escape_text (line, -1);
  g_autofree char *text = NULL;

  if (pause > 0)
    /* Translators: %s is an address, %g a number of seconds */
    text = g_strdup_printf (_("%s: one register of each unit is read, with %g s between two "
                              "requests. Nothing is written."),
                               escaped,
                               pause / 1000.0);
  else
    /* Translators: %s is an address */
    text = g_strdup_printf (_("%s: one register of each unit is read. Nothing is written."),
                               escaped);
  adw_preferences_group_set_description (self->range_group, text);
}

static GtkWindow *
make (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device, PlanciaAddress *address)
{
  PlanciaSweepDialog *self = g_object_new (PLANCIA_TYPE_SWEEP_DIALOG, NULL);
  GConnectFlags       flags = G_CONNECT_SWAPPED;
  int                 last = 1;

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->plant = g_object_ref (plant);
  self->device = device ? g_object_ref (device) : NULL;
  self->address = plancia_address_ref (address);
  self->sweep = plancia_unit_sweep_new (address,
                                        device ? plancia_device_get_backend (device) : NULL);
  g_signal_connect_object (self->sweep, "found", G_CALLBACK (found_cb), self, flags);
  g_signal_connect_object (self->sweep, "changed", G_CALLBACK (update), self, flags);
  plancia_unit_sweep_is_possible (address, &last);
  gtk_spin_button_set_value (self->last_spin, last);
  describe_line (self);
  update (self);
  return GTK_WINDOW (self);
}

/**
 * plancia_sweep_dialog_new:
 * @parent: the window it belongs to
 * @plant: gets what is added
 * @device: a line of a HUB, a device on an RS485 port, or something on the same connection
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_sweep_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  return make (parent,
               plant,
               device,
               plancia_entry_get_address (plancia_device_get_entry (device)));
}

/**
 * plancia_sweep_dialog_new_for_address:
 * @parent: the window it belongs to
 * @plant: gets what is added
 * @address: of a line or port
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_sweep_dialog_new_for_address (GtkWindow        *parent,
                                      PlanciaOpenPlant *plant,
                                      PlanciaAddress   *address)
{
  return make (parent, plant, NULL, address);
}

/**
 * plancia_sweep_dialog_start:
 * @self: the dialog
 *
 * Connects if needed and asks one unit after the other.
 */
void
plancia_sweep_dialog_start (PlanciaSweepDialog *self)
{
  PlanciaBackend *backend = self->device ? plancia_device_get_backend (self->device) : NULL;

  if (plancia_unit_sweep_get_running (self->sweep))
    return;
  clear_found (self);
  /* What the plant has on this line is polled again, too. */
  if (backend && plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN)
    plancia_open_plant_connect (self->plant, self->device);
  plancia_unit_sweep_start (self->sweep,
                            gtk_spin_button_get_value_as_int (self->first_spin),
                            gtk_spin_button_get_value_as_int (self->last_spin));
  update (self);
}
