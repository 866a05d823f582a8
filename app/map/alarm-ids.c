/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/alarm-ids.h"

#include <string.h>

/* xgettext finds the words here; they are translated by plancia_map_bit_label (). */
#define NC_(context, text) text

#define SP_MAP "zcs-1ph-3000sp-old"

/* clang-format off */
static const struct
{
  int         id;
  const char *label;
} sp[] = {
  {1, NC_ ("map bit", "Grid voltage too high")},
  {2, NC_ ("map bit", "Grid voltage too low")},
  {3, NC_ ("map bit", "Grid frequency too high")},
  {4, NC_ ("map bit", "Grid frequency too low")},
  {5, NC_ ("map bit", "Battery voltage too high")},
  {6, NC_ ("map bit", "Low-voltage ride-through")},
  {7, NC_ ("map bit", "High-voltage ride-through")},
  {8, NC_ ("map bit", "PV voltage too high")},
  {9, NC_ ("map bit", "Internal bus overvoltage, hardware")},
  {10, NC_ ("map bit", "Boost overvoltage, hardware")},
  {11, NC_ ("map bit", "Boost overcurrent, hardware")},
  {12, NC_ ("map bit", "Battery overcurrent, hardware")},
  {15, NC_ ("map bit", "AC overcurrent, hardware")},
  {17, NC_ ("map bit", "Grid current measuring circuit")},
  {18, NC_ ("map bit", "DC part measuring circuit")},
  {19, NC_ ("map bit", "Grid voltage measuring circuit")},
  {20, NC_ ("map bit", "Leakage sensor")},
  {21, NC_ ("map bit", "Controller")},
  {22, NC_ ("map bit", "Auxiliary supply")},
  {25, NC_ ("map bit", "Bus overvoltage")},
  {26, NC_ ("map bit", "Bus overvoltage, software limit")},
  {27, NC_ ("map bit", "Battery overcurrent")},
  {28, NC_ ("map bit", "DC part of the current too high")},
  {29, NC_ ("map bit", "Grid overcurrent")},
  {30, NC_ ("map bit", "Buck overcurrent")},
  {31, NC_ ("map bit", "Output overcurrent")},
  {34, NC_ ("map bit", "Output overload")},
  {35, NC_ ("map bit", "Current transformer faulty or turned round")},
  {49, NC_ ("map bit", "Voltage readings disagree")},
  {50, NC_ ("map bit", "Frequency readings disagree")},
  {51, NC_ ("map bit", "DC part readings disagree")},
  {52, NC_ ("map bit", "Battery not answering")},
  {53, NC_ ("map bit", "Internal SPI link lost")},
  {54, NC_ ("map bit", "Internal SCI link lost")},
  {55, NC_ ("map bit", "Relay")},
  {56, NC_ ("map bit", "Insulation too low")},
  {57, NC_ ("map bit", "Battery too hot")},
  {58, NC_ ("map bit", "Heat sink too hot")},
  {59, NC_ ("map bit", "Ambient too hot")},
  {65, NC_ ("map bit", "AC overcurrent, permanent")},
  {66, NC_ ("map bit", "Bus overvoltage, permanent")},
  {67, NC_ ("map bit", "Battery in emergency supply, permanent")},
  {70, NC_ ("map bit", "Instantaneous overcurrent, permanent")},
  {75, NC_ ("map bit", "EEPROM: writing")},
  {76, NC_ ("map bit", "EEPROM: reading")},
  {77, NC_ ("map bit", "Relay, permanent")},
  {81, NC_ ("map bit", "Too hot inside, power reduced")},
  {82, NC_ ("map bit", "Power reduced: frequency too high")},
  {83, NC_ ("map bit", "Load limited from outside")},
  {84, NC_ ("map bit", "Switched off from outside")},
  {85, NC_ ("map bit", "Battery low")},
  {86, NC_ ("map bit", "Battery low, switched off")},
  {94, NC_ ("map bit", "Firmware does not fit the inverter")},
  {95, NC_ ("map bit", "EEPROM of the communication board")},
  {96, NC_ ("map bit", "Clock")},
  {97, NC_ ("map bit", "Country not valid")},
  {98, NC_ ("map bit", "SD card")},
  {99, NC_ ("map bit", "Wi-Fi")},
  {100, NC_ ("map bit", "Battery: overcurrent while discharging")},
  {101, NC_ ("map bit", "Battery: short circuit")},
  {102, NC_ ("map bit", "Battery: overvoltage")},
  {103, NC_ ("map bit", "Battery: undervoltage")},
  {104, NC_ ("map bit", "Battery: too hot to discharge")},
  {105, NC_ ("map bit", "Battery: too hot to charge")},
  {106, NC_ ("map bit", "Battery: too cold to discharge")},
  {107, NC_ ("map bit", "Battery: too cold to charge")},
};
/* clang-format on */

/* Only fault words: status bits count in another row of numbers. */
static gboolean
is_numbered (const PlanciaField *field)
{
  return field->bits != NULL && strstr (field->key, "fault") != NULL;
}

gboolean
plancia_alarm_ids_is_warning (const char *label)
{
  g_autofree char *lower = label != NULL ? g_ascii_strdown (label, -1) : NULL;

  return lower != NULL && (strstr (lower, "warning") != NULL || strstr (lower, "alarm") != NULL);
}

static const char *
find_in_field (const PlanciaField *field, int id)
{
  for (guint i = 0; i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (label->id == id)
      return label->label;
  }
  return NULL;
}

static const char *
find_words (PlanciaMap *map, int id)
{
  if (g_str_equal (plancia_map_get_id (map), SP_MAP)) {
    for (guint i = 0; i < G_N_ELEMENTS (sp); i++)
      if (sp[i].id == id)
        return sp[i].label;
    return NULL;
  }
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    const char         *label = is_numbered (field) ? find_in_field (field, id) : NULL;

    if (label != NULL)
      return label;
  }
  return NULL;
}

/**
 * plancia_alarm_ids_find:
 * @map: (nullable): of the device's family
 * @id: as a cloud or a display shows it
 * @warning: (out): whether it is less than a fault
 *
 * Returns: (transfer none) (nullable): English words, for plancia_map_bit_label()
 */
const char *
plancia_alarm_ids_find (PlanciaMap *map, int id, gboolean *warning)
{
  const char *label = map != NULL && id > 0 ? find_words (map, id) : NULL;

  *warning = plancia_alarm_ids_is_warning (label);
  return label;
}

/**
 * plancia_alarm_ids_of_bit:
 * @field: a fault word
 * @bit: of it
 *
 * Returns: the number that people see, or 0
 */
int
plancia_alarm_ids_of_bit (const PlanciaField *field, guint bit)
{
  gint64 offset = 0;

  for (guint i = 0; field->bits != NULL && i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (label->number == bit)
      return label->id;
    if (label->id == 0 || (i > 0 && label->id - label->number != offset))
      return 0;
    offset = label->id - label->number;
  }
  return offset > 0 ? (int) (bit + offset) : 0;
}
