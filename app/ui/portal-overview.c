/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/portal-overview.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "plant/cloud-settings.h"
#include "ui/device-row.h"
#include "ui/device-words.h"
#include "ui/downloads-button.h"
#include "ui/error-text.h"
#include "ui/form-bin.h"
#include "ui/help-button.h"
#include "ui/portal-dialog.h"
#include "ui/state-chip.h"
#include "ui/state-mark.h"
#include "ui/stored-span.h"
#include "ui/system-panel.h"
#include <glib/gi18n.h>

#define SEPARATOR   " \xc2\xb7 "
#define STORED_DAYS 365

struct _PlanciaPortalOverview
{
  AdwBin parent_instance;

  PlanciaSession *session;
  GTimeZone      *zone;
  PlanciaDevice  *device;
  PlanciaBackend *backend;
  gulong          state_id; /* on the backend */
  GCancellable   *cancellable;
  guint           tick_id;
  gint64          accepted; /* when the credentials were last taken, 0 never */
  guint           n_asking; /* answers that Ask now waits for */
  GError         *failure;  /* why the last Ask now got none */

  GtkWidget         *form;
  GtkWidget         *account_group;
  GtkWidget         *chip;
  PlanciaHelpButton *help;
  GtkWidget         *problem_row;
  GtkWidget         *unverified_row;
  GtkWidget         *credentials_row;
  GtkWidget         *verdict;
  GtkWidget         *verdict_icon;
  GtkWidget         *verdict_label;
  GtkWidget         *answer_row;
  GtkWidget         *age;
  GtkWidget         *spinner;
  GtkWidget         *ask;
  GtkWidget         *things_group;
  GtkWidget         *empty_row;
  GPtrArray         *rows; /* PlanciaDeviceRow, in the group */
};

G_DEFINE_FINAL_TYPE (PlanciaPortalOverview, plancia_portal_overview, ADW_TYPE_BIN)

static void update (PlanciaPortalOverview *self);

static PlanciaDevice *
thing_at (PlanciaPortalOverview *self, guint index)
{
  return plancia_device_row_get_device (g_ptr_array_index (self->rows, index));
}

/* --- credentials ----------------------------------------------------------------------------- */

static gboolean
is_refused (PlanciaPortalOverview *self)
{
  const GError *error = self->backend ? plancia_backend_get_error (self->backend) : NULL;

  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED) ||
         g_error_matches (self->failure, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
}

static void
set_verdict (PlanciaPortalOverview *self, const char *style, const char *icon, const char *text)
{
  const char *classes[] = {"chip", style, NULL};

  gtk_widget_set_css_classes (self->verdict, classes);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict_icon), icon);
  gtk_label_set_text (GTK_LABEL (self->verdict_label), text);
}

/* A refusal, or a page of a server that is down, is an answer too: only a good state says that the
 * credentials were taken. */
static void
note_accepted (PlanciaPortalOverview *self, gint64 last_answer)
{
  if (self->backend && plancia_backend_get_state (self->backend) == PLANCIA_STATE_OPEN &&
      !is_refused (self))
    self->accepted = last_answer;
}

static void
show_verdict (PlanciaPortalOverview *self)
{
  g_autofree char *time = plancia_device_words_time (self->accepted, self->zone);
  g_autofree char *text = NULL;

  if (is_refused (self)) {
    set_verdict (self, "bad", "plancia-severity-fault-symbolic", _("Refused"));
  } else if (self->accepted != 0) {
    /* Translators: %s is the time at which the portal last took the credentials */
    text = g_strdup_printf (_("Accepted %s"), time);
    set_verdict (self, "ok", "plancia-verified-symbolic", text);
  } else {
    set_verdict (self, "plain", "plancia-unknown-symbolic", _("Not asked yet"));
  }
}

/* --- last answer ----------------------------------------------------------------------------- */

static guint
count_answering (PlanciaPortalOverview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += plancia_device_words_is_current (thing_at (self, i)) ? 1 : 0;
  return n;
}

