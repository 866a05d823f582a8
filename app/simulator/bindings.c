/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bindings.h"

#include <math.h>

#define TODAY(flow) (PLANCIA_QUANTITY_TODAY + (PLANCIA_FLOW_##flow))
#define TOTAL(flow) (PLANCIA_QUANTITY_TOTAL + (PLANCIA_FLOW_##flow))
#define MONTH(flow) (PLANCIA_QUANTITY_MONTH + (PLANCIA_FLOW_##flow))
#define YEAR(flow)  (PLANCIA_QUANTITY_YEAR + (PLANCIA_FLOW_##flow))

/* In a pattern # stands for a number; the first counts from the quantity on: 1 is the quantity itself. */
typedef struct
{
  const char *pattern;
  int         quantity;
  double      factor;
} Live;

typedef struct
{
  const char *key;
  double      value;
} Setting;

typedef struct
{
  const char *key;
  const char *text;
} Text;

static const Live inverter_live[] = {
  {"state",                            PLANCIA_QUANTITY_INVERTER_STATE,        1  },
  {"grid_frequency",                   PLANCIA_QUANTITY_FREQUENCY,             1  },
  {"output_active_power",              PLANCIA_QUANTITY_OUTPUT_POWER,          1  },
  {"output_reactive_power",            PLANCIA_QUANTITY_OUTPUT_REACTIVE,       1  },
  {"output_apparent_power",            PLANCIA_QUANTITY_OUTPUT_APPARENT,       1  },
  {"output_active_power_l#",           PLANCIA_QUANTITY_OUTPUT_PHASE,          1  },
  {"output_reactive_power_l#",         PLANCIA_QUANTITY_OUTPUT_REACTIVE_PHASE, 1  },
  {"output_current_l#",                PLANCIA_QUANTITY_OUTPUT_CURRENT,        1  },
  {"output_power_factor_l1",           PLANCIA_QUANTITY_ONE,                   1  },
  {"output_power_factor_l2",           PLANCIA_QUANTITY_ONE,                   1  },
  {"output_power_factor_l3",           PLANCIA_QUANTITY_ONE,                   1  },
  {"power_factor_total",               PLANCIA_QUANTITY_ONE,                   1  },
  {"grid_active_power",                PLANCIA_QUANTITY_GRID_POWER,            1  },
  {"grid_active_power_coarse",         PLANCIA_QUANTITY_GRID_POWER,            1  },
  {"grid_reactive_power",              PLANCIA_QUANTITY_GRID_REACTIVE,         1  },
  {"grid_apparent_power",              PLANCIA_QUANTITY_GRID_APPARENT,         1  },
  {"grid_active_power_l#",             PLANCIA_QUANTITY_GRID_PHASE,            1  },
  {"grid_reactive_power_l#",           PLANCIA_QUANTITY_GRID_REACTIVE_PHASE,   1  },
  {"grid_power_factor_l1",             PLANCIA_QUANTITY_POWER_FACTOR,          1  },
  {"grid_power_factor_l2",             PLANCIA_QUANTITY_POWER_FACTOR,          1  },
  {"grid_power_factor_l3",             PLANCIA_QUANTITY_POWER_FACTOR,          1  },
  {"grid_current_l#",                  PLANCIA_QUANTITY_GRID_CURRENT,          1  },
  {"grid_voltage_l#",                  PLANCIA_QUANTITY_VOLTAGE,               1  },
  {"line_voltage_l1_l2",               PLANCIA_QUANTITY_LINE_VOLTAGE,          1  },
  {"line_voltage_l2_l3",               PLANCIA_QUANTITY_LINE_VOLTAGE + 1,      1  },
  {"line_voltage_l3_l1",               PLANCIA_QUANTITY_LINE_VOLTAGE + 2,      1  },
  {"load_power",                       PLANCIA_QUANTITY_LOAD,                  1  },
  {"eps_frequency",                    PLANCIA_QUANTITY_FREQUENCY,             1  },
  {"eps_voltage_l#",                   PLANCIA_QUANTITY_VOLTAGE,               1  },
  {"pv_power",                         PLANCIA_QUANTITY_PV_POWER,              1  },
  {"pv#_power",                        PLANCIA_QUANTITY_INPUT_POWER,           1  },
  {"pv#_voltage",                      PLANCIA_QUANTITY_INPUT_VOLTAGE,         1  },
  {"pv#_current",                      PLANCIA_QUANTITY_INPUT_CURRENT,         1  },
  {"group#_voltage",                   PLANCIA_QUANTITY_INPUT_VOLTAGE,         1  },
  {"group#_string#_current",           PLANCIA_QUANTITY_STRING_CURRENT,        1  },
  {"battery1_voltage",                 PLANCIA_QUANTITY_BATTERY_VOLTAGE,       1  },
  {"battery1_current",                 PLANCIA_QUANTITY_BATTERY_CURRENT,       1  },
  {"battery1_power",                   PLANCIA_QUANTITY_BATTERY_POWER,         1  },
  {"battery1_temperature",             PLANCIA_QUANTITY_BATTERY_TEMPERATURE,   1  },
  {"battery1_soc",                     PLANCIA_QUANTITY_SOC,                   1  },
  {"battery1_soh",                     PLANCIA_QUANTITY_SOH,                   1  },
  {"battery1_cycles",                  PLANCIA_QUANTITY_CYCLES,                1  },
  {"battery1_charge_current_limit",    PLANCIA_QUANTITY_CHARGE_LIMIT,          1  },
  {"battery1_discharge_current_limit", PLANCIA_QUANTITY_CHARGE_LIMIT,          1  },
  {"battery1_state",                   PLANCIA_QUANTITY_BATTERY_STATE,         1  },
  {"battery_power",                    PLANCIA_QUANTITY_BATTERY_POWER,         1  },
  {"battery_soc",                      PLANCIA_QUANTITY_SOC,                   1  },
  {"battery_soh",                      PLANCIA_QUANTITY_SOH,                   1  },
  {"battery_count",                    PLANCIA_QUANTITY_ONE,                   1  },
  {"battery_capacity_total",           PLANCIA_QUANTITY_CAPACITY_AH,           1  },
  {"pv_energy_today",                  TODAY (GENERATING),                     1  },
  {"pv_energy_total",                  TOTAL (GENERATING),                     1  },
  {"pv_energy_month",                  MONTH (GENERATING),                     1  },
  {"pv_energy_year",                   YEAR (GENERATING),                      1  },
  {"load_energy_today",                TODAY (CONSUMING),                      1  },
  {"load_energy_total",                TOTAL (CONSUMING),                      1  },
  {"load_energy_month",                MONTH (CONSUMING),                      1  },
  {"load_energy_year",                 YEAR (CONSUMING),                       1  },
  {"import_energy_today",              TODAY (IMPORTING),                      1  },
  {"import_energy_total",              TOTAL (IMPORTING),                      1  },
  {"import_energy_month",              MONTH (IMPORTING),                      1  },
  {"import_energy_year",               YEAR (IMPORTING),                       1  },
  {"export_energy_today",              TODAY (EXPORTING),                      1  },
  {"export_energy_total",              TOTAL (EXPORTING),                      1  },
  {"export_energy_month",              MONTH (EXPORTING),                      1  },
  {"export_energy_year",               YEAR (EXPORTING),                       1  },
  {"charge_energy_today",              TODAY (CHARGING),                       1  },
  {"charge_energy_total",              TOTAL (CHARGING),                       1  },
  {"charge_energy_month",              MONTH (CHARGING),                       1  },
  {"charge_energy_year",               YEAR (CHARGING),                        1  },
  {"discharge_energy_today",           TODAY (DISCHARGING),                    1  },
  {"discharge_energy_total",           TOTAL (DISCHARGING),                    1  },
  {"discharge_energy_month",           MONTH (DISCHARGING),                    1  },
  {"discharge_energy_year",            YEAR (DISCHARGING),                     1  },
  {"temperature_ambient_1",            PLANCIA_QUANTITY_AMBIENT,               1  },
  {"temperature_heat_sink_1",          PLANCIA_QUANTITY_HEAT_SINK,             1  },
  {"temperature_module_1",             PLANCIA_QUANTITY_MODULE,                1  },
  {"fan_speed",                        PLANCIA_QUANTITY_FAN,                   1  },
  {"generation_time_today",            PLANCIA_QUANTITY_MINUTES_TODAY,         1  },
  {"generation_time_total",            PLANCIA_QUANTITY_MINUTES_TOTAL,         1  },
  {"service_time_total",               PLANCIA_QUANTITY_SERVICE_MINUTES,       1  },
  {"insulation_resistance",            PLANCIA_QUANTITY_INSULATION,            1  },
  {"bus_voltage",                      PLANCIA_QUANTITY_BUS_VOLTAGE,           1  },
  {"bus_voltage_positive",             PLANCIA_QUANTITY_BUS_VOLTAGE,           0.5},
  {"bus_voltage_negative",             PLANCIA_QUANTITY_BUS_VOLTAGE,           0.5},
  {"leakage_current",                  PLANCIA_QUANTITY_LEAKAGE,               1  },
  {"dc_injection_l1",                  PLANCIA_QUANTITY_INJECTION,             1  },
  {"dc_injection_l2",                  PLANCIA_QUANTITY_INJECTION,             -1 },
  {"dc_injection_l3",                  PLANCIA_QUANTITY_INJECTION,             0.5},
  {"rated_power",                      PLANCIA_QUANTITY_RATED_POWER,           1  },
  {NULL,                               0,                                      0  },
};

