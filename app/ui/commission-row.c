/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-row.h"

#include "ui/check-words.h"

#include <glib/gi18n.h>

struct _PlanciaCommissionRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title_label;
  GtkLabel *summary_label;
  GtkLabel *time_label;

  guint step;
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionRow, plancia_commission_row, GTK_TYPE_LIST_BOX_ROW)

static void
plancia_commission_row_class_init (PlanciaCommissionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/commission-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionRow, time_label);
}

static void
plancia_commission_row_init (PlanciaCommissionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plancia_commission_row_new (guint step)
{
  PlanciaCommissionRow *self = g_object_new (PLANCIA_TYPE_COMMISSION_ROW, NULL);

  self->step = step;
  return GTK_WIDGET (self);
}

guint
plancia_commission_row_get_step (PlanciaCommissionRow *self)
{
  return self->step;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_state (PlanciaCommissionRow *self, PlanciaVisit *visit, gboolean now)
{
  const PlanciaVisitStep *step = plancia_visit_get_step (visit, self->step);
  gboolean                done = plancia_visit_is_done (visit, self->step);
  PlanciaCheck            check = done ? step->result : PLANCIA_CHECK_OPEN;

  for (guint i = 0; i < PLANCIA_N_CHECKS; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), plancia_check_class ((PlanciaCheck) i));
  gtk_image_set_from_icon_name (self->icon,
                                now && !done ? "go-next-symbolic" : plancia_check_icon (check));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), plancia_check_class (check));
  set_class (GTK_WIDGET (self), "step-now", now);
  set_class (GTK_WIDGET (self->title_label), "heading", now);
}

void
plancia_commission_row_update (PlanciaCommissionRow  *self,
                               PlanciaReportLanguage *language,
                               PlanciaVisit          *visit,
                               GTimeZone             *zone,
                               gboolean               now)
{
  const PlanciaVisitStep *step = plancia_visit_get_step (visit, self->step);
  const PlanciaStep      *rule = plancia_visit_get_rule (visit, self->step);
  const char             *name = plancia_words_data (language, rule->title);
  g_autofree char        *title = g_strdup_printf ("%u\xe2\x80\x82%s", self->step + 1, name);
  g_autofree char        *summary = plancia_words_summary (language, visit, self->step);
  g_autofree char        *time = NULL;
  g_autofree char        *spoken = NULL;

  if (step->time != 0) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (step->time / 1000);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

    time = g_date_time_format (local, "%H:%M");
  }
  show_state (self, visit, now);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->summary_label, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label), summary[0] != '\0');
  gtk_label_set_text (self->time_label, time != NULL ? time : "");
  spoken = g_strdup_printf ("%s, %s, %s",
                            title,
                            plancia_check_label (plancia_visit_is_done (visit, self->step)
                                                   ? step->result
                                                   : PLANCIA_CHECK_OPEN),
                            summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
