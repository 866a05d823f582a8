/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/registers-area.h"

#include "ui/compare-page.h"
#include "ui/pages.h"
#include "ui/raw-page.h"
#include "ui/registers-page.h"
#include "ui/settings.h"
#include "ui/snapshot-ask.h"

struct _PlanciaRegistersArea
{
  PlanciaSessionBin parent_instance;

  PlanciaSession     *session; /* borrowed from the bin */
  GtkStack           *stack;
  GtkWidget          *registers;
  PlanciaComparePage *compare; /* made when it is first wanted, and so is */
  GtkWidget          *raw;
};

G_DEFINE_FINAL_TYPE (PlanciaRegistersArea, plancia_registers_area, PLANCIA_TYPE_SESSION_BIN)

/* --- which of the two ------------------------------------------------------------------------ */

static void
show_registers (PlanciaRegistersArea *self)
{
  gtk_stack_set_visible_child (self->stack, self->registers);
}

static void
show_compare (PlanciaRegistersArea *self)
{
  if (self->compare == NULL) {
    self->compare = g_object_new (PLANCIA_TYPE_COMPARE_PAGE, "session", self->session, NULL);
    gtk_stack_add_child (self->stack, GTK_WIDGET (self->compare));
    g_signal_connect_object (self->compare,
                             "staged",
                             G_CALLBACK (show_registers),
                             self,
                             G_CONNECT_SWAPPED);
  }
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->compare));
  plancia_compare_page_begin (self->compare);
}

static void
show_raw (PlanciaRegistersArea *self)
{
  if (self->raw == NULL) {
    self->raw = g_object_new (PLANCIA_TYPE_RAW_PAGE, "session", self->session, NULL);
    gtk_stack_add_child (self->stack, self->raw);
  }
  gtk_stack_set_visible_child (self->stack, self->raw);
}

/* --- actions --------------------------------------------------------------------------------- */

static void
take_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_snapshot_ask_take (widget, PLANCIA_REGISTERS_AREA (widget)->session);
}

static void
compare_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_compare (PLANCIA_REGISTERS_AREA (widget));
}

static void
raw_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_raw (PLANCIA_REGISTERS_AREA (widget));
}

/* It is a page of the whole plant. */
static void
watch_list_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaRegistersArea *self = PLANCIA_REGISTERS_AREA (widget);
  PlanciaOpenPlant     *plant = plancia_session_get_plant (self->session);
  GtkWidget            *pages = gtk_widget_get_ancestor (widget, PLANCIA_TYPE_PAGES);

  if (plant == NULL || pages == NULL)
    return;
  plancia_pages_set_wanted (PLANCIA_PAGES (pages), "watch");
  plancia_session_set_device (self->session,
                              plancia_device_tree_get_plant (plancia_open_plant_get_tree (plant)));
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_registers (PLANCIA_REGISTERS_AREA (widget));
}

/* What the keys of the window ask of every page goes to the one that is seen. */
static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaRegistersArea *self = PLANCIA_REGISTERS_AREA (widget);

  show_registers (self);
  gtk_widget_activate_action (self->registers, "registers.search", NULL);
}

static void
refresh_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaRegistersArea *self = PLANCIA_REGISTERS_AREA (widget);

  if (gtk_stack_get_visible_child (self->stack) == self->registers)
    gtk_widget_activate_action (self->registers, "registers.refresh", NULL);
  else if (gtk_stack_get_visible_child (self->stack) == self->raw)
    gtk_widget_activate_action (self->raw, "raw.refresh", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->compare), "compare.refresh", NULL);
}

static gboolean
take_by_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, "snapshots.take", NULL);
}

/* Wherever the focus is in the window, but only while the page is shown. */
static void
add_keys (PlanciaRegistersArea *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut        *take = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, GDK_CONTROL_MASK),
                                        gtk_callback_action_new (take_by_key, NULL, NULL));

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), take);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_registers_area_constructed (GObject *object)
{
  PlanciaRegistersArea *self = PLANCIA_REGISTERS_AREA (object);

  G_OBJECT_CLASS (plancia_registers_area_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  self->registers = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->session, NULL);
  gtk_stack_add_child (self->stack, self->registers);
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::device",
                              G_CALLBACK (show_registers));
}

static void
plancia_registers_area_class_init (PlanciaRegistersAreaClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_registers_area_constructed;

  gtk_widget_class_install_action (widget_class, "snapshots.take", NULL, take_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.compare", NULL, compare_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.raw", NULL, raw_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.watch-list", NULL, watch_list_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_cb);
}

/* A check mark in the menu of the page. */
static void
add_settings (PlanciaRegistersArea *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GAction)
    arrival = g_settings_create_action (plancia_settings_get (), "snapshot-at-arrival");

  g_action_map_add_action (G_ACTION_MAP (group), arrival);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "snapshot-settings", G_ACTION_GROUP (group));
}

static void
plancia_registers_area_init (PlanciaRegistersArea *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  add_keys (self);
  add_settings (self);
}