/* A meter that looks at the house counts import as positive. */
static const Live meter_live[] = {
  {"grid_frequency",          PLANCIA_QUANTITY_FREQUENCY,           1    },
  {"grid_voltage_l#",         PLANCIA_QUANTITY_VOLTAGE,             1    },
  {"grid_voltage",            PLANCIA_QUANTITY_VOLTAGE,             1    },
  {"line_voltage_l1_l2",      PLANCIA_QUANTITY_LINE_VOLTAGE,        1    },
  {"line_voltage_l2_l3",      PLANCIA_QUANTITY_LINE_VOLTAGE + 1,    1    },
  {"line_voltage_l3_l1",      PLANCIA_QUANTITY_LINE_VOLTAGE + 2,    1    },
  {"grid_current_l#",         PLANCIA_QUANTITY_GRID_CURRENT,        1    },
  {"grid_current",            PLANCIA_QUANTITY_GRID_CURRENT,        1    },
  {"grid_active_power",       PLANCIA_QUANTITY_GRID_POWER,          -1   },
  {"grid_active_power_l#",    PLANCIA_QUANTITY_GRID_PHASE,          -1   },
  {"grid_reactive_power",     PLANCIA_QUANTITY_GRID_REACTIVE,       -1   },
  {"grid_reactive_power_l#",  PLANCIA_QUANTITY_GRID_REACTIVE_PHASE, -1   },
  {"power_factor",            PLANCIA_QUANTITY_POWER_FACTOR,        -1   },
  {"power_factor_l1",         PLANCIA_QUANTITY_POWER_FACTOR,        -1   },
  {"power_factor_l2",         PLANCIA_QUANTITY_POWER_FACTOR,        -1   },
  {"power_factor_l3",         PLANCIA_QUANTITY_POWER_FACTOR,        -1   },
  {"demand_power",            PLANCIA_QUANTITY_GRID_POWER,          -1   },
  {"import_energy_total",     TOTAL (IMPORTING),                    1    },
  {"import_energy_l1",        TOTAL (IMPORTING),                    0.336},
  {"import_energy_l2",        TOTAL (IMPORTING),                    0.331},
  {"import_energy_l3",        TOTAL (IMPORTING),                    0.333},
  {"import_energy_secondary", TOTAL (IMPORTING),                    1    },
  {"export_energy_total",     TOTAL (EXPORTING),                    1    },
  {"export_energy_l1",        TOTAL (EXPORTING),                    0.336},
  {"export_energy_l2",        TOTAL (EXPORTING),                    0.331},
  {"export_energy_l3",        TOTAL (EXPORTING),                    0.333},
  {"export_energy_secondary", TOTAL (EXPORTING),                    1    },
  {NULL,                      0,                                    0    },
};

