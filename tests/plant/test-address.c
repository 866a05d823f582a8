/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/address-problem.h"

#include "base/error.h"
#include <string.h>

typedef struct
{
  const char        *text;
  const char        *canonical; /* NULL: the same */
  const char        *connection;
  PlanciaAddressKind kind;
  const char        *host;
  guint16            port;
  int                unit;
} GoodCase;

static const GoodCase good_cases[] = {
  {"eth-stick://192.168.1.20/1",
   NULL,                                                               "eth-stick://192.168.1.20",
   PLANCIA_ADDRESS_ETH_STICK,                                                                                                                        "192.168.1.20",
   8899,                                                                                                                                                                    1  },
  {"eth-stick://192.168.1.20",
   NULL,                                                               "eth-stick://192.168.1.20",
   PLANCIA_ADDRESS_ETH_STICK,                                                                                                                        "192.168.1.20",
   8899,                                                                                                                                                                    -1 },
  {"eth-stick://h/",                                  "eth-stick://h", "eth-stick://h",                                 PLANCIA_ADDRESS_ETH_STICK,   "h",            8899,  -1 },
  {"ETH-stick://Stick.Local:8899/1?framing=auto",
   "eth-stick://stick.local/1",                                        "eth-stick://stick.local",
   PLANCIA_ADDRESS_ETH_STICK,                                                                                                                        "stick.local",
   8899,                                                                                                                                                                    1  },
  {"eth-stick://h:40001/1?framing=rtu",
   NULL,                                                               "eth-stick://h:40001?framing=rtu",
   PLANCIA_ADDRESS_ETH_STICK,                                                                                                                        "h",
   40001,                                                                                                                                                                   1  },
  {" wifi-stick://h/1?serial=2712345678\n",
   "wifi-stick://h/1?serial=2712345678",                               "wifi-stick://h?serial=2712345678",
   PLANCIA_ADDRESS_WIFI_STICK,                                                                                                                       "h",
   8899,                                                                                                                                                                    1  },
  {"wifi-stick://h/1?serial=0",
   "wifi-stick://h/1",                                                 "wifi-stick://h",
   PLANCIA_ADDRESS_WIFI_STICK,                                                                                                                       "h",
   8899,                                                                                                                                                                    1  },
  {"wifi-stick://h/1?serial=4294967295",
   NULL,                                                               "wifi-stick://h?serial=4294967295",
   PLANCIA_ADDRESS_WIFI_STICK,                                                                                                                       "h",
   8899,                                                                                                                                                                    1  },
  {"hub://h",                                         NULL,            "hub://h",                                       PLANCIA_ADDRESS_HUB,         "h",            0,     -1 },
  {"hub://h/inverters",                               NULL,            "hub://h/inverters",                             PLANCIA_ADDRESS_HUB,         "h",            55400, -1 },
  {"hub://h/inverters/3",                             NULL,            "hub://h/inverters",                             PLANCIA_ADDRESS_HUB,         "h",            55400, 3  },
  {"hub://h/meters/1?spacing=200",
   NULL,                                                               "hub://h/meters?spacing=200",
   PLANCIA_ADDRESS_HUB,                                                                                                                              "h",
   55401,                                                                                                                                                                   1  },
  {"hub://h/meters/1?spacing=3000",
   "hub://h/meters/1",                                                 "hub://h/meters",
   PLANCIA_ADDRESS_HUB,                                                                                                                              "h",
   55401,                                                                                                                                                                   1  },
  {"hub://h/meters/1",                                NULL,            "hub://h/meters",                                PLANCIA_ADDRESS_HUB,         "h",            55401, 1  },
  {"hub://h/chargers/255",                            NULL,            "hub://h/chargers",                              PLANCIA_ADDRESS_HUB,         "h",            55402, 255},
  {"hub://h:40002/meters/1",                          NULL,            "hub://h:40002/meters",                          PLANCIA_ADDRESS_HUB,         "h",            40002, 1  },
  {"hub://h:55401/meters/1",
   "hub://h/meters/1",                                                 "hub://h/meters",
   PLANCIA_ADDRESS_HUB,                                                                                                                              "h",
   55401,                                                                                                                                                                   1  },
  {"hub://h:55401/inverters/1",
   NULL,                                                               "hub://h:55401/inverters",
   PLANCIA_ADDRESS_HUB,                                                                                                                              "h",
   55401,                                                                                                                                                                   1  },
  {"power-magic://h/0",                               NULL,            "power-magic://h",                               PLANCIA_ADDRESS_POWER_MAGIC, "h",            502,   0  },
  {"power-magic://h/255",                             NULL,            "power-magic://h",                               PLANCIA_ADDRESS_POWER_MAGIC, "h",            502,   255},
  {"psc://h/12",                                      NULL,            "psc://h",                                       PLANCIA_ADDRESS_PSC,         "h",            502,   12 },
  {"modbus-tcp://[fe80::1]:1502/0",
   NULL,                                                               "modbus-tcp://[fe80::1]:1502",
   PLANCIA_ADDRESS_MODBUS_TCP,                                                                                                                       "fe80::1",
   1502,                                                                                                                                                                    0  },
  {"modbus-tcp://[2001:DB8::1]/7",
   "modbus-tcp://[2001:db8::1]/7",                                     "modbus-tcp://[2001:db8::1]",
   PLANCIA_ADDRESS_MODBUS_TCP,                                                                                                                       "2001:db8::1",
   502,                                                                                                                                                                     7  },
  {"rs485:///dev/ttyUSB0/1",                          NULL,            "rs485:///dev/ttyUSB0",                          PLANCIA_ADDRESS_RS485,       NULL,           0,     1  },
  {"rs485:///dev/ttyUSB0/1?baud=9600&format=8n1",
   "rs485:///dev/ttyUSB0/1",                                           "rs485:///dev/ttyUSB0",
   PLANCIA_ADDRESS_RS485,                                                                                                                            NULL,
   0,                                                                                                                                                                       1  },
  {"rs485:///dev/ttyUSB0/247?format=8e1&baud=019200",
   "rs485:///dev/ttyUSB0/247?baud=19200&format=8E1",                   "rs485:///dev/ttyUSB0?baud=19200&format=8E1",
   PLANCIA_ADDRESS_RS485,                                                                                                                            NULL,
   0,                                                                                                                                                                       247},
  {"rs485:///dev/pts/5/1",                            NULL,            "rs485:///dev/pts/5",                            PLANCIA_ADDRESS_RS485,       NULL,           0,     1  },
  {"rs485:///dev/pts/5",                              NULL,            "rs485:///dev/pts/5",                            PLANCIA_ADDRESS_RS485,       NULL,           0,     -1 },
  {"rs485:///tmp/line/%31%32",
   "rs485:///tmp/line/%312",                                           "rs485:///tmp/line/%312",
   PLANCIA_ADDRESS_RS485,                                                                                                                            NULL,
   0,                                                                                                                                                                       -1 },
  {"rs485:///tmp/line/12/7",                          NULL,            "rs485:///tmp/line/%312",                        PLANCIA_ADDRESS_RS485,       NULL,           0,     7  },
  {"rs485:///dev/serial/by-id/usb-FTDI_A-if00/9",
   NULL,                                                               "rs485:///dev/serial/by-id/usb-FTDI_A-if00",
   PLANCIA_ADDRESS_RS485,                                                                                                                            NULL,
   0,                                                                                                                                                                       9  },
  {"rs485:///tmp/a%20b/1",                            NULL,            "rs485:///tmp/a%20b",                            PLANCIA_ADDRESS_RS485,       NULL,           0,     1  },
  {"connext:///dev/ttyACM0",                          NULL,            "connext:///dev/ttyACM0",                        PLANCIA_ADDRESS_CONNEXT,     NULL,           0,     -1 },
  {"connext:///dev/pts/3?baud=115200&format=7E1.5",
   NULL,                                                               "connext:///dev/pts/3?baud=115200&format=7E1.5",
   PLANCIA_ADDRESS_CONNEXT,                                                                                                                          NULL,
   0,                                                                                                                                                                       -1 },
  {"connext:///dev/ttyACM0?flow=XON-XOFF&baud=300",
   "connext:///dev/ttyACM0?baud=300&flow=xon-xoff",                    "connext:///dev/ttyACM0?baud=300&flow=xon-xoff",
   PLANCIA_ADDRESS_CONNEXT,                                                                                                                          NULL,
   0,                                                                                                                                                                       -1 },
  {"connext:///dev/ttyACM0?flow=none",
   "connext:///dev/ttyACM0",                                           "connext:///dev/ttyACM0",
   PLANCIA_ADDRESS_CONNEXT,                                                                                                                          NULL,
   0,                                                                                                                                                                       -1 },
  {"portal://home/0012345",                           NULL,            "portal://home",                                 PLANCIA_ADDRESS_PORTAL,      NULL,           0,     -1 },
  {"portal://home",                                   NULL,            "portal://home",                                 PLANCIA_ADDRESS_PORTAL,      NULL,           0,     -1 },
  {"portal://My%20home/ZM1",                          NULL,            "portal://My%20home",                            PLANCIA_ADDRESS_PORTAL,      NULL,           0,     -1 },
  {"system://anna@example.com/ZP1",
   NULL,                                                               "system://anna@example.com",
   PLANCIA_ADDRESS_SYSTEM,                                                                                                                           NULL,
   0,                                                                                                                                                                       -1 },
};

