/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/registers-page.h"

#include "base/clock.h"
#include "model/register-text.h"
#include "ui/error-text.h"
#include "ui/form-bin.h"
#include "ui/pause-bar.h"
#include "ui/register-columns.h"
#include "ui/register-empty.h"
#include "ui/register-favourites.h"
#include "ui/register-filter.h"
#include "ui/register-groups.h"
#include "ui/register-map-actions.h"
#include "ui/register-menu.h"
#include "ui/register-popover.h"
#include "ui/register-source.h"
#include "ui/register-stage-bar.h"
#include "ui/register-watch-action.h"
#include "ui/table-copy.h"
#include <glib/gi18n.h>

#define LARGE_TEXT 1.25

struct _PlanciaRegistersPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin          *form;
  PlanciaFormBin          *wide_form; /* narrow: no room for the groups beside the table */
  GtkStack                *stack;
  GtkStack                *rows_stack;
  GtkDropDown             *group_drop;
  GtkSearchEntry          *search;
  GtkSpinner              *spinner;
  GtkWidget               *changed_button;
  GtkWidget               *writable_button;
  GtkMenuButton           *menu_button;
  PlanciaRegisterGroups   *groups;
  GtkWidget               *groups_separator;
  GtkColumnView           *view;
  AdwStatusPage           *none;
  AdwStatusPage           *no_map;
  GtkWidget               *pause_button;
  PlanciaPauseBar         *pause_bar;
  PlanciaRegisterStageBar *stage_bar;

  PlanciaSession         *session; /* borrowed from the bin */
  PlanciaDevice          *device;
  PlanciaRegisterSource  *source; /* of the device */
  PlanciaRegisterModel   *model;  /* or NULL */
  PlanciaRegisterColumns *columns;
  PlanciaRegisterFilter  *filter;
  GtkFilterListModel     *rows;
  GSimpleActionGroup     *actions;
  PlanciaTableCopy       *copy;
  PlanciaRegisterPopover *popover;
};

G_DEFINE_FINAL_TYPE (PlanciaRegistersPage, plancia_registers_page, PLANCIA_TYPE_SESSION_BIN)

/* --- what is shown --------------------------------------------------------------------------- */

static void
enable (PlanciaRegistersPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
may_write (PlanciaRegistersPage *self)
{
  return self->session != NULL && plancia_session_get_installer (self->session) &&
         self->device != NULL && plancia_device_get_flags (self->device) & PLANCIA_BACKEND_WRITE;
}

static void
update_stage_bar (PlanciaRegistersPage *self)
{
  guint n = self->model != NULL ? plancia_register_model_get_n_staged (self->model) : 0;

  plancia_register_stage_bar_show (self->stage_bar, n, may_write (self));
  enable (self, "review", n > 0 && may_write (self));
  enable (self, "discard", n > 0);
  enable (self, "raw-write", may_write (self));
}

static PlanciaRegisterEmpty
why_empty (PlanciaRegistersPage *self)
{
  if (!plancia_register_filter_is_narrowed (self->filter) &&
      plancia_register_groups_get_favourites (self->groups))
    return PLANCIA_REGISTER_EMPTY_FAVOURITES;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->changed_button)))
    return PLANCIA_REGISTER_EMPTY_CHANGED;
  return PLANCIA_REGISTER_EMPTY_SEARCH;
}

static void
update_none (PlanciaRegistersPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0;

  if (!any)
    plancia_register_empty_show (self->none, why_empty (self));
  gtk_stack_set_visible_child_name (self->rows_stack, any ? "rows" : "none");
}

static gboolean
is_connected (PlanciaRegistersPage *self)
{
  PlanciaBackend *backend = self->device ? plancia_device_get_backend (self->device) : NULL;

  return backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

/* Old values stay readable, but nobody takes them for live ones. */
static void
update_state (PlanciaRegistersPage *self)
{
  gboolean live = self->device != NULL &&
                  plancia_device_get_mark (self->device) == PLANCIA_MARK_LIVE;

  if (live)
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "old-readings");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "old-readings");
  enable (self, "read-now", self->model != NULL && is_connected (self));
  enable (self, "refresh", self->model != NULL && is_connected (self));
  plancia_register_empty_show (self->no_map,
                               is_connected (self) ? PLANCIA_REGISTER_EMPTY_MAP_UNKNOWN
                                                   : PLANCIA_REGISTER_EMPTY_NO_MAP_YET);
  if (live && self->source != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    plancia_register_source_read_first (self->source);
}

