/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bank-live.h"

#include <math.h>
#include <string.h>

#include "map/field-value.h"
#include "simulator/bank-private.h"
#include "simulator/bindings.h"
#include "simulator/wiring.h"

typedef struct
{
  const PlanciaField *field;
  PlanciaQuantity     quantity;
  double              factor;
} Live;

/* The registers that hold the time to be set, in the order of a date. */
static const char *const clock_keys[6] = {"clock_set_year",
                                          "clock_set_month",
                                          "clock_set_day",
                                          "clock_set_hour",
                                          "clock_set_minute",
                                          "clock_set_second"};

static guint16 *
words_of (PlanciaBank *self, const PlanciaField *field)
{
  PlanciaBankSpace *space = field->read_function == 4 ? self->inputs : self->holdings;
  return space->words + field->address;
}

static gboolean
is_in_range (const PlanciaField *field)
{
  return (guint) field->address + field->count <= PLANCIA_BANK_SIZE;
}

static void
put_number (PlanciaBank *self, const PlanciaField *field, double number)
{
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = number};
  guint16     *words = words_of (self, field);

  value.integer = (gint64) round (number / (field->scale != 0 ? field->scale : 1));
  if (field->type == PLANCIA_FIELD_BITS)
    value.kind = PLANCIA_VALUE_BITS;
  /* What a register cannot hold (an import as an unsigned number) it shows as zero. */
  if (!plancia_field_encode (field, &value, words, words, NULL))
    memset (words, 0, field->count * sizeof *words);
}

static void
put_text (PlanciaBank *self, const PlanciaField *field, const char *text)
{
  g_autofree char *fitting = g_strndup (text, 2 * (gsize) field->count);
  PlanciaValue     value = {.kind = PLANCIA_VALUE_TEXT, .text = fitting};

  if (field->type == PLANCIA_FIELD_CLOCK6 || field->type == PLANCIA_FIELD_BCD16)
    value.text = (char *) text;
  plancia_field_encode (field, &value, NULL, words_of (self, field), NULL);
}

static void
put_serial (PlanciaBank *self, const PlanciaField *field, const char *serial)
{
  gsize skip = g_str_equal (field->key, "serial_number_tail") ? 16 : 0;

  if (serial != NULL && strlen (serial) > skip)
    put_text (self, field, serial + skip);
}

static void
put_setting (PlanciaBank *self, const PlanciaField *field, const PlanciaBankConfig *config)
{
  const char *kind = plancia_map_get_device_kind (self->map);
  double      number = plancia_bindings_find_setting (kind, field->key);
  const char *text = plancia_bindings_find_text (field->key);

  if (text != NULL)
    put_text (self, field, text);
  else if (!isnan (number))
    put_number (self, field, number);
  else if (g_str_has_prefix (field->key, "serial"))
    put_serial (self, field, config->serial);
  else if (g_str_equal (field->key, "bus_address"))
    put_number (self, field, config->unit);
  else if (g_str_equal (field->key, "export_limit_power"))
    put_number (self, field, plancia_site_get_config (self->site)->limit);
}

static GDateTime *
device_time (PlanciaBank *self, gint64 now)
{
  GTimeZone *zone = plancia_site_get_config (self->site)->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (
    (now + plancia_bank_live_clock_offset (self, now)) / PLANCIA_SECOND);

  return g_date_time_to_timezone (utc, zone);
}

static void
preset_clock (PlanciaBank *self, gint64 now)
{
  g_autoptr (GDateTime) time = device_time (self, now);
  double parts[6] = {g_date_time_get_year (time) - 2000,
                     g_date_time_get_month (time),
                     g_date_time_get_day_of_month (time),
                     g_date_time_get_hour (time),
                     g_date_time_get_minute (time),
                     g_date_time_get_second (time)};

  for (guint i = 0; i < G_N_ELEMENTS (clock_keys); i++) {
    const PlanciaField *field = plancia_map_find_field (self->map, clock_keys[i]);
    if (field != NULL)
      put_number (self, field, parts[i]);
  }
}

