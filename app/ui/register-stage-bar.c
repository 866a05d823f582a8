/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-stage-bar.h"

#include <glib/gi18n.h>

struct _PlanciaRegisterStageBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkWidget   *icon;
  GtkLabel    *label;
  GtkLabel    *detail;
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterStageBar, plancia_register_stage_bar, ADW_TYPE_BIN)

static void
plancia_register_stage_bar_class_init (PlanciaRegisterStageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/register-stage-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterStageBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterStageBar, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterStageBar, label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterStageBar, detail);
}

static void
plancia_register_stage_bar_init (PlanciaRegisterStageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_register_stage_bar_show (PlanciaRegisterStageBar *self, guint n, gboolean may_write)
{
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change staged", "%u changes staged", n), n);

  g_return_if_fail (PLANCIA_IS_REGISTER_STAGE_BAR (self));

  gtk_label_set_text (self->label, text);
  gtk_label_set_text (self->detail,
                      may_write
                      ? _ ("Nothing has been sent to the device yet.")
                      : _ ("Plancia is in view only: nothing can be written."));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), gtk_label_get_text (self->detail));
  gtk_revealer_set_reveal_child (self->revealer, n > 0);
}

void
plancia_register_stage_bar_set_narrow (PlanciaRegisterStageBar *self, gboolean narrow)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_STAGE_BAR (self));

  gtk_widget_set_visible (self->icon, !narrow);
}
