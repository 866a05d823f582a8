/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/silent-row.h"

#include "backend/discovery-words.h"
#include "ui/port-access.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>

struct _PlanciaSilentRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *content;
  GtkLabel  *advice;
  GtkWidget *command_box;
  GtkLabel  *command;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaSilentRow, plancia_silent_row, ADW_TYPE_EXPANDER_ROW)

static void
copy_cb (PlanciaSilentRow *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->command));
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_("Copied")));
}

static void
show_advice (PlanciaSilentRow *self, const char *advice, const char *command)
{
  gtk_label_set_text (self->advice, advice ? advice : "");
  gtk_label_set_text (self->command, command ? command : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_widget_set_visible (self->command_box, command != NULL);
  gtk_widget_set_visible (self->content, advice || command);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), advice || command);
}

static void
access_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPortAccess) access = plancia_port_access_query_finish (result, &error);
  PlanciaSilentRow *self = user_data;
  g_autofree char  *command = NULL;

  if (!access)
    return;
  command = plancia_port_access_lasting_command (access);
  show_advice (self, command ? _("Run this once, then log out and in again:") : NULL, command);
}

static void
plancia_silent_row_dispose (GObject *object)
{
  PlanciaSilentRow *self = PLANCIA_SILENT_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (plancia_silent_row_parent_class)->dispose (object);
}

static void
plancia_silent_row_class_init (PlanciaSilentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_silent_row_dispose;

  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/silent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSilentRow, content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSilentRow, advice);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSilentRow, command_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSilentRow, command);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
plancia_silent_row_init (PlanciaSilentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_silent_row_new:
 * @finding: what did not answer
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
plancia_silent_row_new (PlanciaFinding *finding)
{
  PlanciaSilentRow *self = g_object_new (PLANCIA_TYPE_SILENT_ROW, NULL);

  plancia_silent_row_set (self, finding);
  return GTK_WIDGET (self);
}

void
plancia_silent_row_set (PlanciaSilentRow *self, PlanciaFinding *finding)
{
  g_autofree char *title = plancia_finding_dup_title (finding);
  g_autofree char *reason = plancia_finding_dup_reason (finding);
  g_autofree char *advice = plancia_finding_dup_advice (finding);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), reason);
  show_advice (self, advice, NULL);
  if (finding->state == PLANCIA_FINDING_FORBIDDEN)
    plancia_port_access_query_async (finding->where, self->cancellable, access_cb, self);
}