static const Live storage_live[] = {
  {"state",                   PLANCIA_QUANTITY_STORAGE_STATE,       1},
  {"power_active",            PLANCIA_QUANTITY_OUTPUT_POWER,        1},
  {"grid_active_power",       PLANCIA_QUANTITY_GRID_POWER,          1},
  {"load_power",              PLANCIA_QUANTITY_LOAD,                1},
  {"pv_power",                PLANCIA_QUANTITY_PV_POWER,            1},
  {"grid_frequency",          PLANCIA_QUANTITY_FREQUENCY,           1},
  {"grid_voltage",            PLANCIA_QUANTITY_VOLTAGE,             1},
  {"battery_power",           PLANCIA_QUANTITY_BATTERY_POWER,       1},
  {"battery_voltage",         PLANCIA_QUANTITY_BATTERY_VOLTAGE,     1},
  {"battery_current",         PLANCIA_QUANTITY_BATTERY_CURRENT,     1},
  {"state_of_charge",         PLANCIA_QUANTITY_SOC,                 1},
  {"state_of_health",         PLANCIA_QUANTITY_SOH,                 1},
  {"battery_temperature",     PLANCIA_QUANTITY_BATTERY_TEMPERATURE, 1},
  {"energy_charged_today",    TODAY (CHARGING),                     1},
  {"energy_discharged_today", TODAY (DISCHARGING),                  1},
  {"energy_charged_total",    TOTAL (CHARGING),                     1},
  {"energy_discharged_total", TOTAL (DISCHARGING),                  1},
  {NULL,                      0,                                    0},
};

