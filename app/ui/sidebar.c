/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar.h"

#include "base/signal-new.h"
#include "chart/chart-text.h"
#include "ui/plant-menu.h"
#include "ui/tree-menu.h"
#include "ui/tree-order.h"
#include "ui/tree-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* At the usual text size, and at most. */
#define WIDTH      300
#define MOST_WIDTH 390

struct _PlanciaSidebar
{
  GtkBox parent_instance;

  GtkMenuButton  *plant_button;
  GtkWidget      *simulated;
  GtkLabel       *plant_name;
  GtkSearchBar   *search_bar;
  GtkSearchEntry *search_entry;
  GtkListView    *tree;

  PlanciaSession     *session;
  GtkCustomFilter    *filter;
  GtkTreeListModel   *rows; /* of the open plant, or NULL */
  GtkSingleSelection *selection;
  char               *needle; /* case-folded, or NULL */
  gboolean            choosing;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

enum {
  SIGNAL_DEVICE_CHOSEN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaSidebar, plancia_sidebar, GTK_TYPE_BOX)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- search ---------------------------------------------------------------------------------- */

static gboolean
has_needle (PlanciaSidebar *self, PlanciaDevice *device)
{
  g_autofree char *name = g_utf8_casefold (plancia_device_title (device), -1);

  return strstr (name, self->needle) != NULL;
}

static gboolean
has_needle_below (PlanciaSidebar *self, PlanciaDevice *device)
{
  GListModel *children = plancia_device_get_children (device);
  guint       n = g_list_model_get_n_items (children);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    if (has_needle (self, child) || has_needle_below (self, child))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_needle_above (PlanciaSidebar *self, PlanciaDevice *device)
{
  for (PlanciaDevice *up = plancia_device_get_parent (device); up;
       up = plancia_device_get_parent (up)) {
    if (has_needle (self, up))
      return TRUE;
  }
  return FALSE;
}

/* A match is shown with the way to it and what hangs on it. */
static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  PlanciaSidebar *self = user_data;
  g_autoptr (PlanciaDevice) device = gtk_tree_list_row_get_item (item);

  return !self->needle || has_needle (self, device) || has_needle_below (self, device) ||
         has_needle_above (self, device);
}

static void
expand_all (PlanciaSidebar *self)
{
  /* The list grows while rows open. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

    gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

static void
search_changed_cb (PlanciaSidebar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->needle, g_free);
  if (text[0] != '\0')
    self->needle = g_utf8_casefold (text, -1);
  if (self->needle && self->rows)
    expand_all (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* The first line that matches by itself, not for what is above or below it. */
static void
search_activate_cb (PlanciaSidebar *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; self->needle && i < n; i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
    g_autoptr (PlanciaDevice) device = gtk_tree_list_row_get_item (row);

    if (has_needle (self, device)) {
      plancia_session_set_device (self->session, device);
      break;
    }
  }
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  g_signal_emit (self, signals[SIGNAL_DEVICE_CHOSEN], 0);
}

static void
search_stop_cb (PlanciaSidebar *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

/* --- selection ------------------------------------------------------------------------------- */

static guint
find_row (GListModel *rows, PlanciaDevice *device)
{
  guint n = rows ? g_list_model_get_n_items (rows) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
    g_autoptr (PlanciaDevice) at = gtk_tree_list_row_get_item (row);

    if (at == device)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

static void
expand_to (PlanciaSidebar *self, PlanciaDevice *device)
{
  PlanciaDevice *parent = plancia_device_get_parent (device);
  guint          position;

  if (!parent)
    return;

  expand_to (self, parent);
  position = find_row (G_LIST_MODEL (self->rows), parent);
  if (position != GTK_INVALID_LIST_POSITION) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

    gtk_tree_list_row_set_expanded (row, TRUE);
  }
}

static void
device_changed_cb (PlanciaSidebar *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);
  guint          position;

  if (!self->rows || !device || self->choosing)
    return;

  expand_to (self, device);
  position = find_row (G_LIST_MODEL (self->selection), device);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, position);
}

