/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/system-write-dialog.h"

#include "backend/backend-cloud.h"
#include "backend/cloud-writes.h"
#include "ui/cloud-read-back.h"
#include "ui/editor.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/register-facts.h"
#include "ui/review-dialog.h"
#include "ui/ui-resource.h"
#include <glib/gi18n.h>

/* The last of the list is no stick that may be written. */
#define LAST_STICK 1

struct _PlanciaSystemWriteDialog
{
  AdwWindow parent_instance;

  GtkWidget         *review;
  AdwComboRow       *thing;
  AdwComboRow       *logger;
  GtkCheckButton    *owner;
  GtkWidget         *value_group;
  GtkDropDown       *setting;
  AdwBin            *slot;
  GtkLabel          *facts;
  GtkLabel          *reason;
  GtkWidget         *reason_line;
  PlanciaHelpButton *help;

  PlanciaSession *session;
  GPtrArray      *things; /* PlanciaDevice */
  GPtrArray *rows; /* PlanciaRegisterRow, as the settings are listed; borrowed from the model */
  PlanciaRegisterModel *model;  /* or NULL: nothing is known of the device's registers */
  PlanciaEditor        *editor; /* of the chosen setting, or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaSystemWriteDialog, plancia_system_write_dialog, ADW_TYPE_WINDOW)

static PlanciaDevice *
chosen_thing (PlanciaSystemWriteDialog *self)
{
  guint index = adw_combo_row_get_selected (self->thing);

  return index < self->things->len ? g_ptr_array_index (self->things, index) : NULL;
}

/* --- whether it may be written --------------------------------------------------------------- */

/* The vendor's rule and ours, in words, or NULL. */
static const char *
why_not (PlanciaSystemWriteDialog *self)
{
  if (!plancia_session_get_installer (self->session))
    return _ ("Plancia is in view only: nothing can be written.");
  if (adw_combo_row_get_selected (self->logger) > LAST_STICK)
    return _ ("The vendor lets only devices on a ZSM-WIFI-USB or ZSM-ETH-USB be written.");
  if (!gtk_check_button_get_active (self->owner))
    return _ ("The vendor lets only the owner of the advanced system write to its devices.");
  if (plancia_cloud_writes_get_callback_url (plancia_cloud_writes_get_default ()) == NULL)
    return _ ("There is no address for the answer: set up the receiver first.");
  if (self->editor == NULL)
    return _ ("The registers of this device are known only while the same device is in the plant "
              "and reached locally.");
  return NULL;
}

/* NULL: the value can be staged. */
static char *
find_problem (PlanciaSystemWriteDialog *self)
{
  const PlanciaField *field =
    plancia_register_row_get_field (plancia_editor_get_row (self->editor));
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  if (!plancia_editor_get_value (self->editor, &value, &error))
    return g_strdup (error->message);
  return plancia_register_facts_refusal (field, &value);
}

static void
show_reason (PlanciaSystemWriteDialog *self, const char *words)
{
  gtk_label_set_text (self->reason, words != NULL ? words : "");
  gtk_widget_set_visible (self->reason_line, words != NULL);
  gtk_widget_set_sensitive (self->review, words == NULL);
}

static void
update (PlanciaSystemWriteDialog *self)
{
  g_autofree char *problem = NULL;
  const char      *rule;

  if (self->session == NULL)
    return;
  rule = why_not (self);
  if (self->editor != NULL)
    problem = find_problem (self);
  if (self->editor != NULL)
    plancia_editor_set_wrong (self->editor, problem != NULL);
  show_reason (self, rule != NULL ? rule : problem);
}

/* --- the setting ----------------------------------------------------------------------------- */

static void
show_facts (PlanciaSystemWriteDialog *self, PlanciaRegisterRow *row)
{
  g_autofree char *caption = plancia_register_facts_caption (row);
  g_autofree char *permitted =
    plancia_register_facts_permitted (plancia_register_row_get_field (row));
  g_autofree char *text = permitted != NULL ? g_strdup_printf ("%s\n%s", caption, permitted)
                                            : g_strdup (caption);

  gtk_label_set_text (self->facts, text);
}

static void
setting_changed (PlanciaSystemWriteDialog *self)
{
  guint               index = gtk_drop_down_get_selected (self->setting);
  PlanciaRegisterRow *row = NULL;

  if (self->session == NULL)
    return;
  if (index < self->rows->len)
    row = g_ptr_array_index (self->rows, index);
  self->editor = row != NULL ? plancia_editor_new (self->model, row) : NULL;
  adw_bin_set_child (self->slot, GTK_WIDGET (self->editor));
  gtk_label_set_text (self->facts, "");
  if (row != NULL) {
    show_facts (self, row);
    g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (update), self);
  }
  update (self);
}