static void
on_updated (PlanciaRegistersPage *self)
{
  plancia_register_filter_refresh (self->filter);
  update_state (self);
}

static void
on_staged_changed (PlanciaRegistersPage *self)
{
  update_stage_bar (self);
  plancia_register_groups_update (self->groups);
  plancia_register_filter_refresh (self->filter);
}

static void
on_reading_changed (PlanciaRegistersPage *self)
{
  gboolean      reading = plancia_register_source_is_reading (self->source);
  const GError *error = plancia_register_source_get_error (self->source);
  GtkWidget    *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), reading);
  gtk_spinner_set_spinning (self->spinner, reading);
  if (!reading && error != NULL && overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay),
                                 adw_toast_new (plancia_error_text (error)));
}

static void end_pause (PlanciaRegistersPage *self);

/* --- device and model ------------------------------------------------------------------------ */

static void
apply_group (PlanciaRegistersPage *self)
{
  plancia_register_filter_set_group (self->filter,
                                     plancia_register_groups_get_group (self->groups));
  plancia_register_filter_set_favourites (self->filter,
                                          plancia_register_groups_get_favourites (self->groups));
}

static void
set_model (PlanciaRegistersPage *self, PlanciaRegisterModel *model)
{
  if (self->model == model)
    return;
  plancia_register_popover_close (self->popover);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_swapped (model, "staged-changed", G_CALLBACK (on_staged_changed), self);
  plancia_register_groups_set_model (self->groups, model);
  apply_group (self);
  gtk_filter_list_model_set_model (self->rows, G_LIST_MODEL (model));
  gtk_stack_set_visible_child_name (self->stack, model != NULL ? "table" : "no-map");
  update_stage_bar (self);
  update_none (self);
}

static void
on_model_changed (PlanciaRegistersPage *self)
{
  set_model (self, plancia_register_source_get_model (self->source));
  update_state (self);
}

static void
let_device_go (PlanciaRegistersPage *self)
{
  if (self->source != NULL) {
    g_signal_handlers_disconnect_by_data (self->source, self);
    plancia_register_source_set_watched (self->source, FALSE);
  }
  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  set_model (self, NULL);
  g_clear_object (&self->source);
  g_clear_object (&self->device);
}

static void
take_device (PlanciaRegistersPage *self, PlanciaDevice *device)
{
  self->device = g_object_ref (device);
  self->source = g_object_ref (plancia_register_source_of (device));
  g_signal_connect_swapped (device, "notify::state", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (self->source, "model-changed", G_CALLBACK (on_model_changed), self);
  g_signal_connect_swapped (self->source, "updated", G_CALLBACK (on_updated), self);
  g_signal_connect_swapped (self->source, "reading-changed", G_CALLBACK (on_reading_changed), self);
  plancia_register_source_set_watched (self->source, gtk_widget_get_mapped (GTK_WIDGET (self)));
  set_model (self, plancia_register_source_get_model (self->source));
}

static gboolean
has_registers (PlanciaDevice *device)
{
  return device != NULL && plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS;
}

static void
on_device (PlanciaRegistersPage *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  if (device == self->device)
    return;
  end_pause (self);
  let_device_go (self);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      "changed",
                                      g_variant_new_boolean (FALSE));
  if (has_registers (device))
    take_device (self, device);
  update_state (self);
}

static void
on_star (PlanciaRegistersPage *self, PlanciaRegisterRow *row, gboolean starred)
{
  plancia_register_favourites_set (self->model, row, starred);
  plancia_register_groups_update (self->groups);
  plancia_register_filter_refresh (self->filter);
}

/* --- editor and review ----------------------------------------------------------------------- */

static void
open_editor (PlanciaRegistersPage *self, PlanciaRegisterRow *row)
{
  graphene_rect_t bounds;
  GdkRectangle    place = {0, 0, 1, 1};

  if (plancia_register_columns_find (self->columns, row, GTK_WIDGET (self->form), &bounds))
    place = (GdkRectangle){(int) bounds.origin.x,
                           (int) bounds.origin.y,
                           (int) bounds.size.width,
                           (int) bounds.size.height};
  plancia_register_popover_open (self->popover, self->session, self->source, row, &place);
}

static void
on_activate (PlanciaRegistersPage *self, guint position)
{
  g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL)
    open_editor (self, row);
}

