/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-row.h"

#include "base/text.h"

#include <glib/gi18n.h>

struct _PlanciaLogRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *text;
  GtkLabel *about;
};

G_DEFINE_FINAL_TYPE (PlanciaLogRow, plancia_log_row, GTK_TYPE_BOX)

/* A shape and a colour for each level; the word stands below. */
static const struct
{
  const char *icon;
  const char *ink;
} looks[] = {
  [PLANCIA_LOG_DETAIL] = {"plancia-severity-note-symbolic",    "dim-label"},
  [PLANCIA_LOG_NOTE] = {"plancia-verified-symbolic",         "ok-ink"   },
  [PLANCIA_LOG_WARNING] = {"plancia-severity-warning-symbolic", "warn-ink" },
  [PLANCIA_LOG_ERROR] = {"plancia-severity-fault-symbolic",   "error-ink"},
};

static void
plancia_log_row_class_init (PlanciaLogRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/log-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogRow, text);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogRow, about);
}

static void
plancia_log_row_init (PlanciaLogRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "Warning · Connections · 2026-06-12 14:05:37 · 3 times" */
static char *
dup_about (PlanciaLogItem *item)
{
  const PlanciaLogLine *line = plancia_log_item_get_line (item);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *time = plancia_text_iso_time (line->time, zone);
  g_autofree char *times = NULL;

  if (line->times > 1)
    times = g_strdup_printf (g_dngettext (NULL, "%u time", "%u times", line->times), line->times);
  return g_strjoin (" \u00b7 ",
                    plancia_log_item_get_level_text (item),
                    plancia_log_item_get_part (item),
                    time,
                    times,
                    NULL);
}

/**
 * plancia_log_row_set_item:
 * @item: (nullable): what it shows
 */
void
plancia_log_row_set_item (PlanciaLogRow *self, PlanciaLogItem *item)
{
  g_autofree char *about = item ? dup_about (item) : NULL;
  PlanciaLogLevel  level = item ? plancia_log_item_get_line (item)->level : PLANCIA_LOG_DETAIL;

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].ink);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[level].ink);
  gtk_image_set_from_icon_name (self->icon, looks[level].icon);
  gtk_label_set_text (self->text, item ? plancia_log_item_get_line (item)->text : "");
  gtk_label_set_text (self->about, about ? about : "");
}
