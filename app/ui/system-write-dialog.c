/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/system-write-dialog.h"

#include "backend/backend-cloud.h"
#include "backend/cloud-writes.h"
#include "base/error.h"
#include "model/register-model.h"
#include "ui/cloud-read-back.h"
#include "ui/error-dialog.h"
#include "ui/review-dialog.h"
#include <glib/gi18n.h>

/* What the dialog works on; freed with it. */
typedef struct
{
  PlanciaSession   *session;
  AdwMessageDialog *dialog;
  GPtrArray        *things; /* PlanciaDevice */
  GPtrArray        *fields; /* PlanciaField, of the map */
  PlanciaMap       *map;
  GtkDropDown      *thing;
  GtkDropDown      *setting;
  GtkEditable      *value;
  GtkDropDown      *logger;
  GtkCheckButton   *owner;
} Form;

static void
form_free (gpointer data, GClosure *closure)
{
  Form *self = data;

  g_object_unref (self->session);
  g_ptr_array_unref (self->things);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self);
}

static PlanciaDevice *
chosen_thing (Form *self)
{
  guint index = gtk_drop_down_get_selected (self->thing);

  return index < self->things->len ? g_ptr_array_index (self->things, index) : NULL;
}

/* The registers are those of the same device beside it: of no other are they known. */
static void
list_settings (Form *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *thing = chosen_thing (self);
  PlanciaDevice    *local = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (plant != NULL && thing != NULL)
    local = plancia_cloud_read_back_find (
      plant,
      plancia_address_get_thing (plancia_entry_get_address (plancia_device_get_entry (thing))));
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = g_ptr_array_new ();
  if (local != NULL)
    self->map = plancia_map_ref (plancia_device_get_map (local));
  for (guint i = 0; self->map != NULL && i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);
    g_autofree char    *name = NULL;

    if ((field->access & PLANCIA_ACCESS_WRITE) == 0)
      continue;
    name = g_strdup_printf ("%s (%04X)", plancia_map_label (field->name), field->address);
    gtk_string_list_append (names, name);
    g_ptr_array_add (self->fields, (gpointer) field);
  }
  gtk_drop_down_set_model (self->setting, G_LIST_MODEL (names));
}

/* The vendor's rule, in words, or NULL. */
static const char *
why_not (Form *self)
{
  if (!plancia_session_get_installer (self->session))
    return _ ("Plancia is in view only: nothing can be written.");
  if (gtk_drop_down_get_selected (self->logger) > 1)
    return _ ("The vendor lets only devices on a ZSM-WIFI-USB or ZSM-ETH-USB be written.");
  if (!gtk_check_button_get_active (self->owner))
    return _ ("The vendor lets only the owner of the advanced system write to its devices.");
  if (plancia_cloud_writes_get_callback_url (plancia_cloud_writes_get_default ()) == NULL)
    return _ ("There is no address for the answer: set up the receiver first.");
  return NULL;
}

static void
review (Form *self, GtkWindow *parent, GError **error)
{
  PlanciaDevice *thing = chosen_thing (self);
  guint          index = gtk_drop_down_get_selected (self->setting);
  g_autoptr (PlanciaRegisterModel) model = NULL;
  g_auto (PlanciaValue) value = {0};
  PlanciaField   *field;
  GtkWidget      *dialog;
  PlanciaBackend *backend = thing != NULL ? plancia_device_get_backend (thing) : NULL;
  const char     *reason = why_not (self);

  if (reason != NULL || backend == NULL || index >= self->fields->len) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_SUPPORTED,
                         reason != NULL ? reason : _ ("Nothing is known to write there."));
    return;
  }
  field = g_ptr_array_index (self->fields, index);
  model = plancia_register_model_new (self->map);
  if (!plancia_field_parse (field, gtk_editable_get_text (self->value), &value, error) ||
      !plancia_register_model_stage (model,
                                     plancia_register_model_find (model, field->key),
                                     &value,
                                     error))
    return;
  plancia_backend_cloud_set_map (PLANCIA_BACKEND_CLOUD (backend),
                                 plancia_device_get_id (thing),
                                 self->map);
  dialog = plancia_review_dialog_new (self->session, thing, model);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Form *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "review"))
    return;
  review (self, parent, &error);
  if (error != NULL)
    plancia_error_dialog_show (parent, _ ("This cannot be written"), error);
}

static void
add_labelled (GtkWidget *grid, int row, const char *text, GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), widget, 1, row, 1, 1);
}

static GtkWidget *
make_form (Form *self)
{
  const char *const loggers[] = {"ZSM-WIFI-USB", "ZSM-ETH-USB", _ ("Another, or not known"), NULL};
  GtkWidget        *grid = gtk_grid_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->things->len; i++)
    gtk_string_list_append (names, plancia_device_get_name (g_ptr_array_index (self->things, i)));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  self->thing = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL));
  self->setting = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  self->value = GTK_EDITABLE (gtk_entry_new ());
  self->logger = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (loggers));
  gtk_drop_down_set_selected (self->logger, 2);
  self->owner =
    GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ ("I own the advanced system it is in")));
  add_labelled (grid, 0, _ ("Device"), GTK_WIDGET (self->thing));
  add_labelled (grid, 1, _ ("Setting"), GTK_WIDGET (self->setting));
  add_labelled (grid, 2, _ ("New value"), GTK_WIDGET (self->value));
  add_labelled (grid, 3, _ ("Its datalogger"), GTK_WIDGET (self->logger));
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->owner), 0, 4, 2, 1);
  return grid;
}

GtkWindow *
plancia_system_write_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *account)
{
  GListModel *children = plancia_device_get_children (account);
  GtkWidget  *dialog = adw_message_dialog_new (
    parent,
    _ ("Write through Azzurro System"),
       _ ("The vendor lets only the owner of an advanced system write, and only to devices on a "
       "ZSM-WIFI-USB or ZSM-ETH-USB that are on line."));
  Form *self = g_new0 (Form, 1);

  self->session = g_object_ref (session);
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->things = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    g_ptr_array_add (self->things, g_list_model_get_item (children, i));
  adw_message_dialog_set_extra_child (self->dialog, make_form (self));
  list_settings (self);
  g_signal_connect_swapped (self->thing, "notify::selected", G_CALLBACK (list_settings), self);
  adw_message_dialog_add_responses (self->dialog,
                                    "cancel",
                                    _ ("_Cancel"), "review", _ ("_Review…"), NULL);
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, form_free, 0);
  return GTK_WINDOW (dialog);
}
