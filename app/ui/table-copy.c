/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/table-copy.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "ui/text-export.h"

#include <glib/gi18n.h>

#define ROW_NAME "row"

struct _PlanciaTableCopy
{
  GObject parent_instance;

  GtkColumnView           *view; /* weak */
  const PlanciaTableTexts *texts;
  gpointer                 user_data;
  PlanciaWorker           *worker;
  GMenuModel              *menu;
  GtkWidget               *popover; /* while it is shown */
  guint                    popover_idle;
  GObject                 *item; /* of the menu, or NULL */
};

enum {
  SIGNAL_MENU,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaTableCopy, plancia_table_copy, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- which row ------------------------------------------------------------------------------- */

/* GtkColumnView of 4.8 has no word for it: from something in a row to the row. */
static GtkWidget *
find_row (GtkColumnView *view, GtkWidget *widget)
{
  while (widget != NULL && widget != GTK_WIDGET (view)) {
    if (g_str_equal (gtk_widget_get_css_name (widget), ROW_NAME))
      return widget;
    widget = gtk_widget_get_parent (widget);
  }
  return NULL;
}

static gpointer
find_item (GtkWidget *row)
{
  GtkWidget *cell = row != NULL ? gtk_widget_get_first_child (row) : NULL;
  gpointer   item = NULL;

  for (; cell != NULL && item == NULL; cell = gtk_widget_get_next_sibling (cell)) {
    GtkWidget *child = gtk_widget_get_first_child (cell);

    if (child != NULL)
      item = g_object_get_data (G_OBJECT (child), "item");
  }
  return item;
}

static GtkWidget *
get_focus_row (PlanciaTableCopy *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self->view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return NULL;
  return find_row (self->view, focus);
}

gpointer
plancia_table_copy_get_item (PlanciaTableCopy *self)
{
  g_return_val_if_fail (PLANCIA_IS_TABLE_COPY (self), NULL);

  return self->item != NULL ? self->item : find_item (get_focus_row (self));
}

/* --- copies ---------------------------------------------------------------------------------- */

static GListModel *
rows_of (PlanciaTableCopy *self)
{
  return G_LIST_MODEL (gtk_column_view_get_model (self->view));
}

static void
to_clipboard (PlanciaTableCopy *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->view)), text);
}

static void
on_copy_row (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaTableCopy *self = user_data;
  gpointer          item = plancia_table_copy_get_item (self);
  g_autofree char  *text = item != NULL ? self->texts->row (item, self->user_data) : NULL;

  if (text != NULL)
    to_clipboard (self, text);
}

static void
on_copy_table (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaTableCopy *self = user_data;
  g_autofree char  *text = NULL;

  if (rows_of (self) == NULL)
    return;
  text = self->texts->table (rows_of (self), '\t', self->user_data);
  to_clipboard (self, text);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaTableCopy *self = user_data;
  g_autofree char  *text = NULL;

  if (rows_of (self) == NULL)
    return;
  text = self->texts->table (rows_of (self), ',', self->user_data);
  plancia_text_export_ask (GTK_WIDGET (self->view),
                           self->worker,
                           _ ("Export the table"), _ (self->texts->file), text);
}

/* --- menu of a row --------------------------------------------------------------------------- */

static void
drop_popover (PlanciaTableCopy *self)
{
  g_clear_handle_id (&self->popover_idle, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->item);
}

static gboolean
on_popover_idle (gpointer user_data)
{
  PlanciaTableCopy *self = user_data;

  self->popover_idle = 0;
  drop_popover (self);
  return G_SOURCE_REMOVE;
}

/* The action of the item that was chosen runs after this. */
static void
on_popover_closed (PlanciaTableCopy *self)
{
  if (self->popover_idle == 0)
    self->popover_idle = g_idle_add (on_popover_idle, self);
}