static char *
describe_answer (PlanciaPortalOverview *self, const PlanciaLinkQuality *quality)
{
  GString *text = g_string_new (NULL);
  guint    answering = count_answering (self);

  if (quality->last_good == 0)
    return g_string_free (g_string_append (text, _("No answer yet")), FALSE);

  g_string_append_printf (
    text,
    ngettext ("Values of %u of %u thing", "Values of %u of %u things", self->rows->len),
    answering,
    self->rows->len);
  if (quality->n_latencies > 0 && quality->latency_median > 0)
    /* Translators: how long the portal usually takes to answer */
    g_string_append_printf (text,
                            SEPARATOR "%s\xc2\xa0%u\xc2\xa0ms",
                            _("usually in"), quality->latency_median);
  if (quality->errors > 0)
    g_string_append_printf (text, SEPARATOR "%s", _("some questions got no answer"));
  return g_string_free (text, FALSE);
}

static void
show_age (PlanciaPortalOverview *self, gint64 last_good)
{
  g_autofree char *age = NULL;
  g_autofree char *text = NULL;

  if (last_good != 0) {
    age = plancia_text_age (plancia_clock_now () - last_good);
    /* Translators: %s is an age such as "4 min" */
    text = g_strdup_printf (_("%s ago"), age);
  }
  gtk_label_set_text (GTK_LABEL (self->age), text ? text : "\xe2\x80\x94");
}

static void
show_asking (PlanciaPortalOverview *self)
{
  gboolean asking = self->n_asking > 0;

  gtk_widget_set_visible (self->spinner, asking);
  gtk_widget_set_visible (self->ask, !asking);
  gtk_widget_set_sensitive (self->ask, self->backend && self->rows->len > 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), asking);
}

static void
show_problem (PlanciaPortalOverview *self)
{
  const GError *error = self->failure;

  if (self->backend && plancia_backend_get_state (self->backend) == PLANCIA_STATE_FAILING)
    error = plancia_backend_get_error (self->backend);
  gtk_widget_set_visible (self->problem_row, error != NULL);
  plancia_help_button_set_error (self->help, error);
  if (!error)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row),
                                 plancia_error_text (error));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                               plancia_error_advice (error) ? plancia_error_advice (error) : "");
}

/* --- things ---------------------------------------------------------------------------------- */

static gboolean
has_serial (PlanciaDevice *device, const char *serial)
{
  const PlanciaReading *reading = plancia_device_lookup (device, "serial_number");

  return reading && reading->value.kind == PLANCIA_VALUE_TEXT &&
         g_strcmp0 (reading->value.text, serial) == 0;
}

static const char *
find_local_name (PlanciaPortalOverview *self, const char *serial)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GPtrArray) devices = plant
                                    ? plancia_device_tree_list (plancia_open_plant_get_tree (plant))
                                    : g_ptr_array_new ();

  for (guint i = 0; serial && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (has_serial (device, serial))
      return plancia_device_get_name (device);
  }
  return NULL;
}

static char *
describe_thing (PlanciaPortalOverview *self, PlanciaDevice *thing)
{
  PlanciaEntry *entry = plancia_device_get_entry (thing);
  const char   *serial = plancia_address_get_thing (plancia_entry_get_address (entry));
  const char   *local = find_local_name (self, serial);
  GString      *text = g_string_new (NULL);

  if (g_strcmp0 (serial, plancia_device_get_name (thing)) != 0)
    g_string_append (text, serial);
  if (local) {
    if (text->len > 0)
      g_string_append (text, SEPARATOR);
    /* Translators: %s is the name of a device that is read without the portal too */
    g_string_append_printf (text, _("%s, also reached locally"), local);
  }
  return g_string_free (text, FALSE);
}

static void
note_age (PlanciaDeviceRow *row)
{
  gint64           time = plancia_device_get_time (plancia_device_row_get_device (row));
  g_autofree char *age = plancia_text_age (plancia_clock_now () - time);
  g_autofree char *text = g_strdup_printf (_("%s ago"), age);

  plancia_device_row_set_note (row, time != 0 ? text : "");
}

static void
update_rows (PlanciaPortalOverview *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaDeviceRow *row = g_ptr_array_index (self->rows, i);
    g_autofree char  *caption = describe_thing (self, thing_at (self, i));

    if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), caption) != 0)
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), caption);
    note_age (row);
  }
}

static void
add_thing (PlanciaPortalOverview *self, PlanciaDevice *thing)
{
  GtkWidget *row = plancia_device_row_new (self->session, thing);
  GtkWidget *stored = plancia_stored_span_new (self->session, thing, STORED_DAYS);

  plancia_device_row_add_middle (PLANCIA_DEVICE_ROW (row), stored);
  g_signal_connect_object (thing, "readings", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (thing, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->things_group), row);
  g_ptr_array_add (self->rows, row);
}

