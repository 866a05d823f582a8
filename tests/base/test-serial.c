/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/serial.h"

static void
test_formats (void)
{
  static const struct
  {
    const char     *text, *canonical;
    guint           data_bits;
    char            parity;
    PlanciaStopBits stop_bits;
  } good[] = {
    {"8N1",   "8N1",   8, 'N', PLANCIA_STOP_BITS_1  },
    {"7e2",   "7E2",   7, 'E', PLANCIA_STOP_BITS_2  },
    {"5O1.5", "5O1.5", 5, 'O', PLANCIA_STOP_BITS_1_5},
    {"6m1",   "6M1",   6, 'M', PLANCIA_STOP_BITS_1  },
    {"8S2",   "8S2",   8, 'S', PLANCIA_STOP_BITS_2  },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    PlanciaSerialSettings settings;
    g_autofree char      *format = NULL;

    plancia_serial_settings_init (&settings);
    g_assert_true (plancia_serial_settings_set_format (&settings, good[i].text, NULL));
    g_assert_cmpuint (settings.data_bits, ==, good[i].data_bits);
    g_assert_cmpint (settings.parity, ==, good[i].parity);
    g_assert_cmpint (settings.stop_bits, ==, good[i].stop_bits);
    format = plancia_serial_settings_dup_format (&settings);
    g_assert_cmpstr (format, ==, good[i].canonical);
    g_assert_true (plancia_serial_settings_check (&settings, NULL));
  }
}

static void
test_wrong_formats (void)
{
  static const char *const wrong[] = {
    "",
    "8",
    "8N",
    "4N1",
    "9N1",
    "8X1",
    "8N3",
    "8N1.4",
    "8N10",
    "N81",
    NULL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    PlanciaSerialSettings settings, before;
    g_autoptr (GError) error = NULL;

    plancia_serial_settings_init (&settings);
    before = settings;
    g_assert_false (plancia_serial_settings_set_format (&settings, wrong[i], &error));
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
    g_assert_true (plancia_serial_settings_equal (&settings, &before));
  }
}

static void
test_check (void)
{
  PlanciaSerialSettings settings;
  g_autoptr (GError) error = NULL;

  plancia_serial_settings_init (&settings);
  g_assert_true (plancia_serial_settings_check (&settings, &error));
  settings.baud = 49;
  g_assert_false (plancia_serial_settings_check (&settings, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  settings.baud = 4000001;
  g_assert_false (plancia_serial_settings_check (&settings, NULL));
  settings.baud = 12345;
  g_assert_true (plancia_serial_settings_check (&settings, NULL));
  settings.parity = 'X';
  g_assert_false (plancia_serial_settings_check (&settings, NULL));
}

/* 9600 8N1 is ten bits a character: 1041 us; 3.5 of them end a frame of Modbus. */
static void
test_character_time (void)
{
  PlanciaSerialSettings settings;

  plancia_serial_settings_init (&settings);
  g_assert_cmpuint (plancia_serial_settings_get_character_time (&settings), ==, 1041);
  plancia_serial_settings_set_format (&settings, "8E1", NULL);
  g_assert_cmpuint (plancia_serial_settings_get_character_time (&settings), ==, 1145);
  plancia_serial_settings_set_format (&settings, "5N1.5", NULL);
  g_assert_cmpuint (plancia_serial_settings_get_character_time (&settings), ==, 781);
}

static void
test_flow (void)
{
  for (guint i = PLANCIA_FLOW_CONTROL_NONE; i <= PLANCIA_FLOW_CONTROL_DSR_DTR; i++) {
    PlanciaFlowControl flow = PLANCIA_FLOW_CONTROL_NONE;

    g_assert_true (
      plancia_flow_control_parse (plancia_flow_control_name ((PlanciaFlowControl) i), &flow));
    g_assert_cmpint (flow, ==, i);
  }
  g_assert_false (plancia_flow_control_parse ("hardware", &(PlanciaFlowControl){0}));
}

static void
test_advice (void)
{
  PlanciaSerialPortInfo port = {.path = (char *) "/dev/ttyUSB0",
                                .vendor = 0x1a86,
                                .product = 0x7523};
  g_autofree char      *command = plancia_serial_advice_group_command ("dialout");
  g_autofree char      *rule = plancia_serial_advice_udev_rule (&port);

  g_assert_cmpstr (command, ==, "sudo usermod -aG dialout \"$USER\"");
  g_assert_cmpstr (rule,
                   ==,
                   "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"1a86\", ATTRS{idProduct}==\"7523\", "
                   "TAG+=\"uaccess\"");
  port.vendor = 0;
  g_assert_null (plancia_serial_advice_udev_rule (&port));
}

static void
test_info (void)
{
  PlanciaSerialPortInfo port = {.path = (char *) "/dev/ttyUSB0", .vendor = 1};
  g_autoptr (PlanciaSerialPortInfo) copy = plancia_serial_port_info_copy (&port);

  g_assert_true (plancia_serial_port_info_equal (&port, copy));
  g_assert_cmpstr (plancia_serial_port_info_get_label (copy), ==, "/dev/ttyUSB0");
  copy->description = g_strdup ("FT232R");
  g_assert_false (plancia_serial_port_info_equal (&port, copy));
  g_assert_cmpstr (plancia_serial_port_info_get_label (copy), ==, "FT232R");
  copy->name = g_strdup ("Banco");
  g_assert_cmpstr (plancia_serial_port_info_get_label (copy), ==, "Banco");
  g_assert_true (plancia_serial_port_info_equal (NULL, NULL));
  g_assert_false (plancia_serial_port_info_equal (&port, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serial/formats", test_formats);
  g_test_add_func ("/serial/wrong-formats", test_wrong_formats);
  g_test_add_func ("/serial/check", test_check);
  g_test_add_func ("/serial/character-time", test_character_time);
  g_test_add_func ("/serial/flow", test_flow);
  g_test_add_func ("/serial/advice", test_advice);
  g_test_add_func ("/serial/info", test_info);
  return g_test_run ();
}
