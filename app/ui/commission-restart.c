/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-restart.h"

#include <glib/gi18n.h>

/* What waits for the answer: done is called with its object as only argument. */
static void
answered_cb (AdwMessageDialog *dialog, const char *response, GClosure *done)
{
  GValue object = G_VALUE_INIT;

  if (!g_str_equal (response, "restart"))
    return;
  g_value_init (&object, G_TYPE_OBJECT);
  g_value_set_object (&object, g_object_get_data (G_OBJECT (dialog), "object"));
  g_closure_invoke (done, NULL, 1, &object, NULL);
  g_value_unset (&object);
}

static void
closure_free (gpointer data, GClosure *closure)
{
  g_closure_unref (data);
}

static void
clicked_cb (GtkButton *button, GClosure *done)
{
  GtkRoot          *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget        *widget = adw_message_dialog_new (GTK_WINDOW (root),
                                              _("Begin the commissioning anew?"),
                                                 _("What was done so far is put aside with its "
                                                   "date, beside the plant."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog,
                                    "cancel",
                                    _("_Cancel"), "restart", _("_Begin anew"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "object", g_object_ref (root), g_object_unref);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (answered_cb),
                         g_closure_ref (done),
                         closure_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * plancia_commission_restart_new:
 * @done: (scope forever): void (*) (object)
 * @object: the window in which the button stands
 */
GtkWidget *
plancia_commission_restart_new (GCallback done, gpointer object)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  GClosure  *closure = g_cclosure_new_object (done, object);

  g_closure_set_marshal (closure, g_cclosure_marshal_VOID__VOID);
  g_closure_ref (closure);
  g_closure_sink (closure);
  gtk_widget_set_tooltip_text (button, _("Begin anew"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Begin anew"), -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), closure, closure_free, 0);
  return button;
}