static gboolean
open_menu (PlanciaTableCopy *self, GtkWidget *row, double x, double y)
{
  gpointer     item = find_item (row);
  GdkRectangle place = {(int) x, (int) y, 1, 1};

  if (item == NULL || self->menu == NULL)
    return FALSE;
  drop_popover (self);
  self->item = g_object_ref (item);
  g_signal_emit (self, signals[SIGNAL_MENU], 0);
  self->popover = gtk_popover_menu_new_from_model (self->menu);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  g_signal_connect_object (self->popover,
                           "closed",
                           G_CALLBACK (on_popover_closed),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return TRUE;
}

static void
open_menu_at (PlanciaTableCopy *self, GtkGesture *gesture, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  if (open_menu (self, find_row (self->view, picked), x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, PlanciaTableCopy *self)
{
  open_menu_at (self, GTK_GESTURE (gesture), x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, PlanciaTableCopy *self)
{
  open_menu_at (self, GTK_GESTURE (gesture), x, y);
}

static gboolean
menu_by_key (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  PlanciaTableCopy *self = user_data;
  GtkWidget        *row = get_focus_row (self);
  graphene_rect_t   bounds;

  return row != NULL && gtk_widget_compute_bounds (row, view, &bounds) &&
         open_menu (self,
                    row,
                    bounds.origin.x + bounds.size.width / 3,
                    bounds.origin.y + bounds.size.height);
}

static gboolean
copy_by_key (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  on_copy_row (NULL, NULL, user_data);
  return TRUE;
}

static void
add_key (PlanciaTableCopy   *self,
         GtkEventController *keys,
         guint               key,
         GdkModifierType     modifiers,
         GtkShortcutFunc     func)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (func, self, NULL)));
}

static void
add_controllers (PlanciaTableCopy *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_press), self, 0);
  add_key (self, keys, GDK_KEY_Menu, 0, menu_by_key);
  add_key (self, keys, GDK_KEY_F10, GDK_SHIFT_MASK, menu_by_key);
  add_key (self, keys, GDK_KEY_c, GDK_CONTROL_MASK, copy_by_key);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  /* The keys are the object's, which may go before the view. */
  g_object_set_data_full (G_OBJECT (self), "keys", g_object_ref (keys), g_object_unref);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_table_copy_dispose (GObject *object)
{
  PlanciaTableCopy   *self = PLANCIA_TABLE_COPY (object);
  GtkEventController *keys = g_object_get_data (object, "keys");

  drop_popover (self);
  if (self->view != NULL && keys != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (self->view), keys);
  g_object_set_data (object, "keys", NULL);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->menu);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (plancia_table_copy_parent_class)->dispose (object);
}

static void
plancia_table_copy_class_init (PlanciaTableCopyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_table_copy_dispose;

  signals[SIGNAL_MENU] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "menu", 0);
}

static void
plancia_table_copy_init (PlanciaTableCopy *self)
{
  self->worker = plancia_worker_new ("table");
}

PlanciaTableCopy *
plancia_table_copy_new (GtkColumnView           *view,
                        GActionMap              *actions,
                        const PlanciaTableTexts *texts,
                        gpointer                 user_data)
{
  static const GActionEntry entries[] = {
    {"copy-row",     on_copy_row,   NULL, NULL, NULL, {0}},
    {"copy-table",   on_copy_table, NULL, NULL, NULL, {0}},
    {"export-table", on_export,     NULL, NULL, NULL, {0}},
  };
  PlanciaTableCopy *self = g_object_new (PLANCIA_TYPE_TABLE_COPY, NULL);

  g_set_weak_pointer (&self->view, view);
  self->texts = texts;
  self->user_data = user_data;
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
  add_controllers (self);
  return self;
}

void
plancia_table_copy_set_menu (PlanciaTableCopy *self, GMenuModel *menu)
{
  g_return_if_fail (PLANCIA_IS_TABLE_COPY (self));

  g_set_object (&self->menu, menu);
}
