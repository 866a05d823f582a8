/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/watch-page.h"

#include "base/clock.h"
#include "model/register-text.h"
#include "model/watch-model.h"
#include "ui/form-bin.h"
#include "ui/pages.h"
#include "ui/pause-bar.h"
#include "ui/table-copy.h"
#include "ui/watch-columns.h"

#include <glib/gi18n.h>

struct _PlanciaWatchPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin  *form;
  GtkStack        *stack;
  GtkLabel        *count;
  GtkSpinner      *spinner;
  GtkWidget       *read_button;
  PlanciaPauseBar *pause_bar;
  GtkColumnView   *view;

  PlanciaSession      *session; /* borrowed from the bin */
  PlanciaWatchModel   *model;   /* of the plant, or NULL */
  PlanciaWatchColumns *columns;
  PlanciaTableCopy    *copy;
  GSimpleActionGroup  *actions;
};

G_DEFINE_FINAL_TYPE (PlanciaWatchPage, plancia_watch_page, PLANCIA_TYPE_SESSION_BIN)

/* --- what is shown --------------------------------------------------------------------------- */

static guint
count_devices (PlanciaWatchPage *self, guint n)
{
  g_autoptr (GHashTable) devices = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaWatchRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

    g_hash_table_add (devices, plancia_watch_row_get_device (row));
  }
  return g_hash_table_size (devices);
}

static void
show_count (PlanciaWatchPage *self, guint n)
{
  guint            n_devices = n > 0 ? count_devices (self, n) : 0;
  g_autofree char *registers =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u register", "%u registers", n), n);
  g_autofree char *devices =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u device", "%u devices", n_devices),
                     n_devices);
  g_autofree char *text = g_strdup_printf ("%s · %s", registers, devices);

  gtk_label_set_text (self->count, n > 0 ? text : "");
}

static void
enable (PlanciaWatchPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (PlanciaWatchPage *self)
{
  guint    n = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  gboolean reading = n > 0 && plancia_watch_model_is_reading (self->model);

  show_count (self, n);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), reading);
  gtk_spinner_set_spinning (self->spinner, reading);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "table" : "empty");
  enable (self, "read-now", n > 0 && !reading);
  enable (self, "copy-table", n > 0);
  enable (self, "export-table", n > 0);
}

/* --- the plant ------------------------------------------------------------------------------- */

static void
let_plant_go (PlanciaWatchPage *self)
{
  gtk_column_view_set_model (self->view, NULL);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
end_pause (PlanciaWatchPage *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      "pause",
                                      g_variant_new_boolean (FALSE));
}

static void
plant_cb (PlanciaWatchPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GtkNoSelection) selection = NULL;

  end_pause (self);
  let_plant_go (self);
  if (plant != NULL) {
    self->model = plancia_watch_model_new (plant);
    g_signal_connect_object (self->model, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  }
  update (self);
}

static GTimeZone *
zone_of (PlanciaWatchPage *self)
{
  return plancia_plant_get_zone (
    plancia_open_plant_get_plant (plancia_session_get_plant (self->session)));
}

/* --- copies ---------------------------------------------------------------------------------- */

static char *
row_text (gpointer item, gpointer user_data)
{
  PlanciaRegisterRow *row = plancia_watch_row_get_register (item);

  return row != NULL ? plancia_register_text_row (
                         row,
                         plancia_device_get_name (plancia_watch_row_get_device (item)),
                         zone_of (user_data))
                     : NULL;
}

static char *
table_text (GListModel *rows, char separator, gpointer user_data)
{
  return plancia_watch_model_to_text (PLANCIA_WATCH_PAGE (user_data)->model, separator);
}

static const PlanciaTableTexts texts = {
  row_text,
  table_text,
  /* TRANSLATORS: proposed name of a file */
  N_ ("watch-list.csv"),
};

/* --- actions --------------------------------------------------------------------------------- */

static void
on_read_now (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWatchPage *self = user_data;

  /* Who asks for new values wants to see them. */
  end_pause (self);
  if (self->model != NULL)
    plancia_watch_model_read (self->model);
}

static void
change_pause (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaWatchPage *self = user_data;
  gboolean          pause = g_variant_get_boolean (state) && self->model != NULL;

  g_simple_action_set_state (action, g_variant_new_boolean (pause));
  if (self->model != NULL)
    plancia_watch_model_set_paused (self->model, pause);
  plancia_pause_bar_show (self->pause_bar,
                          pause ? plancia_clock_now () : 0,
                          pause ? zone_of (self) : NULL,
                          "watch.pause");
}

static void
move (PlanciaWatchPage *self, int offset)
{
  PlanciaWatchRow *row = plancia_table_copy_get_item (self->copy);

  if (row != NULL)
    plancia_watch_model_move (self->model, row, offset);
}

