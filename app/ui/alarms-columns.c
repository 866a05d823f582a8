/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-columns.h"

#include "base/clock.h"
#include "model/alarm-item.h"
#include "ui/alarm-row.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>
#include <math.h>

#define ICON_WIDTH 34 /* of the severity when it stands without its word */

typedef void (*CellUpdate) (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone);

typedef struct
{
  const char *title;
  int         width; /* 0: takes the rest */
  float       xalign;
  const char *css_classes;
  CellUpdate  update;
  gboolean    hideable; /* when narrow */
} ColumnSpec;

/* --- cells ----------------------------------------------------------------------------------- */

/* GTK 4.8 has no factory for rows: the class goes to the parent of the cell's parent. */
static void
tint (GtkWidget *cell, gboolean open)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *line = parent ? gtk_widget_get_parent (parent) : NULL;

  if (line && open)
    gtk_widget_add_css_class (line, "open");
  else if (line)
    gtk_widget_remove_css_class (line, "open");
}

static void
update_severity (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  PlanciaSeverity severity = plancia_alarm_item_get_record (item)->severity;
  const char     *classes[] = {plancia_severity_ink (severity), NULL};
  const char     *words = plancia_severity_words (severity);

  gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (cell)),
                                plancia_severity_icon (severity));
  plancia_register_cell_set_text (gtk_widget_get_last_child (cell), words);
  gtk_widget_set_css_classes (cell, classes);
  gtk_widget_set_tooltip_text (cell, words);
  tint (cell, plancia_alarm_item_is_open (item));
}

static void
update_what (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_what (item);

  plancia_register_cell_set_text (cell, text);
  gtk_widget_set_tooltip_text (cell, text);
}

static void
update_device (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  plancia_register_cell_set_text (cell, plancia_alarm_item_get_device_name (item));
  gtk_widget_set_tooltip_text (cell, plancia_alarm_item_get_device_name (item));
}

static void
update_since (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_since (item, plancia_clock_now (), zone);

  plancia_register_cell_set_text (cell, text);
  gtk_widget_set_tooltip_text (cell,
                               plancia_alarm_item_get_record (item)->from_before
                               ? _("It was there at the first look: it may have begun earlier")
                               : NULL);
}

static void
update_until (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_until (item, zone);
  g_autofree char *length = plancia_alarm_item_dup_duration (item, plancia_clock_now ());

  plancia_register_cell_set_text (cell, text);
  gtk_widget_set_tooltip_text (cell, length);
}

static void
update_source (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_source (item);

  plancia_register_cell_set_text (cell, text);
  gtk_widget_set_tooltip_text (cell, text);
}

static void
update_code (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_code (item);

  plancia_register_cell_set_text (cell, text);
}

static void
update_raw (GtkWidget *cell, PlanciaAlarmItem *item, GTimeZone *zone)
{
  g_autofree char *text = plancia_alarm_item_dup_raw (item);

  plancia_register_cell_set_text (cell, text);
}

/* clang-format off */
static const ColumnSpec specs[] = {
  {NC_ ("column", "Severity"), 98, 0, "", update_severity, FALSE},
  {NC_ ("column", "What"), 0, 0, "", update_what, FALSE},
  {NC_ ("column", "Device"), 140, 0, "", update_device, TRUE},
  {NC_ ("column", "Since"), 152, 1, "numeric", update_since, FALSE},
  {NC_ ("column", "Until"), 104, 1, "numeric", update_until, TRUE},
  {NC_ ("column", "Source"), 66, 0, "kv-key", update_source, TRUE},
  {NC_ ("column", "Code"), 50, 1, "numeric", update_code, TRUE},
  {NC_ ("column", "Raw"), 74, 1, "mono kv-key", update_raw, TRUE},
};
/* clang-format on */

static GtkWidget *
make_severity_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), plancia_register_cell_text_new (0, "small severity-word"));
  return box;
}

/* Whatever changes in an alarm, its cells say it at once. */
static void
serial_cb (PlanciaAlarmItem *item, GParamSpec *pspec, gpointer user_data)
{
  GtkListItem      *list_item = user_data;
  const ColumnSpec *spec = g_object_get_data (G_OBJECT (list_item), "spec");

  spec->update (gtk_list_item_get_child (list_item),
                item,
                g_object_get_data (G_OBJECT (list_item), "zone"));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  GtkWidget *cell = spec->update == update_severity
                      ? make_severity_cell ()
                      : plancia_register_cell_text_new (spec->xalign, spec->css_classes);

  g_object_set_data (G_OBJECT (item), "spec", (gpointer) spec);
  g_object_set_data (G_OBJECT (item), "zone", g_object_get_data (G_OBJECT (factory), "zone"));
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  PlanciaAlarmItem *alarm = gtk_list_item_get_item (item);

  spec->update (gtk_list_item_get_child (item),
                alarm,
                g_object_get_data (G_OBJECT (factory), "zone"));
  g_signal_connect_object (alarm, "notify::serial", G_CALLBACK (serial_cb), item, 0);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, const ColumnSpec *spec)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
  if (spec->update == update_severity)
    tint (gtk_list_item_get_child (item), FALSE);
}

/* --- columns --------------------------------------------------------------------------------- */

static void
add_column (GtkColumnView *view, const ColumnSpec *spec, GTimeZone *zone)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn)
    column = gtk_column_view_column_new (g_dpgettext2 (NULL, "column", spec->title), factory);

  g_object_set_data_full (G_OBJECT (factory),
                          "zone",
                          g_time_zone_ref (zone),
                          (GDestroyNotify) g_time_zone_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) spec);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) spec);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) spec);
  gtk_column_view_column_set_expand (column, spec->width == 0);
  if (spec->xalign == 1)
    plancia_column_titles_set_numbers (column);
  gtk_column_view_append_column (view, column);
}

/**
 * plancia_alarms_columns_add:
 * @view: without columns, or with those of another zone, which go
 * @zone: for times
 */
void
plancia_alarms_columns_add (GtkColumnView *view, GTimeZone *zone)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (view, column);
  }
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    add_column (view, &specs[i], zone);
  plancia_column_titles_align (view);
}

/**
 * plancia_alarms_columns_arrange:
 * @narrow: there is no room for all
 * @scale: at least 1
 *
 * GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none.
 */
void
plancia_alarms_columns_arrange (GtkColumnView *view, gboolean narrow, double scale)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (view), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (view), "narrow");
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    gboolean shown = !narrow || !specs[i].hideable;
    int      width = (int) round (specs[i].width * scale);

    if (narrow && specs[i].update == update_severity) {
      width = ICON_WIDTH;
      gtk_column_view_column_set_title (column, "");
    } else {
      gtk_column_view_column_set_title (column, g_dpgettext2 (NULL, "column", specs[i].title));
    }
    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, shown ? width : 0);
    gtk_column_view_column_set_visible (column, shown);
  }
  plancia_column_titles_align (view);
}