static void
check_parts (const GoodCase *c, PlanciaAddress *address)
{
  g_assert_cmpint (plancia_address_get_kind (address), ==, c->kind);
  g_assert_cmpstr (plancia_address_get_host (address), ==, c->host);
  g_assert_cmpint (plancia_address_get_port (address), ==, c->port);
  g_assert_cmpint (plancia_address_get_unit (address), ==, c->unit);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_cases); i++) {
    const GoodCase *c = &good_cases[i];
    const char     *canonical = c->canonical != NULL ? c->canonical : c->text;
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaAddress) address = plancia_address_parse (c->text, &error);
    g_autoptr (PlanciaAddress) again = NULL;
    g_autofree char *text = NULL;
    g_autofree char *second = NULL;
    g_autofree char *connection = NULL;

    g_assert_no_error (error);
    text = plancia_address_to_string (address);
    g_assert_cmpstr (text, ==, canonical);
    connection = plancia_address_dup_connection (address);
    g_assert_cmpstr (connection, ==, c->connection);
    again = plancia_address_parse (text, &error);
    g_assert_no_error (error);
    second = plancia_address_to_string (again);
    g_assert_cmpstr (second, ==, text);
    check_parts (c, address);
    check_parts (c, again);
  }
}

typedef struct
{
  const char *text;
  guint       character; /* 0: not named */
  const char *words;
} BadCase;

