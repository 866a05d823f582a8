/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-settings.h"

#include "ui/clock-block.h"
#include "ui/error-dialog.h"
#include "ui/register-source.h"
#include "ui/review-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  PlanciaCommissionSettingsDone done;
  GObject                      *user_data;
} Waiting;

static void
closed_cb (GtkWidget *dialog, Waiting *waiting)
{
  waiting->done (waiting->user_data);
}

static void
waiting_free (gpointer data, GClosure *closure)
{
  Waiting *waiting = data;

  g_object_unref (waiting->user_data);
  g_free (waiting);
}

static void
review (GtkWindow                    *parent,
        PlanciaSession               *session,
        PlanciaDevice                *device,
        PlanciaRegisterModel         *model,
        PlanciaCommissionSettingsDone done,
        gpointer                      user_data)
{
  GtkWidget *dialog = plancia_review_dialog_new (session, device, model);
  Waiting   *waiting = g_new0 (Waiting, 1);

  waiting->done = done;
  waiting->user_data = g_object_ref (user_data);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  g_signal_connect_data (dialog, "destroy", G_CALLBACK (closed_cb), waiting, waiting_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

const char *
plancia_commission_settings_label (PlanciaDevice *device, const char *step)
{
  const PlanciaField *parts[PLANCIA_CLOCK_N_PARTS];
  PlanciaMap         *map = plancia_device_get_map (device);

  if (map == NULL || !(plancia_device_get_flags (device) & PLANCIA_BACKEND_WRITE))
    return NULL;
  if (g_str_equal (step, "clock") && plancia_clock_block_find (map, parts))
    return _("_Set the clock…");
  if (g_str_equal (step, "battery") || g_str_equal (step, "mode"))
    return _("_Change settings…");
  return NULL;
}

/* The registers page of the window below: what is staged there comes to the same review. */
static void
show_registers (PlanciaSession *session, PlanciaDevice *device, GtkWindow *parent)
{
  GtkApplication *application = gtk_window_get_application (parent);

  plancia_session_set_device (session, device);
  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL;
       l = l->next) {
    if (!GTK_IS_APPLICATION_WINDOW (l->data))
      continue;
    gtk_widget_activate_action (l->data, "win.show-page", "s", "registers");
    gtk_window_present (l->data);
    return;
  }
}

static void
set_clock (GtkWindow                    *parent,
           PlanciaSession               *session,
           PlanciaDevice                *device,
           PlanciaCommissionSettingsDone done,
           gpointer                      user_data)
{
  PlanciaRegisterModel *model =
    plancia_register_source_get_model (plancia_register_source_of (device));
  g_autoptr (GDateTime) now = plancia_clock_block_now ();
  g_autoptr (GError) error = NULL;

  if (model == NULL)
    return;
  plancia_register_model_discard (model);
  if (plancia_clock_block_stage (model, now, TRUE, &error))
    review (parent, session, device, model, done, user_data);
  else
    plancia_error_dialog_show (parent, _("Not every setting could be staged"), error);
}

void
plancia_commission_settings_run (GtkWindow                    *parent,
                                 PlanciaSession               *session,
                                 PlanciaDevice                *device,
                                 const char                   *step,
                                 PlanciaCommissionSettingsDone done,
                                 gpointer                      user_data)
{
  if (g_str_equal (step, "clock"))
    set_clock (parent, session, device, done, user_data);
  else
    show_registers (session, device, parent);
}

gboolean
plancia_commission_settings_stage (GtkWindow                    *parent,
                                   PlanciaSession               *session,
                                   PlanciaDevice                *device,
                                   const char                   *key,
                                   gint64                        number,
                                   gint64                        otherwise,
                                   PlanciaCommissionSettingsDone done,
                                   gpointer                      user_data)
{
  PlanciaRegisterModel *model =
    plancia_register_source_get_model (plancia_register_source_of (device));
  PlanciaRegisterRow *row = model != NULL ? plancia_register_model_find (model, key) : NULL;
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = (double) number, .integer = number};
  g_autoptr (GError) error = NULL;

  if (row == NULL)
    return FALSE;
  plancia_register_model_discard (model);
  if (plancia_register_model_stage_always (model, row, &value, &error)) {
    review (parent, session, device, model, done, user_data);
    return TRUE;
  }
  plancia_error_dialog_show (parent, _("Not every setting could be staged"), error);
  return FALSE;
}
