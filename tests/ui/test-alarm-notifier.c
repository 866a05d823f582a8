/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the desktop is told of alarms that begin. The desktop is this test: it has the notifications' name on its own bus. */
#include "ui/alarm-notifier.h"

#include "model/alarm-log.h"
#include "pages-fixture.h"
#include "ui/settings.h"

#define LIMIT 20000 /* ms */

static const char description[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

typedef struct
{
  GDBusConnection *bus;
  GApplication    *application;
  GPtrArray       *told; /* summary, body: in turn */
  guint            name;
  guint            object;
} Desktop;

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Desktop    *self = user_data;
  const char *summary, *body;

  if (!g_str_equal (method, "Notify")) {
    g_dbus_method_invocation_return_value (invocation, NULL);
    return;
  }
  g_variant_get_child (parameters, 3, "&s", &summary);
  g_variant_get_child (parameters, 4, "&s", &body);
  g_ptr_array_add (self->told, g_strdup (summary));
  g_ptr_array_add (self->told, g_strdup (body));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", self->told->len / 2));
}

static gboolean
has_name (gpointer data)
{
  g_autoptr (GVariant)
    answer = g_dbus_connection_call_sync (((Desktop *) data)->bus,
                                          "org.freedesktop.DBus",
                                          "/org/freedesktop/DBus",
                                          "org.freedesktop.DBus",
                                          "NameHasOwner",
                                          g_variant_new ("(s)", "org.freedesktop.Notifications"),
                                          NULL,
                                          G_DBUS_CALL_FLAGS_NONE,
                                          -1,
                                          NULL,
                                          NULL);
  gboolean has = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &has);
  return has;
}

static void
desktop_init (Desktop *self)
{
  static const GDBusInterfaceVTable table = {called_cb, NULL, NULL, {0}};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);
  g_autoptr (GError) error = NULL;

  self->told = g_ptr_array_new_with_free_func (g_free);
  self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->object = g_dbus_connection_register_object (self->bus,
                                                    "/org/freedesktop/Notifications",
                                                    node->interfaces[0],
                                                    &table,
                                                    self,
                                                    NULL,
                                                    &error);
  g_assert_no_error (error);
  self->name = g_bus_own_name_on_connection (self->bus,
                                             "org.freedesktop.Notifications",
                                             G_BUS_NAME_OWNER_FLAGS_NONE,
                                             NULL,
                                             NULL,
                                             NULL,
                                             NULL);
  g_assert_true (ui_fixture_wait (has_name, self, LIMIT));
  self->application = g_application_new ("io.github.plancia.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (self->application, NULL, &error));
  g_application_set_default (self->application);
}

static void
desktop_clear (Desktop *self)
{
  g_application_set_default (NULL);
  g_clear_object (&self->application);
  g_bus_unown_name (self->name);
  g_dbus_connection_unregister_object (self->bus, self->object);
  g_ptr_array_unref (self->told);
  g_object_unref (self->bus);
}

static gboolean
was_told_once (gpointer data)
{
  return ((Desktop *) data)->told->len >= 2;
}

static gboolean
is_ready (gpointer log)
{
  return plancia_alarm_log_is_ready (log);
}

static void
apply_fault (PagesPlant *plant, gint64 ago, gboolean raised)
{
  PlanciaDevice      *device = pages_plant_find (plant, "HYD 10000 ZSS");
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (device), "faults_1");
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), PAGES_NOW - ago);
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  words[0] = raised ? 1 : 0;
  plancia_reading_set_words (plancia_readings_add (readings, "faults_1", PLANCIA_QUALITY_GOOD),
                             field,
                             words);
  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

/* Off by default; when it is on, each alarm that begins is told, by its words, with severity and device. */
static void
test_tells (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (PlanciaAlarmNotifier) notifier = NULL;
  Desktop desktop = {0};

  desktop_init (&desktop);
  notifier = plancia_alarm_notifier_new (plant->session);
  g_assert_true (ui_fixture_wait (is_ready, plancia_alarm_log_for (plant->plant), LIMIT));
  apply_fault (plant, 50 * PLANCIA_MINUTE, FALSE);
  g_assert_false (g_settings_get_boolean (plancia_settings_get (), "notify-alarms"));
  apply_fault (plant, 40 * PLANCIA_MINUTE, TRUE);
  apply_fault (plant, 30 * PLANCIA_MINUTE, FALSE);
  g_settings_set_boolean (plancia_settings_get (), "notify-alarms", TRUE);
  apply_fault (plant, 20 * PLANCIA_MINUTE, TRUE);
  apply_fault (plant, 10 * PLANCIA_MINUTE, TRUE);
  g_assert_true (ui_fixture_wait (was_told_once, &desktop, LIMIT));
  ui_fixture_settle ();
  g_assert_cmpuint (desktop.told->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (desktop.told, 0), ==, "Grid voltage too high");
  g_assert_cmpstr (g_ptr_array_index (desktop.told, 1), ==, "Fault \xc2\xb7 HYD 10000 ZSS");
  g_settings_reset (plancia_settings_get (), "notify-alarms");
  desktop_clear (&desktop);
}

int
main (int argc, char **argv)
{
  /* GLib would choose what the desktop of this session has; there is none. */
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/alarm-notifier/tells", test_tells);
  return g_test_run ();
}