static const BadCase bad_cases[] = {
  {"hub://h/meters/1?spacing=60001",          26, "milliseconds"        },
  {"hub://h/meters/1?spacing=",               26, "milliseconds"        },
  {"eth-stick://h/1?baud=9600",               17, "no option"           },
  {"",                                        1,  "KIND://"             },
  {"192.168.1.20",                            1,  "KIND://"             },
  {"eth-stick:/h/1",                          1,  "KIND://"             },
  {"stick://h/1",                             1,  "no kind"             },
  {"://h/1",                                  1,  "no kind"             },
  {"eth-stick://",                            13, "host"                },
  {"eth-stick:///1",                          13, "host"                },
  {"eth-stick://:8899/1",                     13, "host"                },
  {"eth-stick://h:0/1",                       15, "from 1 to 65535"     },
  {"eth-stick://h:70000/1",                   15, "from 1 to 65535"     },
  {"eth-stick://h:/1",                        15, "port"                },
  {"eth-stick://h:x/1",                       15, "port"                },
  {"eth-stick://h:-1/1",                      15, "port"                },
  {"eth-stick://h:99999999999999999999/1",    15, "port"                },
  {"eth-stick://h/0",                         15, "unit from 1 to 255"  },
  {"eth-stick://h/256",                       15, "unit from 1 to 255"  },
  {"eth-stick://h/-1",                        15, "unit"                },
  {"eth-stick://h/one",                       15, "unit"                },
  {"eth-stick://h/1/2",                       15, "unit"                },
  {"eth-stick://u:p@h/1",                     15, "port"                },
  {"eth-stick://a b/1",                       14, "host name"           },
  {"eth-stick://h%41/1",                      14, "host name"           },
  {"eth-stick://h/1?speed=9",                 17, "no option \"speed\"" },
  {"eth-stick://h/1?framing=ascii",           25, "framing auto"        },
  {"eth-stick://h/1?framing",                 17, "expected \"=\""      },
  {"eth-stick://h/1?framing=",                25, "framing auto"        },
  {"eth-stick://h/1?framing=tcp&framing=rtu", 29, "twice"               },
  {"eth-stick://h/1?serial=2712345678",       17, "no option \"serial\""},
  {"wifi-stick://h/1?serial=4294967296",      25, "serial"              },
  {"wifi-stick://h/1?serial=abc",             25, "serial"              },
  {"hub://h/invertors/1",                     9,  "line"                },
  {"hub://h/1",                               9,  "line"                },
  {"hub://h/inverters/0",                     19, "unit from 1 to 255"  },
  {"hub://h/inverters/256",                   19, "unit from 1 to 255"  },
  {"hub://h/inverters/1?framing=tcp",         21, "no option"           },
  {"power-magic://h/256",                     17, "unit from 0 to 255"  },
  {"modbus-tcp://h/300",                      16, "unit from 0 to 255"  },
  {"modbus-tcp://[fe80::1/1",                 14, "]"                   },
  {"modbus-tcp://[h]/1",                      15, "IPv6"                },
  {"modbus-tcp://[::1]x/1",                   19, "port"                },
  {"modbus-tcp://fe80::1/1",                  19, "port"                },
  {"rs485://dev/ttyUSB0/1",                   9,  "path"                },
  {"rs485://",                                9,  "path"                },
  {"rs485:///",                               9,  "path"                },
  {"rs485:///1",                              9,  "path"                },
  {"rs485:///dev/ttyUSB0/0",                  22, "unit from 1 to 247"  },
  {"rs485:///dev/ttyUSB0/248",                22, "unit from 1 to 247"  },
  {"rs485:///dev/ttyUSB0/1?baud=0",           29, "baud"                },
  {"connext:///dev/ttyACM0?flow=hardware",    29, "flow none"           },
  {"rs485:///dev/ttyUSB0/1?flow=none",        24, "no option"           },
  {"rs485:///dev/ttyUSB0/1?baud=fast",        29, "baud"                },
  {"rs485:///dev/ttyUSB0/1?format=9X1",       31, "format"              },
  {"rs485:///dev/ttyUSB0/1?format=",          31, "format"              },
  {"rs485:///dev/tty%00/1",                   9,  "%XX"                 },
  {"rs485:///dev/tty%0a/1",                   9,  "control"             },
  {"portal:///ZM1",                           10, "account"             },
  {"portal://home/ZM1/2",                     18, "nothing after"       },
  {"portal://h%zz/1",                         10, "%XX"                 },
  {"portal://home/ZM1?url=x",                 19, "no option"           },
  {"\xff://h/1",                              0,  "UTF-8"               },
};

