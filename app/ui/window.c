/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window.h"

#include "base/log.h"
#include "model/device-figure.h"
#include "ui/alarm-notifier.h"
#include "ui/banner.h"
#include "ui/display-setting.h"
#include "ui/downloads-button.h"
#include "ui/error-dialog.h"
#include "ui/hub-consent.h"
#include "ui/installer-lock.h"
#include "ui/journal-watch.h"
#include "ui/log-watch.h"
#include "ui/mode-button.h"
#include "ui/parcel-actions.h"
#include "ui/poll-setting.h"
#include "ui/recording-actions.h"
#include "ui/settings.h"
#include "ui/start-page.h"
#include "ui/tree-row.h"
#include "ui/window-actions.h"

#include <glib/gi18n.h>
#include <string.h>

#define STEP         " \xe2\x80\xba " /* between two parts of a route */
#define MAX_SUBTITLE 18               /* characters */
/* Of the title, in characters: beside five pages, and alone in a narrow window. */
#define TITLE_WIDTH        14
#define NARROW_TITLE_WIDTH 18
#define RECORD_TITLE_WIDTH 9 /* beside the button of a recording */

struct _PlanciaWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay    *toasts;
  GtkStack           *root_stack;
  PlanciaStartPage   *start_page;
  AdwFlap            *flap;
  GtkBox             *content;
  AdwHeaderBar       *header;
  AdwSqueezer        *squeezer;
  AdwViewSwitcher    *wide_switcher;
  AdwViewSwitcher    *narrow_switcher;
  GtkWidget          *no_switcher;
  GtkWidget          *title_box;
  GtkLabel           *device_title;
  GtkLabel           *device_subtitle;
  GtkWidget          *mode_line;
  AdwViewSwitcherBar *switcher_bar;

  PlanciaSession       *session;
  PlanciaPlantKeeper   *keeper;
  PlanciaSidebar       *sidebar;
  PlanciaBanner        *banner;
  PlanciaPages         *pages;
  PlanciaModeButton    *mode_button;
  PlanciaRecordButton  *record_button;
  PlanciaReplayBar     *replay_bar;
  PlanciaAlarmNotifier *notifier;
  PlanciaDevice        *device;        /* whose name is the title, or NULL */
  char                 *wanted_device; /* to be looked at when the plant is there */
  GtkWidget            *hub_question;  /* while it is asked, or NULL */
  guint                 squeeze_id;
  gboolean              shutting_down;
};