static void
learn_field (PlanciaBank *self, const PlanciaField *field, const PlanciaBankConfig *config)
{
  const char *kind = plancia_map_get_device_kind (self->map);
  Live        live = {.field = field};

  if (!is_in_range (field))
    return;
  if (field->type == PLANCIA_FIELD_CLOCK6 && !plancia_field_is_writable (field))
    g_ptr_array_add (self->clocks, (gpointer) field);
  else if (plancia_bindings_find_live (kind, field->key, &live.quantity, &live.factor))
    g_array_append_val (self->live, live);
  else
    put_setting (self, field, config);
}

/* A small machine uses the inputs that its map always has, a large one all. */
static void
learn_build (PlanciaBank *self, const PlanciaBankConfig *config)
{
  const PlanciaSiteConfig *site = plancia_site_get_config (self->site);
  guint                    phases = plancia_map_get_phases (self->map);

  self->build.phases = phases == 1 ? 1 : 3;
  self->build.commissioned = config->commissioned;
  for (guint i = 1; i <= PLANCIA_SIMULATED_INPUTS; i++) {
    g_autofree char    *key = g_strdup_printf ("pv%u_power", i);
    const PlanciaField *field = plancia_map_find_field (self->map, key);
    if (field != NULL && (!field->optional || site->peak > 100000))
      self->build.inputs = i;
  }
  self->build.inputs = MAX (self->build.inputs, 1);
}

static gint64
month_begin (PlanciaBank *self, gint64 now, gboolean of_year)
{
  GTimeZone *zone = plancia_site_get_config (self->site)->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) begin = g_date_time_new (zone,
                                                 g_date_time_get_year (local),
                                                 of_year ? 1 : g_date_time_get_month (local),
                                                 1,
                                                 0,
                                                 0,
                                                 0);

  return g_date_time_to_unix (begin) * PLANCIA_SECOND;
}

static void
refresh_periods (PlanciaBank *self, gint64 now)
{
  gint64 begin = month_begin (self, now, FALSE);

  if (begin == self->month_begin)
    return;
  self->month_begin = begin;
  plancia_site_look (self->site, begin, &self->month);
  plancia_site_look (self->site, month_begin (self, now, TRUE), &self->year);
}

static void
refresh_clocks (PlanciaBank *self, gint64 now)
{
  g_autoptr (GDateTime) time = device_time (self, now);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");

  for (guint i = 0; i < self->clocks->len; i++)
    put_text (self, g_ptr_array_index (self->clocks, i), text);
}

static void
raise_bit (PlanciaBank *self, const PlanciaField *field, int id)
{
  for (guint i = 0; field->bits != NULL && i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);
    if (label->id == id && label->number < field->count * 16)
      words_of (self, field)[label->number / 16] |= (guint16) (1u << label->number % 16);
  }
}

static void
refresh_alarms (PlanciaBank *self, gint64 now)
{
  for (guint i = 0; i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);
    if (field->type != PLANCIA_FIELD_BITS || !g_str_has_prefix (field->key, "fault"))
      continue;
    memset (words_of (self, field), 0, field->count * sizeof (guint16));
    for (guint j = 0; j < self->alarms->len; j++) {
      PlanciaScenarioAlarm *alarm = &g_array_index (self->alarms, PlanciaScenarioAlarm, j);
      if (alarm->start <= now && now < alarm->end)
        raise_bit (self, field, alarm->id);
    }
  }
}

/* Each device has its own, the same every time; ms a day. */
static gint64
drift_of (const char *serial)
{
  return serial != NULL ? ((gint64) (g_str_hash (serial) % 21) - 10) * 200 : 0;
}

/**
 * plancia_bank_live_init:
 * @self: a bank whose map and site are set
 * @config: of the device
 */