static const Live pump_live[] = {
  {"state",               PLANCIA_QUANTITY_PUMP_STATE,         1},
  {"compressor_speed",    PLANCIA_QUANTITY_COMPRESSOR_SPEED,   1},
  {"outdoor_temperature", PLANCIA_QUANTITY_OUTDOOR,            1},
  {"flow_temperature",    PLANCIA_QUANTITY_FLOW_TEMPERATURE,   1},
  {"return_temperature",  PLANCIA_QUANTITY_RETURN_TEMPERATURE, 1},
  {"tank_temperature",    PLANCIA_QUANTITY_TANK_TEMPERATURE,   1},
  {"power_active",        PLANCIA_QUANTITY_LOAD,               1},
  {"power_thermal",       PLANCIA_QUANTITY_THERMAL_POWER,      1},
  {"water_flow",          PLANCIA_QUANTITY_WATER_FLOW,         1},
  {"energy_today",        TODAY (CONSUMING),                   1},
  {"heat_today",          PLANCIA_QUANTITY_HEAT_TODAY,         1},
  {"energy_total",        TOTAL (CONSUMING),                   1},
  {"compressor_hours",    PLANCIA_QUANTITY_COMPRESSOR_HOURS,   1},
  {NULL,                  0,                                   0},
};

static const Live charger_live[] = {
  {"state",          PLANCIA_QUANTITY_CHARGER_STATE,   1},
  {"plugged",        PLANCIA_QUANTITY_CHARGER_PLUGGED, 1},
  {"temperature",    PLANCIA_QUANTITY_AMBIENT,         1},
  {"power_active",   PLANCIA_QUANTITY_LOAD,            1},
  {"voltage_l#",     PLANCIA_QUANTITY_VOLTAGE,         1},
  {"current_l#",     PLANCIA_QUANTITY_GRID_CURRENT,    1},
  {"energy_session", TODAY (CONSUMING),                1},
  {"session_time",   PLANCIA_QUANTITY_SESSION_TIME,    1},
  {"energy_today",   TODAY (CONSUMING),                1},
  {"energy_total",   TOTAL (CONSUMING),                1},
  {NULL,             0,                                0},
};

/* Kinds of maps that are not here read like an inverter. */
static const struct
{
  const char *kind;
  const Live *live;
} live_tables[] = {
  {"meter",      meter_live  },
  {"storage",    storage_live},
  {"heat_pump",  pump_live   },
  {"ev_charger", charger_live},
};

