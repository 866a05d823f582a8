/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-custom.h"

struct _PlanciaHistoryCustom
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkCalendar   *from;
  GtkCalendar   *to;
  GtkWidget     *show;

  GTimeZone *zone;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryCustom, plancia_history_custom, ADW_TYPE_BIN)

static gint64
midnight_of (PlanciaHistoryCustom *self, GtkCalendar *calendar, int days)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autoptr (GDateTime) later = g_date_time_add_days (date, days);
  g_autoptr (GDateTime) start = g_date_time_new (self->zone,
                                                 g_date_time_get_year (later),
                                                 g_date_time_get_month (later),
                                                 g_date_time_get_day_of_month (later),
                                                 0,
                                                 0,
                                                 0);

  return g_date_time_to_unix (start) * PLANCIA_SECOND;
}

/* Both days belong to it. */
static PlanciaSpan
find_span (PlanciaHistoryCustom *self)
{
  return (PlanciaSpan){midnight_of (self, self->from, 0), midnight_of (self, self->to, 1)};
}

static void
day_selected (PlanciaHistoryCustom *self)
{
  gtk_widget_set_sensitive (self->show, !plancia_span_is_empty (find_span (self)));
}

static void
show_clicked (PlanciaHistoryCustom *self)
{
  PlanciaSpan span = find_span (self);

  gtk_menu_button_popdown (self->button);
  gtk_widget_activate_action (GTK_WIDGET (self), "history.custom", "(xx)", span.start, span.end);
}

static void
preset_clicked (PlanciaHistoryCustom *self)
{
  gtk_menu_button_popdown (self->button);
}

static void
plancia_history_custom_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (plancia_history_custom_parent_class)->dispose (object);
}

static void
plancia_history_custom_finalize (GObject *object)
{
  g_time_zone_unref (PLANCIA_HISTORY_CUSTOM (object)->zone);

  G_OBJECT_CLASS (plancia_history_custom_parent_class)->finalize (object);
}

static void
plancia_history_custom_class_init (PlanciaHistoryCustomClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_custom_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_history_custom_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-custom.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryCustom, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryCustom, from);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryCustom, to);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryCustom, show);
  gtk_widget_class_bind_template_callback (widget_class, day_selected);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked);
  gtk_widget_class_bind_template_callback (widget_class, preset_clicked);
}

static void
plancia_history_custom_init (PlanciaHistoryCustom *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
select_day (GtkCalendar *calendar, GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  gtk_calendar_select_day (calendar, local);
}

void
plancia_history_custom_set_span (PlanciaHistoryCustom *self, PlanciaSpan span, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  /* While somebody chooses, nothing changes below their hand. */
  if (gtk_menu_button_get_popover (self->button) != NULL &&
      gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button))))
    return;
  select_day (self->from, zone, span.start);
  select_day (self->to, zone, span.end - 1);
}
