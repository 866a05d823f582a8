/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _PlanciaHistoryBar
{
  GtkBox parent_instance;

  PlanciaDateButton *date;
  GtkMenuButton     *ranges_narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryBar, plancia_history_bar, GTK_TYPE_BOX)

static void
plancia_history_bar_class_init (PlanciaHistoryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_DATE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, date);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryBar, ranges_narrow);
}

static void
plancia_history_bar_init (PlanciaHistoryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  static const char *const labels[PLANCIA_N_RANGES] = {N_ ("Day"),
                                                           N_ ("Week"), N_ ("Month"), N_ ("Year")};

  gtk_menu_button_set_label (self->ranges_narrow, _ (labels[range]));
}