static const Setting settings[] = {
  {"bus_baud",                  1    },
  {"bus_stop_bits",             0    },
  {"export_limit_mode",         0    },
  {"eps_wait_time",             60   },
  {"bat_set_address",           1    },
  {"bat_set_protocol",          2    },
  {"bat_set_voltage_over",      460  },
  {"bat_set_voltage_charge",    454.4},
  {"bat_set_voltage_under",     352  },
  {"bat_set_voltage_stop",      358.4},
  {"bat_set_charge_current",    25   },
  {"bat_set_discharge_current", 25   },
  {"bat_set_dod",               90   },
  {"bat_set_eod",               90   },
  {"bat_set_capacity",          37   },
  {"bat_set_voltage_nominal",   409.6},
  {"bat_set_cell_type",         1    },
  {"bat_set_eps_buffer",        10   },
  {"bat_set_max_soc",           100  },
  {"pcc_source",                1    },
  {"import_limit_power",        10000},
  {"remote_on_off",             1    },
  {"export_power_limit",        100  },
  {"import_power_limit",        100  },
  {"power_factor_setpoint",     1    },
  {"active_power_rate",         100  },
  {"reactive_response_time",    1    },
  {"storage_mode",              0    },
  {"timed_charge_start",        60   },
  {"timed_charge_end",          300  },
  {"timed_discharge_start",     1080 },
  {"timed_discharge_end",       1380 },
  {"timed_charge_power",        2000 },
  {"timed_discharge_power",     3000 },
  {"tou_start",                 120  },
  {"tou_end",                   360  },
  {"tou_target_soc",            80   },
  {"tou_power",                 2500 },
  {"tou_date_start",            101  },
  {"tou_date_end",              1231 },
  {"peak_import_limit",         6000 },
  {"peak_export_limit",         10000},
  {"peak_reserve_soc",          30   },
  {"passive_timeout",           300  },
  {"passive_timeout_action",    1    },
  {"comm_loss_time",            60   },
  {"grid_code",                 10   },
  {"grid_code_version",         3    },
  {"ct_ratio",                  1    },
  {"vt_ratio",                  1    },
  {"operating_mode",            0    },
  {"charge_floor",              10   },
  {"charge_ceiling",            95   },
  {"charge_power_limit",        60000},
  {"discharge_power_limit",     60000},
  {"flow_setpoint",             35   },
  {"tank_setpoint",             50   },
  {"night_start",               1320 },
  {"night_end",                 360  },
  {"charging_mode",             1    },
  {"current_limit",             32   },
  {"charging_enabled",          1    },
};

/* Where a kind of device means something else by the same key. */
static const struct
{
  const char *kind;
  Setting     setting;
} special_settings[] = {
  {"meter",     {"bus_baud", 3}      },
  {"heat_pump", {"operating_mode", 3}},
};

static const Text texts[] = {
  {"hardware_version",        "V003"   },
  {"firmware_communication",  "V020010"},
  {"firmware_master",         "V010300"},
  {"firmware_slave",          "V010300"},
  {"safety_library_version",  "V002"   },
  {"safety_firmware_version", "V010001"},
  {"safety_hardware_version", "V001"   },
  {"firmware",                "0120"   },
};

/* Digits of the text for each #. */
static gboolean
matches (const char *pattern, const char *key, guint *first)
{
  for (; *pattern != '\0'; pattern++) {
    guint64 number = 0;
    if (*pattern != '#') {
      if (*key++ != *pattern)
        return FALSE;
      continue;
    }
    if (!g_ascii_isdigit (*key))
      return FALSE;
    while (g_ascii_isdigit (*key) && number < 1000)
      number = number * 10 + (guint64) g_ascii_digit_value (*key++);
    if (*first == 0)
      *first = (guint) number;
  }
  return *key == '\0';
}

static const Live *
table_of (const char *device_kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (live_tables); i++)
    if (g_str_equal (live_tables[i].kind, device_kind))
      return live_tables[i].live;
  return inverter_live;
}

/**
 * plancia_bindings_find_live:
 * @device_kind: of the map
 * @key: of the register
 * @quantity: (out): what it shows
 * @factor: (out): times this
 *
 * Returns: %FALSE if it shows nothing that changes
 */
gboolean
plancia_bindings_find_live (const char      *device_kind,
                            const char      *key,
                            PlanciaQuantity *quantity,
                            double          *factor)
{
  for (const Live *live = table_of (device_kind); live->pattern != NULL; live++) {
    guint number = 0;
    if (!matches (live->pattern, key, &number) || number > PLANCIA_SIMULATED_INPUTS)
      continue;
    *quantity = (PlanciaQuantity) (live->quantity + (int) MAX (number, 1) - 1);
    *factor = live->factor;
    return TRUE;
  }
  return FALSE;
}

double
plancia_bindings_find_setting (const char *device_kind, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (special_settings); i++)
    if (g_str_equal (special_settings[i].kind, device_kind) &&
        g_str_equal (special_settings[i].setting.key, key))
      return special_settings[i].setting.value;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].key, key))
      return settings[i].value;
  return NAN;
}

const char *
plancia_bindings_find_text (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].key, key))
      return texts[i].text;
  return NULL;
}
