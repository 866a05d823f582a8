/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/system-panel.h"

#include "base/text.h"
#include "ui/callback-service.h"
#include "ui/cloud-read-back.h"
#include "ui/cloud-write-row.h"
#include "ui/device-words.h"
#include "ui/error-dialog.h"
#include "ui/receiver-words.h"
#include "ui/settings.h"
#include "ui/system-write-dialog.h"
#include "ui/ui-resource.h"
#include <glib/gi18n.h>

#define SHOWN_BODIES 10
#define BODY_LENGTH  400

struct _PlanciaSystemPanel
{
  AdwBin parent_instance;

  AdwActionRow        *state_row;
  GtkSwitch           *on;
  GtkEditable         *address;
  GtkSpinButton       *port;
  GtkEditable         *url;
  AdwActionRow        *path_row;
  GtkWidget           *copy;
  GtkWidget           *renew;
  AdwActionRow        *test_row;
  GtkWidget           *test;
  AdwExpanderRow      *bodies;
  AdwPreferencesGroup *writes;
  GtkWidget           *write;
  GtkWidget           *none;

  PlanciaSession          *session;
  PlanciaDevice           *account;
  GTimeZone               *zone;
  PlanciaCallbackReceiver *receiver;
  GPtrArray               *write_rows;
  GPtrArray               *body_rows;
};

G_DEFINE_FINAL_TYPE (PlanciaSystemPanel, plancia_system_panel, ADW_TYPE_BIN)

/* --- the receiver ---------------------------------------------------------------------------- */

static void
show_receiver (PlanciaSystemPanel *self)
{
  g_autofree char *state = plancia_receiver_words_state (self->receiver, self->zone);
  g_autofree char *url = plancia_callback_receiver_dup_public_url (self->receiver);
  g_autofree char *shown = NULL;
  gboolean         listens = plancia_callback_receiver_get_state (self->receiver) ==
                     PLANCIA_RECEIVER_LISTENING;

  if (url != NULL) {
    /* The path is a secret: it is copied, not shown. */
    url[strlen (url) - 32] = '\0';
    shown = g_strconcat (url, "\xe2\x80\xa6", NULL);
  }
  adw_action_row_set_subtitle (self->state_row, state);
  adw_action_row_set_subtitle (self->path_row,
                               shown == NULL
                               ? _ ("None without a public address")
                             : plancia_callback_receiver_keeps_path (self->receiver)
                               ? shown
                               : _ ("Another one after each start: no keyring keeps its path"));
  gtk_widget_set_sensitive (self->copy, url != NULL);
  gtk_widget_set_sensitive (self->renew, listens);
  gtk_widget_set_sensitive (self->test, listens);
}

static void
place_applied (PlanciaSystemPanel *self)
{
  GSettings *settings = plancia_settings_get ();

  g_settings_set_string (settings, "receiver-address", gtk_editable_get_text (self->address));
  g_settings_set_string (settings, "receiver-url", gtk_editable_get_text (self->url));
  plancia_callback_service_apply ();
}

static void
copy_clicked (PlanciaSystemPanel *self)
{
  g_autofree char *url = plancia_callback_receiver_dup_public_url (self->receiver);

  if (url != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), url);
}

static void
renew_clicked (PlanciaSystemPanel *self)
{
  plancia_callback_receiver_renew (self->receiver);
}

static void
append_result (GString *text, const char *works, const char *fails, const GError *error)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, error == NULL ? works : fails);
  if (error != NULL)
    g_string_append_printf (text, ": %s", error->message);
}

static void
tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaSystemPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReceiverTest) test =
    plancia_callback_receiver_test_finish (PLANCIA_CALLBACK_RECEIVER (source), result, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (test == NULL) {
    g_string_append (text, error->message);
  } else {
    append_result (text, _ ("Here: works"), _ ("Here: does not work"), test->loopback);
    if (test->has_public)
      append_result (text,
                     _ ("Over the public address: works"),
                        _ ("Over the public address: does not work"), test->public_);
    else
      append_result (text, _ ("There is no public address to try"), "", NULL);
  }
  adw_action_row_set_subtitle (self->test_row, text->str);
  show_receiver (self);
}