/* The same without English words. */
static void
check_problem (const BadCase *c)
{
  g_auto (PlanciaAddressProblem) problem = {0};
  g_autoptr (PlanciaAddress) address = plancia_address_examine (c->text, &problem);

  g_assert_null (address);
  g_assert_cmpint (problem.fault, !=, PLANCIA_ADDRESS_FAULT_NONE);
  g_assert_cmpint (problem.fault, <, PLANCIA_ADDRESS_N_FAULTS);
  g_assert_cmpuint (problem.place, ==, c->character);
}

/* Numbers and words that go with a fault. */
static void
test_examine (void)
{
  g_auto (PlanciaAddressProblem) unit = {0};
  g_auto (PlanciaAddressProblem) option = {0};
  g_auto (PlanciaAddressProblem) none = {0};
  g_autoptr (PlanciaAddress) good = NULL;

  g_assert_null (plancia_address_examine ("rs485:///dev/ttyUSB0/248", &unit));
  g_assert_cmpint (unit.fault, ==, PLANCIA_ADDRESS_FAULT_UNIT);
  g_assert_cmpuint (unit.smallest, ==, 1);
  g_assert_cmpuint (unit.largest, ==, 247);
  g_assert_null (plancia_address_examine ("hub://h/inverters/1?framing=tcp", &option));
  g_assert_cmpint (option.fault, ==, PLANCIA_ADDRESS_FAULT_NO_OPTION);
  g_assert_cmpstr (option.got, ==, "framing");
  good = plancia_address_examine ("hub://h/inverters/1", &none);
  g_assert_nonnull (good);
  g_assert_cmpint (none.fault, ==, PLANCIA_ADDRESS_FAULT_NONE);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++) {
    const BadCase *c = &bad_cases[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaAddress) address = plancia_address_parse (c->text, &error);
    g_autofree char *where = g_strdup_printf ("character %u:", c->character);

    g_assert_null (address);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, c->words));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    if (c->character != 0)
      g_assert_nonnull (strstr (error->message, where));
    check_problem (c);
  }
}