static void
on_review (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  if (self->model != NULL && may_write (self))
    plancia_register_menu_open_review (GTK_WIDGET (self), self->session, self->device, self->model);
}

static void
on_raw_write (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  if (may_write (self) && is_connected (self))
    plancia_register_menu_open_raw (GTK_WIDGET (self), self->session, self->device);
}

static void
on_journal (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  if (self->device != NULL && plancia_session_get_plant (self->session) != NULL)
    plancia_register_menu_open_journal (GTK_WIDGET (self), self->session, self->device);
}

/* --- copies ---------------------------------------------------------------------------------- */

static GTimeZone *
zone_of (PlanciaRegistersPage *self)
{
  return plancia_plant_get_zone (
    plancia_open_plant_get_plant (plancia_session_get_plant (self->session)));
}

static char *
row_text (gpointer item, gpointer user_data)
{
  return plancia_register_text_row (item, NULL, zone_of (user_data));
}

static char *
table_text (GListModel *rows, char separator, gpointer user_data)
{
  return plancia_register_text_table (rows, separator);
}

static const PlanciaTableTexts texts = {
  row_text,
  table_text,
  /* TRANSLATORS: proposed name of a file */
  N_ ("registers.csv"),
};

/* --- tool bar -------------------------------------------------------------------------------- */

static void
on_discard (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  if (self->model != NULL)
    plancia_register_model_discard (self->model);
}

static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_read_now (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  /* Who asks for new values wants to see them. */
  end_pause (self);
  if (self->source != NULL)
    plancia_register_source_read (self->source, NULL);
}

static void
change_pause (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;
  gboolean              pause = g_variant_get_boolean (state) && self->source != NULL;

  g_simple_action_set_state (action, g_variant_new_boolean (pause));
  if (self->source != NULL)
    plancia_register_source_set_paused (self->source, pause);
  plancia_pause_bar_show (self->pause_bar,
                          pause ? plancia_clock_now () : 0,
                          pause ? zone_of (self) : NULL,
                          "registers.pause");
}

static void
end_pause (PlanciaRegistersPage *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      "pause",
                                      g_variant_new_boolean (FALSE));
}

static void
change_changed (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;
  gboolean              on = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  plancia_register_filter_set_changed (self->filter, on ? plancia_clock_now () : 0);
  update_none (self);
}

static void
change_writable (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaRegistersPage *self = user_data;

  g_simple_action_set_state (action, state);
  plancia_register_filter_set_writable (self->filter, g_variant_get_boolean (state));
}

