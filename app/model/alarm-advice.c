/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-advice.h"

#include "model/alarm-notes.h"
#include <glib/gi18n.h>
#include <string.h>

/* clang-format off */
/* words: each stands in the English label, in lower case; the first row that fits holds. */
static const struct
{
  const char *words[3];
  const char *advice;
} rows[] = {
  {{"insulation"}, N_ ("Measure each string to earth with the inverter off, best when it is wet: cables, connectors and the frames of the modules.")},
  {{"isolation"}, N_ ("Measure each string to earth with the inverter off, best when it is wet: cables, connectors and the frames of the modules.")},
  {{"arc"}, N_ ("A contact in the DC circuit may be loose: look at connectors and terminals of each string with the inverter off.")},
  {{"leakage"}, N_ ("Look for damp or damaged insulation of the strings; a residual current device that trips as well points at the AC side.")},
  {{"gfci"}, N_ ("Look for damp or damaged insulation of the strings; a residual current device that trips as well points at the AC side.")},
  {{"island"}, N_ ("The grid was gone or out of its limits. If it comes back often, look at breakers and terminals of the grid connection.")},
  {{"grid", "voltage"}, N_ ("Compare the voltages of the phases with a meter at the inverter and at the meter of the house: a cable that is long or thin raises the voltage while exporting.")},
  {{"grid", "frequency"}, N_ ("It comes from the grid and ends by itself. If neighbours do not have it, look at the terminals of the grid connection.")},
  {{"grid", "loss"}, N_ ("No grid at the terminals: main switch, breakers, and whether the neighbours have power.")},
  {{"power grid"}, N_ ("The grid was gone or out of its limits. If it comes back often, look at breakers and terminals of the grid connection.")},
  {{"fan"}, N_ ("Clean the grille and see that the fan turns freely; if the alarm comes back, the fan is worn.")},
  {{"battery", "hot"}, N_ ("Look at the place of the battery and its air; let it rest until it is cooler.")},
  {{"battery", "temperature"}, N_ ("Look at the place of the battery: too warm in summer, too cold in winter. Power is limited until it is in its range.")},
  {{"battery", "communication"}, N_ ("Look at the data cable between inverter and battery, the addresses of the modules, and whether the battery is switched on.")},
  {{"battery", "not answering"}, N_ ("Look at the data cable between inverter and battery, and whether the battery is switched on.")},
  {{"bms", "communication"}, N_ ("Look at the data cable between inverter and battery, the addresses of the modules, and whether the battery is switched on.")},
  {{"battery", "voltage"}, N_ ("Compare the voltage at the battery's terminals with the one that the battery itself tells; look at fuses and switches between them.")},
  {{"battery", "low"}, N_ ("Let it charge; if it stays low, look at the storage mode and at the times of charging.")},
  {{"over", "temperature"}, N_ ("Clean the air paths, look for sun on the housing and for free space around it; power is lowered until it is cooler.")},
  {{"temperature", "high"}, N_ ("Clean the air paths, look for sun on the housing and for free space around it; power is lowered until it is cooler.")},
  {{"too hot"}, N_ ("Clean the air paths, look for sun on the housing and for free space around it; power is lowered until it is cooler.")},
  {{"temperature"}, N_ ("Compare the temperatures among the registers: one that is far from the others may be its sensor.")},
  {{"revers"}, N_ ("A pair of wires is the wrong way round: switch off, and look at plus and minus of what the alarm names.")},
  {{"current transformer"}, N_ ("Look at the arrow on the current transformer, at its phase, and at its cable.")},
  {{"pv", "voltage", "high"}, N_ ("Too many modules in a string, or very cold ones: compare the open voltage of each string with the inverter's limit before switching on.")},
  {{"pv", "voltage"}, N_ ("Compare the voltages of the strings: too few or too many modules, or one in the shade or broken.")},
  {{"string"}, N_ ("Compare the currents of the strings: fuse, connector, shade or dirt of the one that stands out.")},
  {{"meter"}, N_ ("Look at the data cable of the meter, its address and its speed.")},
  {{"overload"}, N_ ("Switch off consumers on the emergency output; it restarts by itself.")},
  {{"communication"}, N_ ("Look at the cable between the two parts, then switch off for five minutes and on again; if it comes back, it is a case for the service.")},
  {{"relay"}, N_ ("Switch off for five minutes and on again. If it comes back, it is a case for the service.")},
  {{"permanent"}, N_ ("It stays until the device is switched off. If it comes back after that, it is a case for the service.")},
  {{"eeprom"}, N_ ("Switch off for five minutes and on again. If it comes back, it is a case for the service.")},
  {{"firmware"}, N_ ("Compare the firmware versions of the parts; an update of all of them together may be needed.")},
  {{"clock"}, N_ ("Set the clock among the registers; after a power cut it may be empty.")},
  {{"derated"}, N_ ("It makes less than it could, and goes on by itself when the reason is gone: nothing is broken.")},
  {{"remote"}, N_ ("Somebody or something switched it off or limited it from afar: look at the logic inputs and at the remote control among the registers.")},
  {{"drm0"}, N_ ("Somebody or something switched it off or limited it from afar: look at the logic inputs and at the remote control among the registers.")},
  {{"input fuse"}, N_ ("Switch off, and measure the fuse of this input and the string behind it before a new one goes in.")},
  {{"surge"}, N_ ("Look at the window of the surge protector, and replace its cartridge if it shows red.")},
  {{"dc switch"}, N_ ("The DC switch opened: look for the alarm that came before it, and close it only when its reason is found.")},
  {{"neutral"}, N_ ("Look at neutral and earth at the terminals of the grid connection; a meter between them should show only a few volts.")},
  {{"phase"}, N_ ("Compare the phases at the terminals: one may be missing, or two may be exchanged.")},
  {{"ground"}, N_ ("Look at the earth conductor at the inverter's terminal and housing.")},
  {{"short circuit"}, N_ ("Leave it switched off until the wires that the alarm names were measured.")},
  {{"cold"}, N_ ("It works again when it is warmer; look at the place of the battery before the winter.")},
  {{"version"}, N_ ("Compare the firmware versions of the parts; an update of all of them together may be needed.")},
  {{"differ"}, N_ ("Compare the firmware versions and the models of the parts; an update of all of them together may be needed.")},
  {{"mismatch"}, N_ ("Compare the firmware versions and the models of the parts; an update of all of them together may be needed.")},
  {{"wi-fi"}, N_ ("Measuring and production are not touched by it. Look at the stick and its connector.")},
  {{"bluetooth"}, N_ ("Measuring and production are not touched by it. Look at the stick and its connector.")},
  {{"internal"}, N_ ("Switch off for five minutes and on again. If it comes back, it is a case for the service.")},
  {{"controller"}, N_ ("Switch off for five minutes and on again. If it comes back, it is a case for the service.")},
  {{"measurement"}, N_ ("Switch off for five minutes and on again. If it comes back, it is a case for the service.")},
  {{"dc bus"}, N_ ("Happens once at a jump of the grid or the sun. If it comes back, compare the voltages of the strings; then it is a case for the service.")},
  {{"overcurrent"}, N_ ("Happens once at a jump of the grid or a load. If it comes back, switch off for five minutes; then it is a case for the service.")},
  {{"over", "current"}, N_ ("Happens once at a jump of the grid or a load. If it comes back, switch off for five minutes; then it is a case for the service.")},
  {{"bus", "voltage"}, N_ ("Happens once at a jump of the grid or the sun. If it comes back, compare the voltages of the strings; then it is a case for the service.")},
};