void
plancia_bank_live_init (PlanciaBank *self, const PlanciaBankConfig *config)
{
  self->live = g_array_new (FALSE, FALSE, sizeof (Live));
  self->clocks = g_ptr_array_new ();
  self->alarms = g_array_new (FALSE, FALSE, sizeof (PlanciaScenarioAlarm));
  self->refreshed = G_MININT64;
  self->month_begin = G_MININT64;
  if (config->alarms != NULL && config->alarms->len > 0)
    g_array_append_vals (self->alarms, config->alarms->data, config->alarms->len);
  learn_build (self, config);
  self->clock_set = config->now;
  self->clock_drift = drift_of (config->serial);
  for (guint i = 0; i < plancia_map_get_n_fields (self->map); i++)
    learn_field (self, plancia_map_get_field (self->map, i), config);
  preset_clock (self, config->now);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *key = g_strdup_printf ("ct_reversed_l%u", i + 1);

    self->turned[i] = plancia_map_find_field (self->map, key);
  }
}

void
plancia_bank_live_clear (PlanciaBank *self)
{
  g_array_unref (self->live);
  g_ptr_array_unref (self->clocks);
  g_array_unref (self->alarms);
}

/* As the settings of the device say: maps that have none leave them as they are. */
static void
turn_sensors (PlanciaBank *self, double *quantities)
{
  gboolean turned[3];

  for (guint i = 0; i < 3; i++)
    turned[i] = self->turned[i] != NULL && *words_of (self, self->turned[i]) == 1;
  plancia_wiring_turn (turned, self->build.phases, quantities);
}

void
plancia_bank_live_refresh (PlanciaBank *self, gint64 now)
{
  double           quantities[PLANCIA_N_QUANTITIES];
  PlanciaSiteState state;

  if (now == self->refreshed)
    return;
  self->refreshed = now;
  refresh_periods (self, now);
  plancia_site_look (self->site, now, &state);
  plancia_quantities_measure (plancia_site_get_config (self->site),
                              &self->build,
                              &state,
                              &self->month,
                              &self->year,
                              quantities);
  plancia_wiring_apply (self->wiring, self->load, self->build.phases, now, quantities);
  turn_sensors (self, quantities);
  for (guint i = 0; i < self->live->len; i++) {
    const Live *live = &g_array_index (self->live, Live, i);
    put_number (self, live->field, quantities[live->quantity] * live->factor);
  }
  refresh_clocks (self, now);
  refresh_alarms (self, now);
}

/**
 * plancia_bank_live_written:
 * @self: a bank
 * @now: ms UTC
 * @first: address
 * @end: address behind the last
 *
 * A time that was set makes the device's clock go from there.
 */
void
plancia_bank_live_written (PlanciaBank *self, gint64 now, guint first, guint end)
{
  GTimeZone *zone = plancia_site_get_config (self->site)->zone;
  g_autoptr (GDateTime) time = NULL;
  int parts[6];

  self->refreshed = G_MININT64;
  for (guint i = 0; i < G_N_ELEMENTS (clock_keys); i++) {
    const PlanciaField *field = plancia_map_find_field (self->map, clock_keys[i]);
    if (field == NULL || field->address < first || field->address >= end)
      return;
    parts[i] = *words_of (self, field);
  }
  time = g_date_time_new (zone, 2000 + parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  if (time == NULL)
    return;
  self->clock_offset = g_date_time_to_unix (time) * PLANCIA_SECOND - now;
  self->clock_set = now;
}

/**
 * plancia_bank_live_clock_offset:
 * @now: ms UTC
 *
 * Returns: ms; up to two seconds a day more or less than when it was set
 */
gint64
plancia_bank_live_clock_offset (PlanciaBank *self, gint64 now)
{
  return self->clock_offset + self->clock_drift * (now - self->clock_set) / PLANCIA_DAY;
}