static void
on_up (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move (user_data, -1);
}

static void
on_down (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  move (user_data, 1);
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWatchPage *self = user_data;
  PlanciaWatchRow  *row = plancia_table_copy_get_item (self->copy);

  if (row != NULL)
    plancia_watch_model_remove (self->model, row);
}

static void
show_device (PlanciaWatchPage *self, PlanciaWatchRow *row)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), PLANCIA_TYPE_PAGES);
  g_autoptr (PlanciaDevice) device = g_object_ref (plancia_watch_row_get_device (row));

  if (pages != NULL)
    plancia_pages_set_wanted (PLANCIA_PAGES (pages), "registers");
  plancia_session_set_device (self->session, device);
}

static void
on_show (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWatchPage *self = user_data;
  PlanciaWatchRow  *row = plancia_table_copy_get_item (self->copy);

  if (row != NULL)
    show_device (self, row);
}

static void
activate_cb (PlanciaWatchPage *self, guint position)
{
  g_autoptr (PlanciaWatchRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL)
    show_device (self, row);
}

static void
dropped_cb (PlanciaWatchPage *self, PlanciaWatchRow *row, PlanciaWatchRow *before)
{
  plancia_watch_model_move_before (self->model, row, before);
}

static void
add_actions (PlanciaWatchPage *self)
{
  static const GActionEntry entries[] = {
    {"read-now", on_read_now, NULL, NULL,    NULL,         {0}},
    {"refresh",  on_read_now, NULL, NULL,    NULL,         {0}},
    {"up",       on_up,       NULL, NULL,    NULL,         {0}},
    {"down",     on_down,     NULL, NULL,    NULL,         {0}},
    {"remove",   on_remove,   NULL, NULL,    NULL,         {0}},
    {"show",     on_show,     NULL, NULL,    NULL,         {0}},
    {"pause",    NULL,        NULL, "false", change_pause, {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "watch", G_ACTION_GROUP (self->actions));
}

static void
add_row_menu (PlanciaWatchPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) table = g_menu_new ();

  g_menu_append (order, _ ("Move up"), "watch.up");
  g_menu_append (order, _ ("Move down"), "watch.down");
  g_menu_append (order, _ ("Remove from the watch list"), "watch.remove");
  g_menu_append (table, _ ("Show at its device"), "watch.show");
  g_menu_append (table, _ ("Copy row"), "watch.copy-row");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (table));
  plancia_table_copy_set_menu (self->copy, G_MENU_MODEL (menu));
}

static void
add_key (GtkWidgetClass *widget_class, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

/* --- size ------------------------------------------------------------------------------------ */

static void
form_cb (PlanciaWatchPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);

  gtk_widget_set_visible (self->read_button, !narrow);
  plancia_watch_columns_arrange (self->columns, narrow, plancia_form_bin_get_scale (self->form));
}

/* Settings are not polled: without this their values would be unknown when the page is first shown. */
static void
plancia_watch_page_map (GtkWidget *widget)
{
  PlanciaWatchPage *self = PLANCIA_WATCH_PAGE (widget);

  GTK_WIDGET_CLASS (plancia_watch_page_parent_class)->map (widget);
  if (self->model != NULL)
    plancia_watch_model_read (self->model);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_watch_page_constructed (GObject *object)
{
  PlanciaWatchPage *self = PLANCIA_WATCH_PAGE (object);

  G_OBJECT_CLASS (plancia_watch_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::plant", G_CALLBACK (plant_cb));
  plant_cb (self);
}

static void
plancia_watch_page_dispose (GObject *object)
{
  PlanciaWatchPage *self = PLANCIA_WATCH_PAGE (object);

  if (self->view != NULL)
    let_plant_go (self);
  g_clear_object (&self->copy);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->view = NULL;
  g_clear_object (&self->columns);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_watch_page_parent_class)->dispose (object);
}

static void
plancia_watch_page_class_init (PlanciaWatchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_watch_page_constructed;
  object_class->dispose = plancia_watch_page_dispose;
  widget_class->map = plancia_watch_page_map;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_PAUSE_BAR);
  add_key (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "watch.up");
  add_key (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "watch.down");
  add_key (widget_class, GDK_KEY_Delete, 0, "watch.remove");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/watch-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, count);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, read_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, pause_bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaWatchPage, view);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
plancia_watch_page_init (PlanciaWatchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = plancia_watch_columns_new (self->view);
  g_signal_connect_object (self->columns,
                           "dropped",
                           G_CALLBACK (dropped_cb),
                           self,
                           G_CONNECT_SWAPPED);
  add_actions (self);
  self->copy = plancia_table_copy_new (self->view, G_ACTION_MAP (self->actions), &texts, self);
  add_row_menu (self);
  form_cb (self);
}