/* Of the program's own notes. */
static const struct
{
  const char *key;
  const char *advice;
} notes[] = {
  {PLANCIA_NOTE_CLOCK, N_ ("Times of charging and the days of its counters follow this clock. Set it among the registers.")},
  {PLANCIA_NOTE_LINE, N_ ("The line serves one client. Who took it is not told; connect again when the other one is done.")},
  {PLANCIA_NOTE_SILENT, N_ ("The card of the connection says what was tried. By night an inverter without a battery is silent.")},
};
/* clang-format on */

static gboolean
fits (guint row, const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows[row].words) && rows[row].words[i] != NULL; i++)
    if (strstr (label, rows[row].words[i]) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * plancia_alarm_advice:
 * @record: an alarm
 *
 * Returns: (transfer none) (nullable): what to look at
 */
const char *
plancia_alarm_advice (const PlanciaAlarmRecord *record)
{
  g_autofree char *label = g_ascii_strdown (record->label, -1);

  if (g_str_equal (record->source, PLANCIA_ALARM_PLANCIA)) {
    for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
      if (g_str_equal (record->key, notes[i].key))
        return _ (notes[i].advice);
    return NULL;
  }
  for (guint i = 0; label[0] != '\0' && i < G_N_ELEMENTS (rows); i++)
    if (fits (i, label))
      return _ (rows[i].advice);

  return NULL;
}