static void
form_changed (PlanciaPortalOverview *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (PLANCIA_FORM_BIN (self->form));

  for (guint i = 0; i < self->rows->len; i++)
    plancia_device_row_set_narrow (g_ptr_array_index (self->rows, i), narrow);
}

static void
things_changed (PlanciaPortalOverview *self)
{
  GListModel *children = plancia_device_get_children (self->device);

  for (guint i = 0; i < self->rows->len; i++) {
    g_signal_handlers_disconnect_by_data (thing_at (self, i), self);
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->things_group),
                                  g_ptr_array_index (self->rows, i));
  }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) thing = g_list_model_get_item (children, i);

    add_thing (self, thing);
  }
  gtk_widget_set_visible (self->empty_row, self->rows->len == 0);
  form_changed (self);
  update (self);
}

/* --- asking ---------------------------------------------------------------------------------- */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaPortalOverview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);
  PlanciaOpenPlant *plant = self->session ? plancia_session_get_plant (self->session) : NULL;

  self->n_asking--;
  if (!self->device || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (readings && plant)
    plancia_device_tree_apply (plancia_open_plant_get_tree (plant), readings);
  if (error && !self->failure)
    self->failure = g_steal_pointer (&error);
  update (self);
}

static void
ask_clicked (PlanciaPortalOverview *self)
{
  if (!self->backend || self->n_asking > 0)
    return;

  g_clear_error (&self->failure);
  for (guint i = 0; i < self->rows->len; i++) {
    self->n_asking++;
    plancia_backend_read_async (self->backend,
                                plancia_device_get_id (thing_at (self, i)),
                                NULL,
                                self->cancellable,
                                asked_cb,
                                g_object_ref (self));
  }
  update (self);
}

/* --- following ------------------------------------------------------------------------------- */

static void
follow_backend (PlanciaPortalOverview *self)
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
update (PlanciaPortalOverview *self)
{
  PlanciaLinkQuality quality = {0};
  g_autofree char   *answer = NULL;
  gint64             newest;

  follow_backend (self);
  if (self->backend)
    plancia_backend_get_quality (self->backend, &quality);
  newest = quality.last_good;
  answer = describe_answer (self, &quality);
  plancia_state_chip_set (PLANCIA_STATE_CHIP (self->chip),
                          plancia_state_chip_mark_of (self->backend),
                          NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->answer_row), answer);
  note_accepted (self, quality.last_good);
  show_verdict (self);
  show_problem (self);
  show_age (self, newest);
  show_asking (self);
  update_rows (self);
}

static gboolean
tick (gpointer user_data)
{
  PlanciaPortalOverview *self = user_data;
  PlanciaLinkQuality     quality = {0};

  if (self->backend)
    plancia_backend_get_quality (self->backend, &quality);
  show_age (self, quality.last_good);
  for (guint i = 0; i < self->rows->len; i++)
    note_age (g_ptr_array_index (self->rows, i));
  return G_SOURCE_CONTINUE;
}

static void
plancia_portal_overview_map (GtkWidget *widget)
{
  PlanciaPortalOverview *self = PLANCIA_PORTAL_OVERVIEW (widget);

  GTK_WIDGET_CLASS (plancia_portal_overview_parent_class)->map (widget);
  self->tick_id = g_timeout_add_seconds (1, tick, self);
}