static void
test_clicked (PlanciaSystemPanel *self)
{
  gtk_widget_set_sensitive (self->test, FALSE);
  adw_action_row_set_subtitle (self->test_row, _ ("Sending…"));
  plancia_callback_receiver_test_async (self->receiver, NULL, tested, g_object_ref (self));
}

/* --- what came ------------------------------------------------------------------------------- */

static const char *
fate_words (PlanciaCallbackFate fate)
{
  switch (fate) {
  case PLANCIA_CALLBACK_UNREADABLE:
    return _ ("Not readable: kept, nothing done");
  case PLANCIA_CALLBACK_MATCHED:
    return _ ("Answer to a write");
  case PLANCIA_CALLBACK_REPEATED:
    return _ ("The same answer again");
  case PLANCIA_CALLBACK_TEST:
    return _ ("Own test");
  case PLANCIA_CALLBACK_UNKNOWN:
  default:
    return _ ("Of an unknown write: kept, nothing done");
  }
}

static GtkWidget *
make_body_row (PlanciaSystemPanel *self, PlanciaCallbackBody *body)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = plancia_callback_body_dup_text (body, BODY_LENGTH);
  g_autofree char *time = plancia_device_words_time (plancia_callback_body_get_time (body),
                                                     self->zone);
  g_autofree char *title =
    g_strdup_printf ("%s \xc2\xb7 %s", time, fate_words (plancia_callback_body_get_fate (body)));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static void
show_bodies (PlanciaSystemPanel *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->receiver));
  g_autofree char *count = g_strdup_printf ("%u", n);

  for (guint i = 0; i < self->body_rows->len; i++)
    adw_expander_row_remove (self->bodies, g_ptr_array_index (self->body_rows, i));
  g_ptr_array_set_size (self->body_rows, 0);
  for (guint i = 0; i < MIN (n, SHOWN_BODIES); i++) {
    g_autoptr (PlanciaCallbackBody) body = g_list_model_get_item (G_LIST_MODEL (self->receiver), i);
    GtkWidget *row = make_body_row (self, body);

    adw_expander_row_add_row (self->bodies, row);
    g_ptr_array_add (self->body_rows, row);
  }
  adw_expander_row_set_subtitle (self->bodies, n > 0 ? count : _ ("Nothing yet"));
}

static void
pasted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaSystemPanel) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || *text == '\0')
    return;
  bytes = g_bytes_new (text, strlen (text));
  plancia_callback_receiver_take (self->receiver, bytes);
  adw_expander_row_set_expanded (self->bodies, TRUE);
}

static void
paste_clicked (PlanciaSystemPanel *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                                 NULL,
                                 pasted,
                                 g_object_ref (self));
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaSystemPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes == NULL) {
    plancia_error_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                               _ ("The answer cannot be opened"), error);
    return;
  }
  plancia_callback_receiver_take (self->receiver, bytes);
  adw_expander_row_set_expanded (self->bodies, TRUE);
}

static void
chosen (GtkNativeDialog *chooser, int response, PlanciaSystemPanel *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                             ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                             : NULL;

  if (file != NULL)
    g_file_load_bytes_async (file, NULL, loaded, g_object_ref (self));
  g_object_unref (chooser);
}

static void
open_clicked (PlanciaSystemPanel *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Open an answer"),
                                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                    GTK_FILE_CHOOSER_ACTION_OPEN,
                                    NULL,
                                    NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- writes ---------------------------------------------------------------------------------- */

static void
read_back (PlanciaCloudWriteRow *row)
{
  plancia_cloud_writes_settle_async (plancia_cloud_writes_get_default (),
                                     plancia_cloud_write_row_get_write (row),
                                     NULL,
                                     NULL);
}

static const char *
account_name (PlanciaSystemPanel *self)
{
  return plancia_address_get_account (
    plancia_entry_get_address (plancia_device_get_entry (self->account)));
}

static void
add_write (PlanciaSystemPanel *self, PlanciaCloudWrite *write)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *local =
    plant != NULL ? plancia_cloud_read_back_find (plant, plancia_cloud_write_get_thing (write))
                     : NULL;
  GtkWidget *row = plancia_cloud_write_row_new (write,
                                                self->zone,
                                                local != NULL ? plancia_device_get_map (local)
                                                              : NULL);

  g_signal_connect (row, "read-back", G_CALLBACK (read_back), NULL);
  g_signal_connect_object (row, "import", G_CALLBACK (paste_clicked), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->writes, row);
  g_ptr_array_add (self->write_rows, row);
}