/* A line that folds away leaves nothing selected; the session then keeps its device. */
static void
selected_cb (PlanciaSidebar *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (PlanciaDevice) device = row ? gtk_tree_list_row_get_item (row) : NULL;

  if (!device || device == plancia_session_get_device (self->session))
    return;

  self->choosing = TRUE;
  plancia_session_set_device (self->session, device);
  self->choosing = FALSE;
  g_signal_emit (self, signals[SIGNAL_DEVICE_CHOSEN], 0);
}

static void
activate_cb (PlanciaSidebar *self)
{
  g_signal_emit (self, signals[SIGNAL_DEVICE_CHOSEN], 0);
}

/* --- rows ------------------------------------------------------------------------------------ */

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  PlanciaSidebar *self = user_data;
  GtkWidget      *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  plancia_tree_menu_show (PLANCIA_TREE_ROW (row), self->session, x, y);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, PlanciaSidebar *self)
{
  GtkWidget  *expander = gtk_tree_expander_new ();
  GtkWidget  *row = plancia_tree_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  plancia_tree_order_set_up (PLANCIA_TREE_ROW (row), self->session);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), row);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkTreeListRow  *row = gtk_list_item_get_item (item);
  g_autoptr (PlanciaDevice) device = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  plancia_tree_row_set_device (PLANCIA_TREE_ROW (gtk_tree_expander_get_child (expander)), device);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));

  plancia_tree_row_set_device (PLANCIA_TREE_ROW (gtk_tree_expander_get_child (expander)), NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

static GtkWidget *
find_selected_row (PlanciaSidebar *self, GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found;

    if (PLANCIA_IS_TREE_ROW (child) && plancia_tree_row_get_device (PLANCIA_TREE_ROW (child)) ==
                                         plancia_session_get_device (self->session))
      return child;
    found = find_selected_row (self, child);
    if (found)
      return found;
  }
  return NULL;
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  PlanciaSidebar *self = user_data;
  GtkWidget      *row = find_selected_row (self, GTK_WIDGET (self->tree));

  if (row)
    plancia_tree_menu_show (PLANCIA_TREE_ROW (row),
                            self->session,
                            gtk_widget_get_width (row) / 2.0,
                            gtk_widget_get_height (row));
  return row != NULL;
}

/* The device that is looked at is the line the keys are for. */
static gboolean
move (PlanciaSidebar *self, int steps)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  return device && plancia_tree_order_move (self->session, device, steps);
}

static gboolean
up_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return move (user_data, -1);
}

static gboolean
down_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return move (user_data, 1);
}

static void
add_key (GtkEventController *controller,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     func,
         PlanciaSidebar     *self)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (func, self, NULL)));
}

static void
add_keys (PlanciaSidebar *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before the list takes the arrows for itself. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (controller, GDK_KEY_Menu, 0, menu_key_cb, self);
  add_key (controller, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, self);
  add_key (controller, GDK_KEY_Up, GDK_ALT_MASK, up_key_cb, self);
  add_key (controller, GDK_KEY_Down, GDK_ALT_MASK, down_key_cb, self);
  gtk_widget_add_controller (GTK_WIDGET (self->tree), controller);
}

static void
set_up_tree (PlanciaSidebar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->tree, factory);
  add_keys (self);
}

/* --- plant ----------------------------------------------------------------------------------- */

static GListModel *
children_cb (gpointer item, gpointer user_data)
{
  PlanciaEntry *entry = plancia_device_get_entry (item);

  if (!entry || plancia_entry_is_device (entry))
    return NULL;
  return g_object_ref (plancia_device_get_children (item));
}

