/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "simulator/scenario.h"

#include <gio/gio.h>

#define HEAD                                                                            \
  "{\"format\": \"plancia-scenario\", \"version\": 1, "                                 \
  "\"place\": {\"latitude\": 43.46, \"longitude\": 11.88, \"zone\": \"Europe/Rome\"}, " \
  "\"start\": \"2026-06-12T14:05:30+02:00\""

static PlanciaScenario *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return plancia_scenario_new_from_bytes (bytes, "plant.json", error);
}

static void
test_demo (void)
{
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_demo ();
  GPtrArray             *devices = plancia_scenario_get_devices (scenario);
  PlanciaScenarioDevice *first = g_ptr_array_index (devices, 0);

  g_assert_cmpstr (plancia_scenario_get_zone (scenario), ==, "Europe/Rome");
  g_assert_cmpint (plancia_scenario_get_start (scenario), ==, G_GINT64_CONSTANT (1781265930000));
  g_assert_cmpfloat (plancia_scenario_get_speed (scenario), ==, 1);
  g_assert_cmpuint (devices->len, ==, 23);
  g_assert_cmpstr (first->name, ==, "ZSM-WIFI-USB");
  g_assert_cmpint (first->route, ==, PLANCIA_ROUTE_WIFI_STICK);
}

static void
test_speed (void)
{
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_demo ();
  g_autoptr (PlanciaScenario) fast = plancia_scenario_with_speed (scenario, 60);

  g_assert_cmpfloat (plancia_scenario_get_speed (fast), ==, 60);
  g_assert_cmpfloat (plancia_scenario_get_speed (scenario), ==, 1);
  g_assert_true (plancia_scenario_get_devices (fast) == plancia_scenario_get_devices (scenario));
  g_assert_cmpstr (plancia_scenario_get_name (fast), ==, plancia_scenario_get_name (scenario));
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) scenario =
    read_text (HEAD ", \"devices\": [{\"kind\": \"power-magic\", \"name\": \"PM\", \"route\": "
                    "\"power-magic\", \"map\": \"sim-power-magic\"}]}",
               &error);
  PlanciaScenarioDevice *device;

  g_assert_no_error (error);
  device = g_ptr_array_index (plancia_scenario_get_devices (scenario), 0);
  g_assert_cmpuint (device->unit, ==, 1);
  g_assert_cmpstr (device->early, ==, "queue");
  g_assert_cmpstr (device->absent, ==, "silent");
  g_assert_cmpstr (device->load, ==, "none");
  g_assert_cmpfloat (plancia_scenario_get_speed (scenario), ==, 1);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    int         code;
    const char *says;
  } cases[] = {
    {"{",                                                                                                                                                                                                                                                                     PLANCIA_DOCUMENT_ERROR_SYNTAX,  "plant.json: line "                                   },
    {"[1, 2]",                                                                                                                                                                                                                                                                PLANCIA_DOCUMENT_ERROR_INVALID, "plant.json: expected an object at the top"           },
    {"{}",                                                                                                                                                                                                                                                                    PLANCIA_DOCUMENT_ERROR_MISSING, "plant.json: format: is missing"                      },
    {"{\"format\": \"recipe\", \"version\": 1}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "format: expected one of"                             },
    {"{\"format\": \"plancia-scenario\", \"version\": 2}",
     PLANCIA_DOCUMENT_ERROR_VERSION,                                                                                                                                                                                                                                                                          "version: expected 1, found 2"                        },
    {"{\"format\": \"plancia-scenario\", \"version\": 1}",
     PLANCIA_DOCUMENT_ERROR_MISSING,                                                                                                                                                                                                                                                                          "place: is missing"                                   },
    {"{\"format\": \"plancia-scenario\", \"version\": 1, \"place\": {\"latitude\": 1, \"zone\": \"UTC\"}}",
     PLANCIA_DOCUMENT_ERROR_MISSING,                                                                                                                                                                                                                                                                          "place.longitude: is missing"                         },
    {"{\"format\": \"plancia-scenario\", \"version\": 1, \"place\": {\"latitude\": 100, \"longitude\": 1, \"zone\": \"UTC\"}}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "place.latitude: expected -66 to 66, found 100"       },
    {"{\"format\": \"plancia-scenario\", \"version\": 1, \"place\": {\"latitude\": 1, \"longitude\": 1, \"zone\": \"Europe/Atlantis\"}}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "place.zone: unknown time zone \"Europe/Atlantis\""   },
    {HEAD ", \"speeed\": 3}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "speeed: there is no such member here"                },
    {HEAD ", \"speed\": \"fast\"}",                                                                                                                                                                                                                                           PLANCIA_DOCUMENT_ERROR_INVALID, "speed: expected a number"                            },
    {HEAD ", \"commissioned\": \"soon\"}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "commissioned: expected a time"                       },
    {HEAD ", \"commissioned\": \"2030-01-01\"}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "commissioned: must lie"                              },
    {HEAD ", \"devices\": {}}",                                                                                                                                                                                                                                               PLANCIA_DOCUMENT_ERROR_INVALID, "devices: expected a list"                            },
    {HEAD ", \"devices\": [7]}",                                                                                                                                                                                                                                              PLANCIA_DOCUMENT_ERROR_INVALID, "devices[0]: expected an object"                      },
    {HEAD ", \"devices\": [{\"name\": \"A\"}]}",
     PLANCIA_DOCUMENT_ERROR_MISSING,                                                                                                                                                                                                                                                                          "devices[0].kind: is missing"                         },
    {HEAD ", \"devices\": [{\"kind\": \"toaster\", \"name\": \"A\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].kind: expected one of"                    },
    {HEAD ", \"devices\": [{\"kind\": \"stick\", \"name\": \"A\", \"route\": \"smoke\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].route: expected one of"                   },
    {HEAD ", \"devices\": [{\"kind\": \"stick\", \"name\": \"A\", \"route\": \"wifi-stick\"}]}",
     PLANCIA_DOCUMENT_ERROR_MISSING,                                                                                                                                                                                                                                                                          "devices[0].serial: is missing"                       },
    {HEAD
     ", \"devices\": [{\"kind\": \"stick\", \"name\": \"A\", \"route\": \"wifi-stick\", \"serial\": \"ZP1\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].serial: a stick's serial number"          },
    {HEAD
     ", \"devices\": [{\"kind\": \"hub\", \"name\": \"A\", \"route\": \"hub\"}, {\"kind\": \"hub\", \"name\": \"A\", \"route\": \"hub\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[1].name: there is a \"A\" already"           },
    {HEAD
     ", \"devices\": [{\"kind\": \"inverter\", \"name\": \"A\", \"parent\": \"B\", \"map\": \"m\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].parent: no device \"B\" comes before"     },
    {HEAD
     ", \"devices\": [{\"kind\": \"heat-pump\", \"name\": \"A\", \"route\": \"rs485\", \"map\": \"m\", \"fault\": \"502\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].fault: a heat-pump has no fault \"502\""  },
    {HEAD
     ", \"devices\": [{\"kind\": \"heat-pump\", \"name\": \"A\", \"route\": \"rs485\", \"map\": \"m\", \"unit\": 300}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].unit: expected 1 to 247, found 300"       },
    {HEAD
     ", \"devices\": [{\"kind\": \"heat-pump\", \"name\": \"A\", \"route\": \"rs485\", \"map\": \"m\", \"ratings\": {\"load\": \"volcano\"}}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].ratings.load: expected one of"            },
    {HEAD
     ", \"devices\": [{\"kind\": \"heat-pump\", \"name\": \"A\", \"route\": \"rs485\", \"map\": \"m\", \"alarms\": [{\"id\": 0}]}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].alarms[0].id: expected 1 to 480, found 0" },
    {HEAD
     ", \"devices\": [{\"kind\": \"heat-pump\", \"name\": \"A\", \"route\": \"rs485\", \"map\": \"nonesuch\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[0].map: "                                    },
    {HEAD
     ", \"devices\": [{\"kind\": \"portal\", \"name\": \"A\", \"route\": \"portal\", \"account\": \"a\", \"client\": \"c\", \"key\": \"k\"}, {\"kind\": \"inverter\", \"name\": \"B\", \"parent\": \"A\", \"map\": \"zcs-string-old\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[1].parent: the inverter cannot hang on \"A\""},
    {HEAD
     ", \"devices\": [{\"kind\": \"psc\", \"name\": \"A\", \"route\": \"psc\"}, {\"kind\": \"line\", \"name\": \"B\", \"parent\": \"A\", \"route\": \"line\", \"line\": \"meters\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[1].parent: a line is part of a hub"          },
    {HEAD
     ", \"devices\": [{\"kind\": \"psc\", \"name\": \"A\", \"route\": \"psc\"}, {\"kind\": \"inverter\", \"name\": \"B\", \"parent\": \"A\", \"map\": \"zcs-string-old\"}, {\"kind\": \"inverter\", \"name\": \"C\", \"parent\": \"A\", \"map\": \"zcs-string-old\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[2].unit: 1 is that of \"B\" on the same bus" },
    {HEAD
     ", \"devices\": [{\"kind\": \"portal\", \"name\": \"A\", \"route\": \"portal\", \"account\": \"a\", \"client\": \"c\", \"key\": \"k\"}, {\"kind\": \"thing\", \"name\": \"B\", \"parent\": \"A\", \"of\": \"A\"}]}",
     PLANCIA_DOCUMENT_ERROR_INVALID,                                                                                                                                                                                                                                                                          "devices[1].of: \"A\" has no readings"                },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaScenario) scenario = read_text (cases[i].text, &error);

    g_assert_null (scenario);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, cases[i].code);
    if (strstr (error->message, cases[i].says) == NULL)
      g_error ("case %u: \"%s\" does not say \"%s\"", i, error->message, cases[i].says);
    g_assert_true (g_str_has_prefix (error->message, "plant.json: "));
  }
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_scenario_new_from_file ("/nowhere/plant.json", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/scenario/demo", test_demo);
  g_test_add_func ("/simulator/scenario/speed", test_speed);
  g_test_add_func ("/simulator/scenario/defaults", test_defaults);
  g_test_add_func ("/simulator/scenario/errors", test_errors);
  g_test_add_func ("/simulator/scenario/file", test_file);
  return g_test_run ();
}