static void
show_writes (PlanciaSystemPanel *self)
{
  GListModel *writes = G_LIST_MODEL (plancia_cloud_writes_get_default ());

  for (guint i = 0; i < self->write_rows->len; i++)
    adw_preferences_group_remove (self->writes, g_ptr_array_index (self->write_rows, i));
  g_ptr_array_set_size (self->write_rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (writes); i++) {
    g_autoptr (PlanciaCloudWrite) write = g_list_model_get_item (writes, i);

    if (g_strcmp0 (plancia_cloud_write_get_account (write), account_name (self)) == 0)
      add_write (self, write);
  }
  gtk_widget_set_visible (self->none, self->write_rows->len == 0);
}

static void
write_clicked (PlanciaSystemPanel *self)
{
  gtk_window_present (
    plancia_system_write_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                     self->session,
                                     self->account));
}

static void
plancia_system_panel_dispose (GObject *object)
{
  PlanciaSystemPanel *self = PLANCIA_SYSTEM_PANEL (object);

  g_clear_object (&self->session);
  g_clear_object (&self->account);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->receiver);
  g_clear_pointer (&self->write_rows, g_ptr_array_unref);
  g_clear_pointer (&self->body_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (plancia_system_panel_parent_class)->dispose (object);
}

static void
plancia_system_panel_class_init (PlanciaSystemPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_system_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/system-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, state_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, on);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, address);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, port);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, url);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, path_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, copy);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, renew);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, test_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, test);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, bodies);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, writes);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, write);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSystemPanel, none);
  gtk_widget_class_bind_template_callback (widget_class, place_applied);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, renew_clicked);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked);
  gtk_widget_class_bind_template_callback (widget_class, paste_clicked);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, write_clicked);
}

static void
plancia_system_panel_init (PlanciaSystemPanel *self)
{
  self->write_rows = g_ptr_array_new ();
  self->body_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow_settings (PlanciaSystemPanel *self)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *address = g_settings_get_string (settings, "receiver-address");
  g_autofree char *url = g_settings_get_string (settings, "receiver-url");

  gtk_editable_set_text (self->address, address);
  gtk_editable_set_text (self->url, url);
  g_settings_bind (settings, "receiver-on", self->on, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_spin_button_set_value (self->port, g_settings_get_uint (settings, "receiver-port"));
  g_settings_bind (settings, "receiver-port", self->port, "value", G_SETTINGS_BIND_DEFAULT);
}

/**
 * plancia_system_panel_new:
 * @session: the session
 * @account: of Azzurro System
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
plancia_system_panel_new (PlanciaSession *session, PlanciaDevice *account)
{
  PlanciaSystemPanel *self = g_object_new (PLANCIA_TYPE_SYSTEM_PANEL, NULL);
  GObject            *writes = G_OBJECT (plancia_cloud_writes_get_default ());

  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  self->zone = plancia_device_words_zone (session);
  self->receiver = g_object_ref (plancia_callback_service_get ());
  plancia_cloud_read_back_use (plancia_session_get_plant (session));
  follow_settings (self);
  g_signal_connect_object (self->receiver,
                           "changed",
                           G_CALLBACK (show_receiver),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receiver,
                           "items-changed",
                           G_CALLBACK (show_bodies),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (writes,
                           "items-changed",
                           G_CALLBACK (show_writes),
                           self,
                           G_CONNECT_SWAPPED);
  show_receiver (self);
  show_bodies (self);
  show_writes (self);
  return GTK_WIDGET (self);
}