static void
on_search_changed (PlanciaRegistersPage *self)
{
  plancia_register_filter_set_search (self->filter,
                                      gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_stop_search (PlanciaRegistersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_group_chosen (PlanciaRegistersPage *self)
{
  apply_group (self);
  update_none (self);
}

static void
on_show_all (PlanciaRegistersPage *self)
{
  GActionGroup *group = G_ACTION_GROUP (self->actions);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  plancia_register_filter_set_search (self->filter, NULL);
  g_action_group_change_action_state (group, "changed", g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (group, "writable", g_variant_new_boolean (FALSE));
  plancia_register_groups_choose (self->groups, NULL);
  update_none (self);
}

static gboolean
review_by_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, "registers.review", NULL);
}

/* Wherever the focus is in the window, but only while the page is shown. */
static void
add_keys (PlanciaRegistersPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *review = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                          gtk_callback_action_new (review_by_key, NULL, NULL));

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), review);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_actions (PlanciaRegistersPage *self)
{
  static const GActionEntry entries[] = {
    {"search",    on_search,    NULL, NULL,    NULL,            {0}},
    {"read-now",  on_read_now,  NULL, NULL,    NULL,            {0}},
    {"refresh",   on_read_now,  NULL, NULL,    NULL,            {0}},
    {"review",    on_review,    NULL, NULL,    NULL,            {0}},
    {"raw-write", on_raw_write, NULL, NULL,    NULL,            {0}},
    {"journal",   on_journal,   NULL, NULL,    NULL,            {0}},
    {"discard",   on_discard,   NULL, NULL,    NULL,            {0}},
    {"changed",   NULL,         NULL, "false", change_changed,  {0}},
    {"writable",  NULL,         NULL, "false", change_writable, {0}},
    {"pause",     NULL,         NULL, "false", change_pause,    {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  plancia_register_columns_add_actions (self->columns, G_ACTION_MAP (self->actions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "registers", G_ACTION_GROUP (self->actions));
  /* What the keys of the window ask of every page: "page.search", "page.refresh". */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (self->actions));
}

static void
add_row_menu (PlanciaRegistersPage *self)
{
  g_autoptr (GMenuModel) menu = plancia_register_menu_new_for_row ();

  plancia_table_copy_set_menu (self->copy, menu);
}

/* --- size ------------------------------------------------------------------------------------ */

static void
show_form (PlanciaRegistersPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);
  double   scale = plancia_form_bin_get_scale (self->form);
  gboolean drop = plancia_form_bin_get_narrow (self->wide_form) || scale >= LARGE_TEXT;
  g_autoptr (GMenuModel) menu = plancia_register_menu_new (self->columns, narrow);

  gtk_widget_set_visible (GTK_WIDGET (self->groups), !drop);
  gtk_widget_set_visible (self->groups_separator, !drop);
  gtk_widget_set_visible (GTK_WIDGET (self->group_drop), drop);
  gtk_widget_set_visible (self->changed_button, !narrow);
  gtk_widget_set_visible (self->writable_button, !narrow);
  gtk_widget_set_visible (self->pause_button, !narrow);
  plancia_register_stage_bar_set_narrow (self->stage_bar, narrow);
  plancia_register_columns_set_scale (self->columns, scale);
  plancia_register_columns_set_narrow (self->columns, narrow);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

static void
plancia_registers_page_map (GtkWidget *widget)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (widget);

  GTK_WIDGET_CLASS (plancia_registers_page_parent_class)->map (widget);
  if (self->source != NULL)
    plancia_register_source_set_watched (self->source, TRUE);
  update_state (self);
}

static void
plancia_registers_page_unmap (GtkWidget *widget)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (widget);

  plancia_register_popover_close (self->popover);
  if (self->source != NULL)
    plancia_register_source_set_watched (self->source, FALSE);
  GTK_WIDGET_CLASS (plancia_registers_page_parent_class)->unmap (widget);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_registers_page_constructed (GObject *object)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (object);

  G_OBJECT_CLASS (plancia_registers_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_register_map_actions_attach (GTK_WIDGET (self), self->session);
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::device", G_CALLBACK (on_device));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::installer",
                              G_CALLBACK (update_stage_bar));
  plancia_register_watch_action_add (self->copy, G_ACTION_MAP (self->actions), self->session);
  on_device (self);
  update_state (self);
}

static void
plancia_registers_page_dispose (GObject *object)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (object);

  if (self->actions != NULL) {
    end_pause (self);
    let_device_go (self);
  }
  g_clear_object (&self->copy);
  g_clear_object (&self->popover);
  g_clear_object (&self->columns);
  g_clear_object (&self->filter);
  g_clear_object (&self->rows);
  g_clear_object (&self->actions);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (plancia_registers_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, wide_form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, group_drop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, changed_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, writable_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, groups);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, groups_separator);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, none);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, no_map);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, pause_bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegistersPage, stage_bar);
}

static void
plancia_registers_page_class_init (PlanciaRegistersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_registers_page_constructed;
  object_class->dispose = plancia_registers_page_dispose;
  widget_class->map = plancia_registers_page_map;
  widget_class->unmap = plancia_registers_page_unmap;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_PAUSE_BAR);
  g_type_ensure (PLANCIA_TYPE_REGISTER_GROUPS);
  g_type_ensure (PLANCIA_TYPE_REGISTER_STAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/registers-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_group_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, show_form);
}

static void
plancia_registers_page_init (PlanciaRegistersPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = plancia_register_filter_new ();
  self->rows = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->columns = plancia_register_columns_new (self->view);
  self->popover = plancia_register_popover_new (GTK_WIDGET (self->form), GTK_WIDGET (self->view));
  g_signal_connect_object (self->columns, "star", G_CALLBACK (on_star), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "star", G_CALLBACK (on_star), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows,
                           "items-changed",
                           G_CALLBACK (update_none),
                           self,
                           G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  add_actions (self);
  self->copy = plancia_table_copy_new (self->view, G_ACTION_MAP (self->actions), &texts, self);
  add_row_menu (self);
  add_keys (self);
  plancia_register_groups_bind_drop_down (self->groups, self->group_drop);
  show_form (self);
}