/* What the device has is shown as the old value. */
static void
take_present (PlanciaSystemWriteDialog *self, PlanciaDevice *local, const PlanciaField *field)
{
  const PlanciaReading *reading = plancia_device_lookup (local, field->key);

  if (reading != NULL)
    plancia_register_model_apply_reading (self->model, reading);
}

static void
list_settings (PlanciaSystemWriteDialog *self, PlanciaDevice *local, GtkStringList *names)
{
  PlanciaMap *map = plancia_device_get_map (local);

  self->model = plancia_register_model_new (map);
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    PlanciaRegisterRow *row = plancia_register_model_find (self->model, field->key);
    g_autofree char    *name = NULL;

    if (row == NULL || !plancia_register_row_is_writable (row))
      continue;
    take_present (self, local, field);
    name = g_strdup_printf ("%s (%04X)", plancia_map_label (field->name), field->address);
    gtk_string_list_append (names, name);
    g_ptr_array_add (self->rows, row);
  }
}

/* The registers are those of the same device beside it: of no other are they known. */
static void
thing_changed (PlanciaSystemWriteDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  PlanciaOpenPlant *plant;
  PlanciaDevice    *thing;
  PlanciaDevice    *local = NULL;

  if (self->session == NULL)
    return;
  plant = plancia_session_get_plant (self->session);
  thing = chosen_thing (self);
  if (plant != NULL && thing != NULL)
    local = plancia_cloud_read_back_find (
      plant,
      plancia_address_get_thing (plancia_entry_get_address (plancia_device_get_entry (thing))));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->model);
  if (local != NULL)
    list_settings (self, local, names);
  gtk_drop_down_set_model (self->setting, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->value_group, self->rows->len > 0);
  setting_changed (self);
}

/* --- the review ------------------------------------------------------------------------------ */

static void
show_review (PlanciaSystemWriteDialog *self, PlanciaDevice *thing)
{
  PlanciaBackend *backend = plancia_device_get_backend (thing);
  GtkWidget      *dialog = plancia_review_dialog_new (self->session, thing, self->model);
  GtkWindow      *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  plancia_backend_cloud_set_map (PLANCIA_BACKEND_CLOUD (backend),
                                 plancia_device_get_id (thing),
                                 plancia_register_model_get_map (self->model));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_window_close (GTK_WINDOW (self));
}

static void
review_clicked (PlanciaSystemWriteDialog *self)
{
  PlanciaDevice  *thing = chosen_thing (self);
  PlanciaBackend *backend = thing != NULL ? plancia_device_get_backend (thing) : NULL;
  const char     *rule = why_not (self);
  g_autoptr (GError) error = NULL;

  if (rule != NULL)
    show_reason (self, rule);
  else if (backend == NULL)
    show_reason (self, _ ("The account is not connected."));
  else if (!plancia_editor_stage (self->editor, self->model, &error))
    show_reason (self, plancia_error_text (error));
  else if (plancia_register_model_get_n_staged (self->model) == 0)
    show_reason (self, _ ("The device has this value already."));
  else
    show_review (self, thing);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_system_write_dialog_dispose (GObject *object)
{
  PlanciaSystemWriteDialog *self = PLANCIA_SYSTEM_WRITE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_pointer (&self->things, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (plancia_system_write_dialog_parent_class)->dispose (object);
}

static void
plancia_system_write_dialog_class_init (PlanciaSystemWriteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_system_write_dialog_dispose;

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/system-write-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, review);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, thing);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, logger);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, owner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, value_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, setting);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, slot);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, reason_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemWriteDialog, help);
  gtk_widget_class_bind_template_callback (widget_class, thing_changed);
  gtk_widget_class_bind_template_callback (widget_class, setting_changed);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, review_clicked);
}

static void
plancia_system_write_dialog_init (PlanciaSystemWriteDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_help_button_set_place (self->help, "writes#system");
}

/**
 * plancia_system_write_dialog_new:
 * @parent: the window it belongs to
 * @session: the session
 * @account: of Azzurro System
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_system_write_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *account)
{
  PlanciaSystemWriteDialog *self =
    g_object_new (PLANCIA_TYPE_SYSTEM_WRITE_DIALOG, "transient-for", parent, NULL);
  GListModel *children = plancia_device_get_children (account);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->session = g_object_ref (session);
  self->things = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    PlanciaDevice *thing = g_list_model_get_item (children, i);

    g_ptr_array_add (self->things, thing);
    gtk_string_list_append (names, plancia_device_get_name (thing));
  }
  adw_combo_row_set_model (self->thing, G_LIST_MODEL (names));
  thing_changed (self);
  return GTK_WINDOW (self);
}