static void
plancia_portal_overview_unmap (GtkWidget *widget)
{
  PlanciaPortalOverview *self = PLANCIA_PORTAL_OVERVIEW (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (plancia_portal_overview_parent_class)->unmap (widget);
}

/* --- the account ----------------------------------------------------------------------------- */

static PlanciaAddress *
get_address (PlanciaPortalOverview *self)
{
  return plancia_entry_get_address (plancia_device_get_entry (self->device));
}

static gboolean
is_system (PlanciaPortalOverview *self)
{
  return plancia_address_get_kind (get_address (self)) == PLANCIA_ADDRESS_SYSTEM;
}

static void
show_unverified (PlanciaPortalOverview *self)
{
  const char *account = plancia_address_get_account (get_address (self));
  g_autoptr (PlanciaCloudProfile) profile =
    plancia_cloud_settings_load_profile (account, is_system (self) ? "system" : "portal", NULL);

  gtk_widget_set_visible (self->unverified_row,
                          profile && profile->unverified &&
                            plancia_cloud_settings_get_verified (account) == 0);
}

static void
describe_account (PlanciaPortalOverview *self)
{
  const char      *account = plancia_address_get_account (get_address (self));
  const char      *url = plancia_entry_get_url (plancia_device_get_entry (self->device));
  const char      *cloud = is_system (self) ? "Azzurro System" : "Azzurro Portal";
  g_autofree char *plain = url ? g_strconcat (cloud, SEPARATOR, url, NULL) : g_strdup (cloud);
  g_autofree char *description = g_markup_escape_text (plain, -1);
  /* Translators: %s is the short name that the plant file has for an account */
  g_autofree char *credentials = g_strdup_printf (is_system (self)
                                                  ? _ ("Token of the account “%s”")
                                                  : _ ("ClientCode and key of the account “%s”"),
                                                       account ? account : "");
  g_autofree char *escaped = g_markup_escape_text (credentials, -1);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->account_group), description);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->credentials_row), escaped);
  show_unverified (self);
}

/* The connection begins anew with what is kept now. */
static void
changed_cb (PlanciaPortalDialog *dialog, PlanciaPortalOverview *self)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);
  g_autofree char  *connection = plancia_address_dup_connection (get_address (self));

  if (!open)
    return;
  plancia_portal_dialog_apply (dialog, plancia_open_plant_get_plant (open));
  g_clear_error (&self->failure);
  plancia_open_plant_rehang (open, connection);
  describe_account (self);
  update (self);
}

static void
change_clicked (PlanciaPortalOverview *self)
{
  GtkWindow *dialog =
    plancia_portal_dialog_new_for (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   plancia_device_get_entry (self->device));

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (changed_cb), self, 0);
  gtk_window_present (dialog);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_portal_overview_dispose (GObject *object)
{
  PlanciaPortalOverview *self = PLANCIA_PORTAL_OVERVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_clear_object (&self->backend);
  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_portal_overview_parent_class)->dispose (object);
}

static void
plancia_portal_overview_finalize (GObject *object)
{
  PlanciaPortalOverview *self = PLANCIA_PORTAL_OVERVIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->failure);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (plancia_portal_overview_parent_class)->finalize (object);
}

/* Below the account and its things, which are looked at more often. */
static void
add_writes (PlanciaPortalOverview *self)
{
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->account_group)),
                  plancia_system_panel_new (self->session, self->device));
}

static void
add_downloads (PlanciaPortalOverview *self)
{
  GtkWidget *downloads =
    g_object_new (PLANCIA_TYPE_DOWNLOADS_BUTTON, "session", self->session, NULL);

  plancia_downloads_button_set_words (PLANCIA_DOWNLOADS_BUTTON (downloads), _ ("Fetch…"));
  gtk_widget_set_valign (downloads, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->things_group), downloads);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, form);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, account_group);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, chip);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, help);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, problem_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, unverified_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, credentials_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, verdict);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, verdict_icon);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, verdict_label);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, answer_row);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, age);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, spinner);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, ask);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, things_group);
  gtk_widget_class_bind_template_child (klass, PlanciaPortalOverview, empty_row);
}

static void
plancia_portal_overview_class_init (PlanciaPortalOverviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_portal_overview_dispose;
  object_class->finalize = plancia_portal_overview_finalize;
  widget_class->map = plancia_portal_overview_map;
  widget_class->unmap = plancia_portal_overview_unmap;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/portal-overview.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ask_clicked);
  gtk_widget_class_bind_template_callback (widget_class, change_clicked);
  gtk_widget_class_bind_template_callback (widget_class, form_changed);
}

static void
plancia_portal_overview_init (PlanciaPortalOverview *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_portal_overview_new:
 * @session: the session, whose device the rows set
 * @device: an account
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_portal_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaPortalOverview *self = g_object_new (PLANCIA_TYPE_PORTAL_OVERVIEW, NULL);

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  self->device = g_object_ref (device);
  describe_account (self);
  add_downloads (self);
  if (is_system (self))
    add_writes (self);
  g_signal_connect_object (plancia_device_get_children (device),
                           "items-changed",
                           G_CALLBACK (things_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  things_changed (self);
  return GTK_WIDGET (self);
}
