/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-page.h"

#include "base/clock.h"
#include "model/alarm-log.h"
#include "model/device-alarms.h"
#include "ui/alarms-columns.h"
#include "ui/alarms-detail.h"
#include "ui/alarms-empty.h"
#include "ui/form-bin.h"
#include "ui/settings.h"
#include "ui/text-export.h"

#include <glib/gi18n.h>

#define BEFORE_ALARM (15 * PLANCIA_MINUTE) /* shown in the history before it began */

struct _PlanciaAlarmsPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin      *form;
  GtkToggleButton     *open_button;
  GtkSearchEntry      *search;
  GtkDropDown         *severity;
  GtkDropDown         *source;
  GtkDropDown         *period;
  GtkMenuButton       *menu_button;
  GtkStack            *stack;
  GtkColumnView       *view;
  AdwStatusPage       *empty;
  GtkWidget           *past_button;
  PlanciaAlarmsDetail *detail;

  PlanciaSession     *session; /* borrowed from the bin */
  PlanciaWorker      *worker;
  PlanciaAlarmLog    *log; /* of the plant, or NULL */
  GTimeZone          *zone;
  GHashTable         *ids; /* of devices whose alarms are shown; NULL: all */
  GtkCustomFilter    *filter;
  GtkFilterListModel *rows;
  GtkSingleSelection *selection;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmsPage, plancia_alarms_page, PLANCIA_TYPE_SESSION_BIN)

/* --- filter ---------------------------------------------------------------------------------- */

static gint64
get_since (PlanciaAlarmsPage *self)
{
  static const int days[] = {1, 7, 30};
  guint            selected = gtk_drop_down_get_selected (self->period);

  return selected < G_N_ELEMENTS (days) ? plancia_clock_now () - days[selected] * PLANCIA_DAY : 0;
}

static PlanciaAlarmQuery
get_query (PlanciaAlarmsPage *self)
{
  static const char *const sources[] = {NULL,
                                        PLANCIA_ALARM_LOCAL,
                                        PLANCIA_ALARM_PORTAL,
                                        PLANCIA_ALARM_PLANCIA};
  guint                    source = gtk_drop_down_get_selected (self->source);

  return (PlanciaAlarmQuery){
    .open_only = gtk_toggle_button_get_active (self->open_button),
    .severity = (int) gtk_drop_down_get_selected (self->severity) - 1,
    .source = source < G_N_ELEMENTS (sources) ? sources[source] : NULL,
    .text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
    .since = get_since (self),
    .devices = self->ids,
  };
}

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  PlanciaAlarmsPage *self = user_data;
  PlanciaAlarmQuery  query = get_query (self);

  return plancia_alarm_item_matches (item, &query);
}

/* Something that hides alarms which are of this device and not too old. */
static gboolean
is_filtered (PlanciaAlarmsPage *self)
{
  PlanciaAlarmQuery query = get_query (self);

  return query.severity >= 0 || query.source != NULL || query.text[0] != '\0';
}

static void
show_stack (PlanciaAlarmsPage *self)
{
  gboolean    any = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0;
  const char *name = any ? "list" : is_filtered (self) ? "nothing" : "empty";

  if (!any && self->log != NULL) {
    gboolean open_only = gtk_toggle_button_get_active (self->open_button);
    gboolean past = plancia_alarms_empty_show (self->empty,
                                               self->log,
                                               plancia_session_get_device (self->session),
                                               self->zone,
                                               open_only);

    gtk_widget_set_visible (self->past_button, past && open_only);
  }
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_detail (PlanciaAlarmsPage *self)
{
  PlanciaAlarmItem *item = gtk_single_selection_get_selected_item (self->selection);
  GAction          *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "history");

  gtk_widget_set_visible (GTK_WIDGET (self->detail), item != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), item != NULL);
  if (item != NULL)
    plancia_alarms_detail_set (self->detail, item, self->log, self->zone);
}

static void
filter_cb (PlanciaAlarmsPage *self)
{
  if (self->filter == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  /* Why there is nothing may be another reason now. */
  show_stack (self);
}

static void
set_state (PlanciaAlarmsPage *self, const char *name, guint selected)
{
  GAction *action = self->actions != NULL
                      ? g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)
                      : NULL;

  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_int32 ((int) selected));
}