static void
test_parts (void)
{
  g_autoptr (PlanciaAddress)
    stick = plancia_address_parse ("wifi-stick://h/1?serial=2712345678", NULL);
  g_autoptr (PlanciaAddress) bare = plancia_address_parse ("wifi-stick://h/1", NULL);
  g_autoptr (PlanciaAddress)
    line = plancia_address_parse ("rs485:///tmp/a%20b/1?baud=19200&format=8e2", NULL);
  g_autoptr (PlanciaAddress) cloud = plancia_address_parse ("portal://My%20home/0012", NULL);
  g_autoptr (PlanciaAddress) hub = plancia_address_parse ("hub://h/meters", NULL);
  g_autoptr (PlanciaAddress) quick = plancia_address_parse ("hub://h/meters?spacing=0200", NULL);

  g_assert_cmpint (plancia_address_get_serial (stick), ==, 2712345678u);
  g_assert_cmpint (plancia_address_get_serial (bare), ==, 0);
  g_assert_cmpstr (plancia_address_get_option (stick, "serial"), ==, "2712345678");
  g_assert_null (plancia_address_get_option (bare, "serial"));
  g_assert_null (plancia_address_get_option (bare, "no-such"));
  g_assert_cmpstr (plancia_address_get_device (line), ==, "/tmp/a b");
  g_assert_cmpint (plancia_address_get_baud (line), ==, 19200);
  g_assert_cmpstr (plancia_address_get_format (line), ==, "8E2");
  g_assert_cmpint (plancia_address_get_baud (bare), ==, 9600);
  g_assert_cmpstr (plancia_address_get_format (bare), ==, "8N1");
  g_assert_cmpstr (plancia_address_get_account (cloud), ==, "My home");
  g_assert_cmpstr (plancia_address_get_thing (cloud), ==, "0012");
  g_assert_cmpint (plancia_address_get_line (hub), ==, PLANCIA_HUB_LINE_METERS);
  g_assert_cmpuint (plancia_address_get_spacing (hub), ==, 3000);
  g_assert_cmpuint (plancia_address_get_spacing (quick), ==, 200);
  g_assert_cmpuint (plancia_address_get_spacing (stick), ==, 0);
  g_assert_cmpint (plancia_address_get_line (cloud), ==, PLANCIA_HUB_LINE_NONE);
}

static void
test_boxed (void)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("psc://h/1", NULL);
  PlanciaAddress *copy = g_boxed_copy (PLANCIA_TYPE_ADDRESS, address);

  g_assert_true (copy == address);
  g_boxed_free (PLANCIA_TYPE_ADDRESS, copy);
}