static void
show_tree (PlanciaSidebar *self, PlanciaDeviceTree *tree)
{
  GListModel         *filtered;
  GtkSingleSelection *selection;

  self->rows = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (tree)),
                                        FALSE,
                                        TRUE,
                                        children_cb,
                                        NULL,
                                        NULL);
  filtered = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                                      GTK_FILTER (g_object_ref (self->filter))));
  selection =
    g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "model", filtered, NULL);
  self->selection = selection;
  g_object_unref (filtered);
  g_signal_connect_object (selection,
                           "notify::selected-item",
                           G_CALLBACK (selected_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->tree, GTK_SELECTION_MODEL (selection));
}

static void
name_changed_cb (PlanciaSidebar *self)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);
  PlanciaPlant     *plant = open ? plancia_open_plant_get_plant (open) : NULL;

  gtk_label_set_label (self->plant_name, plant ? plancia_plant_get_name (plant) : "");
  gtk_widget_set_visible (self->simulated, plant && plancia_plant_get_simulated (plant));
}

/* A line that moved was out of the list for a moment, and selected no more. */
static void
document_changed_cb (PlanciaSidebar *self)
{
  name_changed_cb (self);
  device_changed_cb (self);
}

static void
plant_changed_cb (PlanciaSidebar *self)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);

  gtk_list_view_set_model (self->tree, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  if (open) {
    show_tree (self, plancia_open_plant_get_tree (open));
    g_signal_connect_object (open,
                             "document-changed",
                             G_CALLBACK (document_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
  }
  name_changed_cb (self);
  device_changed_cb (self);
}

static void
make_plant_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  PlanciaSidebar *self = user_data;
  g_autoptr (GMenuModel) menu = plancia_plant_menu_new (plancia_session_get_plant (self->session));

  gtk_menu_button_set_menu_model (button, menu);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_sidebar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  double scale;

  GTK_WIDGET_CLASS (plancia_sidebar_parent_class)->css_changed (widget, change);
  scale = plancia_chart_text_scale (widget);
  gtk_widget_set_size_request (widget, CLAMP ((int) (WIDTH * scale + .5), WIDTH, MOST_WIDTH), -1);
}

static void
plancia_sidebar_constructed (GObject *object)
{
  PlanciaSidebar *self = PLANCIA_SIDEBAR (object);

  G_OBJECT_CLASS (plancia_sidebar_parent_class)->constructed (object);

  g_signal_connect_object (self->session,
                           "notify::plant",
                           G_CALLBACK (plant_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session,
                           "notify::device",
                           G_CALLBACK (device_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  plant_changed_cb (self);
}

static void
plancia_sidebar_dispose (GObject *object)
{
  PlanciaSidebar *self = PLANCIA_SIDEBAR (object);

  if (self->tree)
    gtk_list_view_set_model (self->tree, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_sidebar_parent_class)->dispose (object);
}

static void
plancia_sidebar_finalize (GObject *object)
{
  g_free (PLANCIA_SIDEBAR (object)->needle);

  G_OBJECT_CLASS (plancia_sidebar_parent_class)->finalize (object);
}

static void
plancia_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaSidebar *self = PLANCIA_SIDEBAR (object);

  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaSidebar *self = PLANCIA_SIDEBAR (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, plant_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, simulated);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, plant_name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSidebar, tree);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
plancia_sidebar_class_init (PlanciaSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_sidebar_constructed;
  object_class->dispose = plancia_sidebar_dispose;
  object_class->finalize = plancia_sidebar_finalize;
  object_class->get_property = plancia_sidebar_get_property;
  object_class->set_property = plancia_sidebar_set_property;
  GTK_WIDGET_CLASS (klass)->css_changed = plancia_sidebar_css_changed;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  PLANCIA_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_DEVICE_CHOSEN] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "device-chosen", 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_sidebar_init (PlanciaSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_menu_button_set_create_popup_func (self->plant_button, make_plant_menu_cb, self, NULL);
  set_up_tree (self);
}

void
plancia_sidebar_search (PlanciaSidebar *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
plancia_sidebar_focus_tree (PlanciaSidebar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->tree));
}
