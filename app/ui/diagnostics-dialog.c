/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/diagnostics-dialog.h"

#include "base/worker.h"
#include "model/diagnostics.h"
#include "ui/settings.h"
#include "ui/text-export.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaDiagnosticsDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkTextView     *view;

  PlanciaWorker *worker; /* files */
};

G_DEFINE_FINAL_TYPE (PlanciaDiagnosticsDialog, plancia_diagnostics_dialog, ADW_TYPE_WINDOW)

char *
plancia_diagnostics_dialog_dup_text (PlanciaDiagnosticsDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaDiagnosticsDialog *self = PLANCIA_DIAGNOSTICS_DIALOG (widget);
  g_autofree char          *text = plancia_diagnostics_dialog_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaDiagnosticsDialog *self = PLANCIA_DIAGNOSTICS_DIALOG (widget);
  g_autofree char          *text = plancia_diagnostics_dialog_dup_text (self);
  g_autofree char          *file = plancia_diagnostics_dup_file_name ();

  plancia_text_export_ask (GTK_WIDGET (self->toasts),
                           self->worker,
                           _("Save diagnostics"), file, text);
}

/* What the core does not know of. */
static char *
create_text (PlanciaOpenPlant *open)
{
  g_autofree char *gtk = g_strdup_printf ("GTK: %u.%u.%u",
                                          gtk_get_major_version (),
                                          gtk_get_minor_version (),
                                          gtk_get_micro_version ());
  g_autofree char *adwaita = g_strdup_printf ("libadwaita: %u.%u.%u",
                                              adw_get_major_version (),
                                              adw_get_minor_version (),
                                              adw_get_micro_version ());
  g_autofree char *display = g_strdup_printf ("Display: %s",
                                              G_OBJECT_TYPE_NAME (gdk_display_get_default ()));
  const char      *libraries[] = {gtk, adwaita, display, NULL};

  return plancia_diagnostics_create (open, plancia_settings_get (), libraries);
}

/* What is being saved is saved. */
static void
plancia_diagnostics_dialog_dispose (GObject *object)
{
  PlanciaDiagnosticsDialog *self = PLANCIA_DIAGNOSTICS_DIALOG (object);

  if (self->worker)
    plancia_worker_finish (self->worker, g_free, NULL, G_USEC_PER_SEC);
  G_OBJECT_CLASS (plancia_diagnostics_dialog_parent_class)->dispose (object);
}

static void
plancia_diagnostics_dialog_finalize (GObject *object)
{
  g_clear_object (&PLANCIA_DIAGNOSTICS_DIALOG (object)->worker);

  G_OBJECT_CLASS (plancia_diagnostics_dialog_parent_class)->finalize (object);
}

static void
plancia_diagnostics_dialog_class_init (PlanciaDiagnosticsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_diagnostics_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_diagnostics_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/diagnostics-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiagnosticsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiagnosticsDialog, view);
  gtk_widget_class_install_action (widget_class, "diagnostics.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "diagnostics.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_diagnostics_dialog_init (PlanciaDiagnosticsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("diagnostics");
}

/**
 * plancia_diagnostics_dialog_new:
 * @parent: the window it belongs to
 * @open: (nullable): the plant that is open
 *
 * Returns: (transfer floating): the dialog, not yet shown
 */
GtkWindow *
plancia_diagnostics_dialog_new (GtkWindow *parent, PlanciaOpenPlant *open)
{
  PlanciaDiagnosticsDialog *self = g_object_new (PLANCIA_TYPE_DIAGNOSTICS_DIALOG, NULL);
  g_autofree char          *text = create_text (open);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  plancia_window_parent_set (GTK_WINDOW (self), parent);
  return GTK_WINDOW (self);
}