G_DEFINE_FINAL_TYPE (PlanciaWindow, plancia_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- title ----------------------------------------------------------------------------------- */

/* A bare unit number says nothing by itself. */
static char *
dup_route (PlanciaDevice *device)
{
  g_autofree char *route = plancia_device_dup_route (device);
  g_autofree char *place = plancia_device_place (device);

  if (plancia_device_get_parent (device) || !place)
    return g_steal_pointer (&route);
  if (g_ascii_isdigit (route[0]))
    return g_strdup_printf ("%s" STEP "%s", place, route);
  return g_steal_pointer (&place);
}

/* The place left over by the pages holds two steps of a route: "Inverters › 1". The rest is in the tooltip. */
static const char *
shorten_route (const char *route)
{
  const char *next;

  while (g_utf8_strlen (route, -1) > MAX_SUBTITLE && (next = strstr (route, STEP)) &&
         strstr (next + strlen (STEP), STEP))
    route = next + strlen (STEP);
  return route;
}

static char *
dup_subtitle (PlanciaDevice *device)
{
  guint n = g_list_model_get_n_items (plancia_device_get_children (device));

  if (plancia_device_get_members (device)) {
    n = plancia_device_get_members (device)->len;
    return g_strdup_printf (g_dngettext (NULL, "%u device", "%u devices", n), n);
  }
  if (g_str_equal (plancia_device_get_kind (device), "psc"))
    return g_strdup_printf (g_dngettext (NULL, "%u inverter", "%u inverters", n), n);
  if (g_str_equal (plancia_device_get_kind (device), "portal"))
    return g_strdup_printf (g_dngettext (NULL, "%u thing", "%u things", n), n);
  return dup_route (device);
}

/* The whole plant goes by the plant's own name. */
static const char *
get_title (PlanciaWindow *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (!plant || !self->device)
    return "Plancia";
  if (plancia_device_get_entry (self->device))
    return plancia_device_get_name (self->device);
  return plancia_plant_get_name (plancia_open_plant_get_plant (plant));
}

static void
update_title (PlanciaWindow *self)
{
  g_autofree char *subtitle = self->device ? dup_subtitle (self->device) : g_strdup ("");
  const char      *title = get_title (self);

  gtk_label_set_label (self->device_title, title);
  gtk_label_set_label (self->device_subtitle, shorten_route (subtitle));
  gtk_widget_set_visible (GTK_WIDGET (self->device_subtitle), subtitle[0] != '\0');
  gtk_widget_set_tooltip_text (self->title_box, subtitle[0] != '\0' ? subtitle : NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
device_changed_cb (PlanciaWindow *self)
{
  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, plancia_session_get_device (self->session));
  if (self->device)
    g_signal_connect_object (self->device,
                             "notify::name",
                             G_CALLBACK (update_title),
                             self,
                             G_CONNECT_SWAPPED);
  update_title (self);
}

/* --- form ------------------------------------------------------------------------------------ */

static void
folded_cb (PlanciaWindow *self)
{
  gboolean folded = self->flap && adw_flap_get_folded (self->flap);
  gboolean records = self->record_button &&
                     gtk_widget_get_visible (GTK_WIDGET (self->record_button));
  int narrow = records ? RECORD_TITLE_WIDTH : NARROW_TITLE_WIDTH;

  if (!self->flap) /* a recording ends with the window, too */
    return;
  if (self->banner)
    plancia_banner_set_narrow (self->banner, folded);
  if (self->mode_button)
    plancia_mode_button_set_narrow (self->mode_button, folded);
  if (self->replay_bar)
    plancia_replay_bar_set_narrow (self->replay_bar, folded);
  gtk_label_set_width_chars (self->device_title, folded ? narrow : TITLE_WIDTH);
}

static gboolean
reveal_bar_cb (gpointer user_data)
{
  PlanciaWindow *self = user_data;

  self->squeeze_id = 0;
  adw_view_switcher_bar_set_reveal (self->switcher_bar,
                                    adw_squeezer_get_visible_child (self->squeezer) ==
                                      self->no_switcher);
  return G_SOURCE_REMOVE;
}

/* It comes in the middle of an allocation, when nothing may change its size. */
static void
squeezed_cb (PlanciaWindow *self)
{
  if (self->squeeze_id == 0)
    self->squeeze_id = g_idle_add (reveal_bar_cb, self);
}

/* The tree gives way when it lies over the page. */
static void
device_chosen_cb (PlanciaWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* One page alone needs nothing to switch. */
static void
pages_changed_cb (PlanciaWindow *self)
{
  gboolean several = plancia_pages_get_count (self->pages) > 1;

  plancia_banner_set_page (self->banner, plancia_pages_get_visible (self->pages));
  gtk_widget_set_visible (GTK_WIDGET (self->squeezer), several);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar), several);
}

/* --- plant ----------------------------------------------------------------------------------- */

static PlanciaDevice *
find_device (PlanciaDeviceTree *tree, const char *name)
{
  PlanciaDevice *device = plancia_device_tree_find (tree, name);
  g_autoptr (GPtrArray) leaves = NULL;

  if (device)
    return device;

  /* The demo plant's devices have new ids at each start. */
  leaves = plancia_device_tree_list (tree);
  for (guint i = 0; i < leaves->len; i++) {
    if (g_str_equal (plancia_device_get_name (g_ptr_array_index (leaves, i)), name))
      return g_ptr_array_index (leaves, i);
  }
  return NULL;
}

/* Nobody is asked twice at a time; the answer may come when another plant is open. */
static void
hub_agreed (gpointer dialog, gpointer user_data)
{
  PlanciaWindow    *self = user_data;
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (plant)
    plancia_open_plant_release_hubs (plant);
}

static void
ask_about_hub (PlanciaWindow *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  GtkWidget        *question;

  if (!plant || !plancia_open_plant_get_hub_waits (plant) || self->hub_question)
    return;
  if (plancia_hub_consent_is_given ()) {
    plancia_open_plant_release_hubs (plant);
    return;
  }
  question =
    plancia_hub_consent_ask (GTK_WINDOW (self),
                             plancia_plant_get_simulated (plancia_open_plant_get_plant (plant)),
                             hub_agreed,
                             g_object_ref (self),
                             g_object_unref);
  g_set_weak_pointer (&self->hub_question, question);
}

static void
plant_changed_cb (PlanciaWindow *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (self->hub_question)
    gtk_window_close (GTK_WINDOW (self->hub_question));
  g_clear_weak_pointer (&self->hub_question);
  if (plant)
    g_signal_connect_object (plant,
                             "hub-waits",
                             G_CALLBACK (ask_about_hub),
                             self,
                             G_CONNECT_SWAPPED);
  ask_about_hub (self);
  gtk_stack_set_visible_child_name (self->root_stack, plant ? "plant" : "start");
  if (plant)
    g_signal_connect_object (plant,
                             "document-changed",
                             G_CALLBACK (update_title),
                             self,
                             G_CONNECT_SWAPPED);
  if (plant && self->wanted_device) {
    PlanciaDevice *device = find_device (plancia_open_plant_get_tree (plant), self->wanted_device);

    if (device)
      plancia_session_set_device (self->session, device);
    g_clear_pointer (&self->wanted_device, g_free);
  }
}

static void
failed_cb (PlanciaWindow *self, const char *heading, const GError *error)
{
  if (!self->shutting_down)
    plancia_error_dialog_show (GTK_WINDOW (self), heading, error);
}

/* --- state that is kept ---------------------------------------------------------------------- */

static void
save_state (PlanciaWindow *self)
{
  GSettings     *settings = plancia_settings_get ();
  PlanciaDevice *device = plancia_session_get_device (self->session);
  PlanciaEntry  *entry = device ? plancia_device_get_entry (device) : NULL;
  gboolean       demo = plancia_plant_keeper_get_demo (self->keeper) != NULL;
  const char *name = entry ? (demo ? plancia_entry_get_name (entry) : plancia_entry_get_id (entry))
                           : "";
  int         width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings,
                          "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0 && !gtk_window_is_maximized (GTK_WINDOW (self))) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
  if (!adw_flap_get_folded (self->flap))
    g_settings_set_boolean (settings, "sidebar-shown", adw_flap_get_reveal_flap (self->flap));
  if (plancia_session_get_plant (self->session)) {
    g_settings_set_string (settings, "page", plancia_pages_get_visible (self->pages));
    g_settings_set_string (settings, "device", name);
  }
}

static void
restore_state (PlanciaWindow *self)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *page = g_settings_get_string (settings, "page");

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap, g_settings_get_boolean (settings, "sidebar-shown"));
  plancia_pages_set_wanted (self->pages, page);
}

