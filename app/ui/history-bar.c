/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-bar.h"

#include "ui/plant-menu.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _PlanciaHistoryBar
{
  GtkBox parent_instance;

  PlanciaDateButton    *date;
  GtkMenuButton        *ranges_narrow;
  GtkMenuButton        *compare_with;
  GtkMenuButton        *more;
  PlanciaHistoryCustom *custom;
  GMenu                *compare_devices;
  GMenu                *compare_plants;
  GMenu                *more_devices; /* the same in the narrow form */
  GMenu                *more_plants;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryBar, plancia_history_bar, GTK_TYPE_BOX)

static void
plancia_history_bar_finalize (GObject *object)
{
  PlanciaHistoryBar *self = PLANCIA_HISTORY_BAR (object);

  g_object_unref (self->compare_devices);
  g_object_unref (self->compare_plants);
  g_object_unref (self->more_devices);
  g_object_unref (self->more_plants);

  G_OBJECT_CLASS (plancia_history_bar_parent_class)->finalize (object);
}

static void
plancia_history_bar_class_init (PlanciaHistoryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_history_bar_finalize;
  g_type_ensure (PLANCIA_TYPE_DATE_BUTTON);
  g_type_ensure (PLANCIA_TYPE_HISTORY_CUSTOM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, date);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, ranges_narrow);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, compare_with);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, more);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, custom);
}

static GMenu *
dup_menu (GtkBuilder *builder, const char *id)
{
  return g_object_ref (G_MENU (gtk_builder_get_object (builder, id)));
}

static void
add_menus (PlanciaHistoryBar *self)
{
  g_autoptr (GtkBuilder)
    builder = gtk_builder_new_from_resource (PLANCIA_RESOURCE_PREFIX "/history-menus.ui");

  gtk_menu_button_set_menu_model (self->ranges_narrow,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "ranges_menu")));
  gtk_menu_button_set_menu_model (self->compare_with,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "compare_menu")));
  gtk_menu_button_set_menu_model (self->more,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "more_menu")));
  self->compare_devices = dup_menu (builder, "compare_devices");
  self->compare_plants = dup_menu (builder, "compare_plants");
  self->more_devices = dup_menu (builder, "more_devices");
  self->more_plants = dup_menu (builder, "more_plants");
}

static void
plancia_history_bar_init (PlanciaHistoryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_menus (self);
  plancia_history_bar_set_range (self, PLANCIA_RANGE_DAY);
}

PlanciaDateButton *
plancia_history_bar_get_date (PlanciaHistoryBar *self)
{
  return self->date;
}

void
plancia_history_bar_set_range (PlanciaHistoryBar *self, PlanciaRange range)
{
  static const char *const labels[PLANCIA_N_RANGES] = {
    N_ ("Day"), N_ ("Week"), N_ ("Month"), N_ ("Year"), NULL, N_ ("Custom")};

  gtk_menu_button_set_label (self->ranges_narrow,
                             range == PLANCIA_RANGE_ALL
                             ? C_ ("range of time", "All") : _ (labels[range]));
}

PlanciaHistoryCustom *
plancia_history_bar_get_custom (PlanciaHistoryBar *self)
{
  return self->custom;
}

void
plancia_history_bar_set_devices (PlanciaHistoryBar *self, GPtrArray *devices)
{
  g_menu_remove_all (self->compare_devices);
  g_menu_remove_all (self->more_devices);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice   *device = g_ptr_array_index (devices, i);
    g_autofree char *target = g_strconcat ("device:", plancia_device_get_id (device), NULL);
    g_autoptr (GMenuItem) item = g_menu_item_new (plancia_device_get_name (device), NULL);

    g_menu_item_set_action_and_target (item, "history.compare-with", "s", target);
    g_menu_append_item (self->compare_devices, item);
    g_menu_append_item (self->more_devices, item);
  }
}

static void
append_plants (GMenu *menu, const char *const *paths)
{
  g_menu_remove_all (menu);
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree char *label = plancia_plant_menu_dup_label (paths[i]);
    g_autofree char *target = g_strconcat ("plant:", paths[i], NULL);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "history.compare-with", "s", target);
    g_menu_append_item (menu, item);
  }
  g_menu_append (menu, _ ("A plant's file…"), "history.compare-file");
}

void
plancia_history_bar_set_plants (PlanciaHistoryBar *self, const char *const *paths)
{
  append_plants (self->compare_plants, paths);
  append_plants (self->more_plants, paths);
}