/* Real addresses with characters changed: read or refused, and what is read round-trips. */
static void
test_mutated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (48);

  for (guint i = 0; i < 40000; i++) {
    g_autofree char *text = g_strdup (good_cases[i % G_N_ELEMENTS (good_cases)].text);
    g_autoptr (PlanciaAddress) address = NULL;
    g_autoptr (PlanciaAddress) again = NULL;
    g_autofree char *canonical = NULL;
    g_autofree char *second = NULL;

    for (guint n = 0; n < 2; n++)
      text[g_rand_int_range (rand, 0, (gint32) strlen (text))] =
        "/:?&=%[]019azZ.- @"[g_rand_int_range (rand, 0, 18)];
    address = plancia_address_parse (text, NULL);
    if (address == NULL)
      continue;
    canonical = plancia_address_to_string (address);
    again = plancia_address_parse (canonical, NULL);
    g_test_message ("%s %s", text, canonical);
    g_assert_nonnull (again);
    second = plancia_address_to_string (again);
    g_assert_cmpstr (second, ==, canonical);
  }
}

static void
test_options (void)
{
  g_autoptr (PlanciaAddress) hub = plancia_address_parse ("hub://h/meters/2?spacing=200", NULL);
  g_autoptr (PlanciaAddress) stick = plancia_address_parse ("eth-stick://h/1?framing=rtu", NULL);
  g_autoptr (PlanciaAddress) slow = plancia_address_with_option (hub, "timeout", "9000", NULL);
  g_autoptr (PlanciaAddress) usual = plancia_address_with_option (slow, "spacing", "3000", NULL);
  g_autoptr (PlanciaAddress) automatic = plancia_address_with_option (stick, "framing", NULL, NULL);
  g_autofree char *text = plancia_address_to_string (slow);
  g_autofree char *usual_text = plancia_address_to_string (usual);
  g_autofree char *automatic_text = plancia_address_to_string (automatic);
  g_autoptr (PlanciaAddress) third = plancia_address_with_unit (slow, 3, NULL);
  g_autofree char *third_text = plancia_address_to_string (third);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (third_text, ==, "hub://h/meters/3?spacing=200&timeout=9000");
  g_assert_null (plancia_address_with_unit (slow, 256, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpstr (text, ==, "hub://h/meters/2?spacing=200&timeout=9000");
  g_assert_cmpuint (plancia_address_get_timeout (slow), ==, 9000);
  g_assert_cmpuint (plancia_address_get_timeout (hub), ==, 0);
  g_assert_cmpstr (usual_text, ==, "hub://h/meters/2?timeout=9000");
  g_assert_cmpstr (automatic_text, ==, "eth-stick://h/1");
  g_assert_true (plancia_address_has_option (stick, "framing"));
  g_assert_false (plancia_address_has_option (hub, "framing"));
  g_assert_false (plancia_address_has_option (hub, "colour"));
  g_assert_null (plancia_address_with_option (hub, "timeout", "soon", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (plancia_address_with_option (hub, "framing", "rtu", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
}

static void
test_serial_settings (void)
{
  g_autoptr (PlanciaAddress) plain = plancia_address_parse ("connext:///dev/ttyACM0", NULL);
  g_autoptr (PlanciaAddress) full =
    plancia_address_parse ("connext:///dev/ttyACM0?baud=921600&format=5m1.5&flow=dsr-dtr", NULL);
  PlanciaSerialSettings settings, defaults;

  plancia_serial_settings_init (&defaults);
  plancia_address_get_serial_settings (plain, &settings);
  g_assert_true (plancia_serial_settings_equal (&settings, &defaults));
  plancia_address_get_serial_settings (full, &settings);
  g_assert_cmpuint (settings.baud, ==, 921600);
  g_assert_cmpuint (settings.data_bits, ==, 5);
  g_assert_cmpint (settings.parity, ==, 'M');
  g_assert_cmpint (settings.stop_bits, ==, PLANCIA_STOP_BITS_1_5);
  g_assert_cmpint (settings.flow, ==, PLANCIA_FLOW_CONTROL_DSR_DTR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plant/address/good", test_good);
  g_test_add_func ("/plant/address/bad", test_bad);
  g_test_add_func ("/plant/address/examine", test_examine);
  g_test_add_func ("/plant/address/parts", test_parts);
  g_test_add_func ("/plant/address/options", test_options);
  g_test_add_func ("/plant/address/boxed", test_boxed);
  g_test_add_func ("/plant/address/mutated", test_mutated);
  g_test_add_func ("/address/serial-settings", test_serial_settings);
  return g_test_run ();
}
