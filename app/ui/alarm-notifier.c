/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarm-notifier.h"

#include "model/alarm-log.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

struct _PlanciaAlarmNotifier
{
  GObject parent_instance;

  PlanciaSession  *session;
  PlanciaAlarmLog *log;
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmNotifier, plancia_alarm_notifier, G_TYPE_OBJECT)

static GNotification *
make_notification (PlanciaAlarmItem *item)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  g_autofree char          *what = plancia_alarm_item_dup_what (item);
  g_autofree char          *body = g_strdup_printf ("%s \xc2\xb7 %s",
                                           plancia_severity_words (record->severity),
                                           plancia_alarm_item_get_device_name (item));
  GNotification            *notification = g_notification_new (what);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification,
                               record->severity == PLANCIA_SEVERITY_FAULT
                                 ? G_NOTIFICATION_PRIORITY_HIGH
                                 : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification,
                                                "app.show-alarms",
                                                "s",
                                                record->device);
  return notification;
}

/* An alarm that comes and goes is one notification, not a heap. */
static void
raised_cb (PlanciaAlarmNotifier *self, PlanciaAlarmItem *item)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  GApplication             *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = NULL;

  if (application == NULL || !g_settings_get_boolean (plancia_settings_get (), "notify-alarms"))
    return;
  id = g_strdup_printf ("alarm-%s-%s-%d-%d", record->device, record->key, record->bit, record->id);
  notification = make_notification (item);
  g_application_send_notification (application, id, notification);
}

static void
plant_cb (PlanciaAlarmNotifier *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  if (plant == NULL)
    return;
  /* From now on it looks, whether somebody has the page open or not. */
  self->log = g_object_ref (plancia_alarm_log_for (plant));
  g_signal_connect_object (self->log, "raised", G_CALLBACK (raised_cb), self, G_CONNECT_SWAPPED);
}

static void
plancia_alarm_notifier_dispose (GObject *object)
{
  PlanciaAlarmNotifier *self = PLANCIA_ALARM_NOTIFIER (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_alarm_notifier_parent_class)->dispose (object);
}

static void
plancia_alarm_notifier_class_init (PlanciaAlarmNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_alarm_notifier_dispose;
}

static void
plancia_alarm_notifier_init (PlanciaAlarmNotifier *self)
{
}

/**
 * plancia_alarm_notifier_new:
 * @session: whose plant is looked at
 *
 * Returns: (transfer full): a notifier
 */
PlanciaAlarmNotifier *
plancia_alarm_notifier_new (PlanciaSession *session)
{
  PlanciaAlarmNotifier *self = g_object_new (PLANCIA_TYPE_ALARM_NOTIFIER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session,
                           "notify::plant",
                           G_CALLBACK (plant_cb),
                           self,
                           G_CONNECT_SWAPPED);
  plant_cb (self);
  return self;
}
