/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Keys under which maps keep what a device is, the best first: arrays of strings, NULL at the end. */
#define PLANCIA_SERIAL_KEYS                       \
  {                                               \
    "serial_number", "serial", "bms_serial", NULL \
  }
#define PLANCIA_SERIAL_TAIL_KEY "serial_number_tail"
#define PLANCIA_FIRMWARE_KEYS                                                         \
  {                                                                                   \
    "firmware_master", "firmware_version", "firmware", "bms_version", "version", NULL \
  }
#define PLANCIA_FIRMWARE_SLAVE_KEY "firmware_slave"
#define PLANCIA_RATED_POWER_KEY    "rated_power"