/* The menu of the narrow form says the same as the three lists. */
static void
chosen_cb (PlanciaAlarmsPage *self)
{
  set_state (self, "severity", gtk_drop_down_get_selected (self->severity));
  set_state (self, "source", gtk_drop_down_get_selected (self->source));
  set_state (self, "period", gtk_drop_down_get_selected (self->period));
  filter_cb (self);
}

static void
clear_cb (PlanciaAlarmsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->severity, 0);
  gtk_drop_down_set_selected (self->source, 0);
}

static void
show_past_cb (PlanciaAlarmsPage *self)
{
  gtk_toggle_button_set_active (self->open_button, FALSE);
  gtk_drop_down_set_selected (self->period, 3);
}

/* --- plant and device ------------------------------------------------------------------------ */

static void
rows_cb (PlanciaAlarmsPage *self)
{
  show_stack (self);
  show_detail (self);
}

static void
device_cb (PlanciaAlarmsPage *self)
{
  g_clear_pointer (&self->ids, g_hash_table_unref);
  self->ids = plancia_alarm_log_dup_ids (plancia_session_get_device (self->session));
  filter_cb (self);
  rows_cb (self);
}

static void
drop_log (PlanciaAlarmsPage *self)
{
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  gtk_filter_list_model_set_model (self->rows, NULL);
  g_clear_object (&self->log);
}

static void
plant_cb (PlanciaAlarmsPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  drop_log (self);
  if (plant == NULL)
    return;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (plancia_plant_get_zone (plancia_open_plant_get_plant (plant)));
  self->log = g_object_ref (plancia_alarm_log_for (plant));
  plancia_alarms_columns_add (self->view, self->zone);
  plancia_alarms_columns_arrange (self->view,
                                  plancia_form_bin_get_narrow (self->form),
                                  plancia_form_bin_get_scale (self->form));
  gtk_filter_list_model_set_model (self->rows, G_LIST_MODEL (self->log));
  g_signal_connect_object (self->log, "changed", G_CALLBACK (rows_cb), self, G_CONNECT_SWAPPED);
  device_cb (self);
}

/* --- actions --------------------------------------------------------------------------------- */

static void
search_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLANCIA_ALARMS_PAGE (user_data)->search));
}

static void
export_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaAlarmsPage *self = user_data;
  g_autofree char   *text = plancia_alarm_items_to_csv (G_LIST_MODEL (self->rows), self->zone);

  plancia_text_export_ask (GTK_WIDGET (self),
                           self->worker,
                           _("Export table"),
                              /* TRANSLATORS: proposed name of a file */
                              _("alarms.csv"), text);
}

/* The device of the alarm, or the one of a cloud that has its history. */
static void
history_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaAlarmsPage        *self = user_data;
  PlanciaAlarmItem         *item = gtk_single_selection_get_selected_item (self->selection);
  PlanciaOpenPlant         *plant = plancia_session_get_plant (self->session);
  const PlanciaAlarmRecord *record;
  PlanciaDevice            *device;
  gint64                    end;

  if (item == NULL || plant == NULL)
    return;
  record = plancia_alarm_item_get_record (item);
  device = plancia_device_tree_find (plancia_open_plant_get_tree (plant), record->device);
  end = record->until != 0 ? record->until : plancia_clock_now ();
  if (device == NULL)
    return;
  plancia_session_set_device (self->session, device);
  plancia_session_set_visible (
    self->session,
    (PlanciaSpan){record->since - BEFORE_ALARM, MAX (end, record->since) + BEFORE_ALARM});
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "history");
}

static void
choose_action_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaAlarmsPage *self = user_data;
  const char        *name = g_action_get_name (G_ACTION (action));
  guint              selected = (guint) g_variant_get_int32 (state);

  if (g_str_equal (name, "severity"))
    gtk_drop_down_set_selected (self->severity, selected);
  else if (g_str_equal (name, "source"))
    gtk_drop_down_set_selected (self->source, selected);
  else
    gtk_drop_down_set_selected (self->period, selected);
}