static void
shut_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaWindow) self = user_data;

  plancia_plant_keeper_shut_down_finish (PLANCIA_PLANT_KEEPER (source), result);
  g_settings_sync ();
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
plancia_window_close_request (GtkWindow *window)
{
  PlanciaWindow *self = PLANCIA_WINDOW (window);

  if (self->shutting_down)
    return TRUE;

  self->shutting_down = TRUE;
  save_state (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  plancia_plant_keeper_shut_down_async (self->keeper, shut_down_cb, g_object_ref (self));
  return TRUE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
add_parts (PlanciaWindow *self)
{
  PlanciaDownloadsButton *downloads;

  self->sidebar = g_object_new (PLANCIA_TYPE_SIDEBAR, "session", self->session, NULL);
  self->banner = g_object_new (PLANCIA_TYPE_BANNER, "session", self->session, NULL);
  self->pages = g_object_new (PLANCIA_TYPE_PAGES, "session", self->session, NULL);
  self->mode_button = g_object_new (PLANCIA_TYPE_MODE_BUTTON, "session", self->session, NULL);
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->sidebar));
  self->record_button = g_object_new (PLANCIA_TYPE_RECORD_BUTTON, "session", self->session, NULL);
  g_signal_connect_object (self->record_button,
                           "notify::recording",
                           G_CALLBACK (folded_cb),
                           self,
                           G_CONNECT_SWAPPED);
  self->replay_bar = g_object_new (PLANCIA_TYPE_REPLAY_BAR, "session", self->session, NULL);
  gtk_box_insert_child_after (self->content, GTK_WIDGET (self->replay_bar), self->mode_line);
  gtk_box_insert_child_after (self->content,
                              GTK_WIDGET (self->banner),
                              GTK_WIDGET (self->replay_bar));
  gtk_box_insert_child_after (self->content, GTK_WIDGET (self->pages), GTK_WIDGET (self->banner));
  adw_header_bar_pack_end (self->header, GTK_WIDGET (self->mode_button));
  adw_header_bar_pack_end (self->header, GTK_WIDGET (self->record_button));
  downloads = g_object_new (PLANCIA_TYPE_DOWNLOADS_BUTTON, "session", self->session, NULL);
  plancia_downloads_button_set_quiet (downloads, TRUE);
  adw_header_bar_pack_end (self->header, GTK_WIDGET (downloads));
  adw_view_switcher_set_stack (self->wide_switcher, plancia_pages_get_stack (self->pages));
  adw_view_switcher_set_stack (self->narrow_switcher, plancia_pages_get_stack (self->pages));
  adw_view_switcher_bar_set_stack (self->switcher_bar, plancia_pages_get_stack (self->pages));
}

