/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/replaced-question.h"

#include "backend/backend-cloud.h"
#include "base/error.h"
#include <glib/gi18n.h>

gboolean
plancia_replaced_question_is_about (const GError *error)
{
  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REPLACED) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_FELL);
}

static void
answered (AdwMessageDialog *dialog, const char *response, PlanciaDevice *device)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);
  gboolean        replaced = g_str_equal (response, "replaced");

  if (PLANCIA_IS_BACKEND_CLOUD (backend) && (replaced || g_str_equal (response, "kept")))
    plancia_backend_cloud_answer_replaced (PLANCIA_BACKEND_CLOUD (backend),
                                           plancia_device_get_id (device),
                                           replaced);
}

/**
 * plancia_replaced_question_show:
 * @parent: (nullable): the window it belongs to
 * @device: of a cloud
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
plancia_replaced_question_show (GtkWindow *parent, PlanciaDevice *device)
{
  GtkWidget        *widget = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  /* Translators: question, %s is the name of a device */
  adw_message_dialog_format_heading (dialog,
                                     _ ("Was “%s” replaced?"), plancia_device_get_name (device));
  adw_message_dialog_set_body (
    dialog,
    _ ("A counter of its whole life is lower than it was. Another device begins anew: then its "
         "counters are taken from now on, and the energies of days and years go on from there. The "
         "same device cannot count backwards: then its energies are left out until the cloud has "
         "mended them. The answer is kept in the plant."));
  adw_message_dialog_add_responses (
    dialog,
    "cancel",
    _ ("_Later"), "kept", _ ("_Not replaced"), "replaced", _ ("_Replaced"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), device, 0);
  gtk_window_present (GTK_WINDOW (widget));
  return widget;
}