static void
add_actions (PlanciaAlarmsPage *self)
{
  static const GActionEntry entries[] = {
    {"search",   search_action_cb,  NULL, NULL, NULL,             {0}},
    {"export",   export_action_cb,  NULL, NULL, NULL,             {0}},
    {"history",  history_action_cb, NULL, NULL, NULL,             {0}},
    {"severity", NULL,              "i",  "0",  choose_action_cb, {0}},
    {"source",   NULL,              "i",  "0",  choose_action_cb, {0}},
    {"period",   NULL,              "i",  "1",  choose_action_cb, {0}},
  };
  g_autoptr (GAction) notify = g_settings_create_action (plancia_settings_get (), "notify-alarms");

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), notify);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "alarms", G_ACTION_GROUP (self->actions));
}

/* --- form ------------------------------------------------------------------------------------ */

static void
add_choices (GMenu *menu, const char *title, const char *action, GtkDropDown *choice)
{
  GListModel *words = gtk_drop_down_get_model (choice);
  g_autoptr (GMenu) inner = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (words); i++) {
    g_autoptr (GtkStringObject) word = g_list_model_get_item (words, i);
    g_autofree char *detailed = g_strdup_printf ("%s(%u)", action, i);

    g_menu_append (inner, gtk_string_object_get_string (word), detailed);
  }
  g_menu_append_submenu (menu, title, G_MENU_MODEL (inner));
}

static void
set_menu (PlanciaAlarmsPage *self, gboolean narrow)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) filters = g_menu_new ();
  g_autoptr (GMenu) actions = g_menu_new ();

  if (narrow) {
    add_choices (filters, _("Severity"), "alarms.severity", self->severity);
    add_choices (filters, C_ ("column", "Source"), "alarms.source", self->source);
    add_choices (filters, _("Period"), "alarms.period", self->period);
    g_menu_append_section (menu, NULL, G_MENU_MODEL (filters));
  }
  g_menu_append (actions, _("Export table…"), "alarms.export");
  g_menu_append (actions, _("Notify of new alarms"), "alarms.notify-alarms");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (actions));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (self->menu_button,
                                 narrow ? "view-more-symbolic" : "plancia-export-symbolic");
}

static void
form_cb (PlanciaAlarmsPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);
  double   scale = plancia_form_bin_get_scale (self->form);

  gtk_widget_set_visible (GTK_WIDGET (self->severity), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->source), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->period), !narrow);
  set_menu (self, narrow);
  plancia_alarms_columns_arrange (self->view, narrow, scale);
  plancia_alarms_detail_set_narrow (self->detail, narrow);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_alarms_page_constructed (GObject *object)
{
  PlanciaAlarmsPage *self = PLANCIA_ALARMS_PAGE (object);

  G_OBJECT_CLASS (plancia_alarms_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::plant", G_CALLBACK (plant_cb));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::device", G_CALLBACK (device_cb));
  plant_cb (self);
}

static void
plancia_alarms_page_dispose (GObject *object)
{
  PlanciaAlarmsPage *self = PLANCIA_ALARMS_PAGE (object);

  if (self->rows != NULL)
    drop_log (self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->filter);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_alarms_page_parent_class)->dispose (object);
}

static void
plancia_alarms_page_finalize (GObject *object)
{
  PlanciaAlarmsPage *self = PLANCIA_ALARMS_PAGE (object);

  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_alarms_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/alarms-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, severity);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, source);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, period);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, past_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_past_cb);
}

static void
plancia_alarms_page_class_init (PlanciaAlarmsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_alarms_page_constructed;
  object_class->dispose = plancia_alarms_page_dispose;
  object_class->finalize = plancia_alarms_page_finalize;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_ALARMS_DETAIL);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_alarms_page_init (PlanciaAlarmsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("alarms");
  add_actions (self);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  self->rows = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection,
                           "notify::selected-item",
                           G_CALLBACK (show_detail),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows,
                           "items-changed",
                           G_CALLBACK (show_stack),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  form_cb (self);
}

static gboolean
has_alarms (PlanciaDevice *device)
{
  GListModel *children = plancia_device_get_children (device);

  if (plancia_device_alarms_supported (plancia_device_alarms_for (device)))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    if (has_alarms (child))
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_alarms_page_is_for:
 * @session: what is looked at
 * @device: (nullable): its device
 *
 * Returns: whether there is anything to show
 */
gboolean
plancia_alarms_page_is_for (PlanciaSession *session, PlanciaDevice *device)
{
  if (plancia_session_get_plant (session) == NULL || device == NULL)
    return FALSE;
  return plancia_device_get_entry (device) == NULL || has_alarms (device);
}