static void
follow (gpointer object, const char *signal, GCallback callback, PlanciaWindow *self)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
follow_parts (PlanciaWindow *self)
{
  follow (self->session, "notify::plant", G_CALLBACK (plant_changed_cb), self);
  follow (self->session, "notify::device", G_CALLBACK (device_changed_cb), self);
  follow (self->keeper, "failed", G_CALLBACK (failed_cb), self);
  follow (self->sidebar, "device-chosen", G_CALLBACK (device_chosen_cb), self);
  follow (self->pages, "notify::visible-page", G_CALLBACK (pages_changed_cb), self);
  g_object_bind_property (self->session,
                          "installer",
                          self->mode_line,
                          "visible",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->keeper, "busy", self->start_page, "busy", G_BINDING_SYNC_CREATE);
}

static void
plancia_window_dispose (GObject *object)
{
  PlanciaWindow *self = PLANCIA_WINDOW (object);

  g_clear_weak_pointer (&self->hub_question);
  g_clear_handle_id (&self->squeeze_id, g_source_remove);
  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->device);
  if (self->session)
    plancia_session_set_plant (self->session, NULL);
  g_clear_object (&self->notifier);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_window_parent_class)->dispose (object);
}

static void
plancia_window_finalize (GObject *object)
{
  g_free (PLANCIA_WINDOW (object)->wanted_device);

  G_OBJECT_CLASS (plancia_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, header);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, squeezer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, wide_switcher);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, narrow_switcher);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, no_switcher);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, title_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, device_title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, device_subtitle);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, mode_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWindow, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, squeezed_cb);
}

static void
plancia_window_class_init (PlanciaWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_window_dispose;
  object_class->finalize = plancia_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = plancia_window_close_request;

  g_type_ensure (PLANCIA_TYPE_START_PAGE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_window_init (PlanciaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->session = plancia_session_new ();
  self->keeper = plancia_plant_keeper_new (self->session);
  self->notifier = plancia_alarm_notifier_new (self->session);
  add_parts (self);
  follow_parts (self);
  plancia_window_actions_add (self);
  plancia_parcel_actions_add (self);
  plancia_recording_actions_add (self, self->record_button, self->replay_bar);
  plancia_journal_watch_start (self);
  plancia_log_watch_start (self);
  plancia_display_setting_follow (self);
  plancia_poll_setting_follow (self->session);
  plancia_installer_lock_start (self);
  restore_state (self);
  folded_cb (self);
  pages_changed_cb (self);
  update_title (self);
}

/**
 * plancia_window_new:
 * @application: the program
 *
 * Returns: (transfer floating): the window with the start page
 */
PlanciaWindow *
plancia_window_new (GtkApplication *application)
{
  return g_object_new (PLANCIA_TYPE_WINDOW, "application", application, NULL);
}

void
plancia_window_restore (PlanciaWindow *self)
{
  g_autofree char *device = g_settings_get_string (plancia_settings_get (), "device");

  self->wanted_device = device[0] != '\0' ? g_steal_pointer (&device) : NULL;
  plancia_plant_keeper_restore (self->keeper);
}

PlanciaSession *
plancia_window_get_session (PlanciaWindow *self)
{
  return self->session;
}

PlanciaPlantKeeper *
plancia_window_get_keeper (PlanciaWindow *self)
{
  return self->keeper;
}

PlanciaPages *
plancia_window_get_pages (PlanciaWindow *self)
{
  return self->pages;
}

PlanciaSidebar *
plancia_window_get_sidebar (PlanciaWindow *self)
{
  return self->sidebar;
}

void
plancia_window_show_sidebar (PlanciaWindow *self)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

void
plancia_window_toggle_sidebar (PlanciaWindow *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/** plancia_window_toast: a short word at the bottom that goes by itself; @text is not markup. */
void
plancia_window_toast (PlanciaWindow *self, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  plancia_log_say (PLANCIA_LOG_NOTE, G_LOG_DOMAIN, "%s", text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

/**
 * plancia_window_toast_button:
 * @text: not markup
 * @button: what the button says
 * @action: what it does
 * @target: a string, for @action
 */
void
plancia_window_toast_button (PlanciaWindow *self,
                             const char    *text,
                             const char    *button,
                             const char    *action,
                             const char    *target)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target (toast, "s", target);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * plancia_window_show_alarms:
 * @self: a window
 * @device: id of a device; one that is not there changes nothing but the page
 */
void
plancia_window_show_alarms (PlanciaWindow *self, const char *device)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *found = plant
                              ? plancia_device_tree_find (plancia_open_plant_get_tree (plant), device)
                              : NULL;

  if (found)
    plancia_session_set_device (self->session, found);
  plancia_pages_set_wanted (self->pages, "alarms");
}
