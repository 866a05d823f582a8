/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-thing.h"

#include <math.h>

#define PERIOD (5 * PLANCIA_MINUTE)
/* s, exclusive */
#define MAX_JITTER 26
/* How many packets of a thousand are lost, come twice, or change places with the next. */
#define LOST_RATE    4
#define DOUBLE_RATE  3
#define SWAPPED_RATE 3
/* An inverter that sleeps longer than this has lost its sun for good. */
#define LONGEST_SILENCE (3 * PLANCIA_DAY)

struct _PlanciaPortalThing
{
  const PlanciaScenarioDevice *entry;
  const PlanciaScenarioDevice *device;
  PlanciaSite                 *site;
  PlanciaPortalModel           model;
  PlanciaBuild                 build;
  guint64                      seed;
  char                        *key;
  GPtrArray                   *fields;
  PlanciaFault                 fault;
  gint64                       fault_since;
  guint                        turn;
};

static const char *const flow_names[PLANCIA_N_ALL_FLOWS] = {
  [PLANCIA_FLOW_AUTOCONSUMING] = "Autoconsuming",
  [PLANCIA_FLOW_CHARGING] = "Charging",
  [PLANCIA_FLOW_EXPORTING] = "Exporting",
  [PLANCIA_FLOW_IMPORTING] = "Importing",
  [PLANCIA_FLOW_DISCHARGING] = "Discharging",
  [PLANCIA_FLOW_GENERATING] = "Generating",
  [PLANCIA_FLOW_CONSUMING] = "Consuming",
};

static const struct
{
  const char *name;
  int         quantity;
  guint       decimals;
} electrical[] = {
  {"currentAC",   PLANCIA_QUANTITY_OUTPUT_CURRENT, 2},
  {"voltageAC",   PLANCIA_QUANTITY_VOLTAGE,        1},
  {"frequency",   PLANCIA_QUANTITY_FREQUENCY,      2},
  {"currentDC",   PLANCIA_QUANTITY_INPUT_CURRENT,  2},
  {"voltageDC",   PLANCIA_QUANTITY_INPUT_VOLTAGE,  1},
  {"powerDC",     PLANCIA_QUANTITY_PV_POWER,       0},
  {"temperature", PLANCIA_QUANTITY_MODULE,         0},
};

/* Of these: what there is without a sun side. */
#define N_GRID 3

/* Where packets keep the powers: behind what plancia_quantities_measure knows, flow by flow. */
#define QUANTITY_POWER    (PLANCIA_N_QUANTITIES)
#define QUANTITY_SOC      (-1)
#define QUANTITY_SOC_2    (-2)
#define QUANTITY_CYCLES_2 (-3)
/* The second battery is a little behind the first, and younger. */
#define BEHIND  2
#define YOUNGER 0.8

static void
add_field (PlanciaPortalThing *self, char *name, guint commands, int quantity, guint decimals)
{
  PlanciaPortalField *field = g_new0 (PlanciaPortalField, 1);

  field->name = name;
  field->commands = commands;
  field->quantity = quantity;
  field->decimals = decimals;
  field->total = quantity >= PLANCIA_QUANTITY_TODAY &&
                 quantity < PLANCIA_QUANTITY_TOTAL + PLANCIA_N_ALL_FLOWS;
  g_ptr_array_add (self->fields, field);
}

static void
field_free (gpointer data)
{
  PlanciaPortalField *field = data;

  g_free (field->name);
  g_free (field);
}

/* On a meter the daily fields are the totals. Lifetime of what a house uses itself comes in real time only. */
static void
add_flow (PlanciaPortalThing *self, PlanciaFlow flow)
{
  const guint both = PLANCIA_PORTAL_IN_REALTIME | PLANCIA_PORTAL_IN_HISTORIC;
  const char *name = flow_names[flow];
  gboolean    meter = self->model == PLANCIA_PORTAL_METER;
  gboolean    own_use = flow == PLANCIA_FLOW_AUTOCONSUMING;
  int         total = PLANCIA_QUANTITY_TOTAL + (int) flow;
  int         today = meter ? total : PLANCIA_QUANTITY_TODAY + (int) flow;

  add_field (self, g_strdup_printf ("power%s", name), both, QUANTITY_POWER + (int) flow, 0);
  add_field (self, g_strdup_printf ("energy%s", name), both, today, 2);
  add_field (self,
             g_strdup_printf ("energy%sTotal", name),
             own_use ? PLANCIA_PORTAL_IN_REALTIME : both,
             total,
             meter ? 2 : 1);
  if (!own_use && !meter)
    add_field (self,
               g_strdup_printf ("energy%sTotalDecimal", name),
               PLANCIA_PORTAL_IN_HISTORIC,
               total,
               2);
}

static void
add_electrical (PlanciaPortalThing *self)
{
  for (guint i = 0;
       i < (self->model == PLANCIA_PORTAL_STORAGE ? N_GRID : G_N_ELEMENTS (electrical));
       i++)
    add_field (self,
               g_strdup (electrical[i].name),
               PLANCIA_PORTAL_IN_HISTORIC,
               electrical[i].quantity,
               electrical[i].decimals);
}

static void
learn_fields (PlanciaPortalThing *self)
{
  const guint both = PLANCIA_PORTAL_IN_REALTIME | PLANCIA_PORTAL_IN_HISTORIC;

  switch (self->model) {
  case PLANCIA_PORTAL_METER:
    add_flow (self, PLANCIA_FLOW_IMPORTING);
    add_flow (self, PLANCIA_FLOW_EXPORTING);
    break;
  case PLANCIA_PORTAL_STRING:
    add_flow (self, PLANCIA_FLOW_GENERATING);
    add_electrical (self);
    break;
  case PLANCIA_PORTAL_HYBRID:
  case PLANCIA_PORTAL_HYBRID_2:
  case PLANCIA_PORTAL_STORAGE:
    for (guint flow = 0; flow < PLANCIA_N_ALL_FLOWS; flow++)
      add_flow (self, (PlanciaFlow) flow);
    add_field (self, g_strdup ("batterySoC"), both, QUANTITY_SOC, 0);
    add_field (self, g_strdup ("batteryCycletime"), both, PLANCIA_QUANTITY_CYCLES, 0);
    if (self->model == PLANCIA_PORTAL_HYBRID_2) {
      add_field (self, g_strdup ("batterySoC2"), both, QUANTITY_SOC_2, 0);
      add_field (self, g_strdup ("batteryCycletime2"), both, QUANTITY_CYCLES_2, 0);
    }
    add_electrical (self);
    break;
  }
}

/* Number n of the packets, if all came. */
static gint64
packet_time (PlanciaPortalThing *self, gint64 n)
{
  gint64 offset = (gint64) (self->seed % 240);
  gint64 jitter = (gint64) (plancia_noise (self->seed, n) * MAX_JITTER);

  return n * PERIOD + (offset + jitter) * PLANCIA_SECOND;
}

static gint64
packet_number (gint64 time)
{
  return time / PERIOD - 1;
}

static double
chance (PlanciaPortalThing *self, gint64 n)
{
  return plancia_noise (self->seed + 1, n) * 1000;
}

static gboolean
is_awake (PlanciaPortalThing *self, gint64 time)
{
  PlanciaSiteState state;

  if (!plancia_site_look (self->site, time, &state))
    return FALSE;
  return self->model != PLANCIA_PORTAL_STRING || state.power[PLANCIA_FLOW_GENERATING] > 0;
}

/* FALSE: before the first, asleep, or lost on the way. */
static gboolean
was_sent (PlanciaPortalThing *self, gint64 n)
{
  gint64 time = packet_time (self, n);

  return time >= self->device->commissioned && chance (self, n) >= LOST_RATE &&
         is_awake (self, time);
}

static PlanciaPortalModel
model_of (const PlanciaScenarioDevice *entry, const PlanciaScenarioDevice *device)
{
  static const char *const names[] = {"string", "hybrid", "hybrid-2", "meter", "storage"};

  for (guint i = 0; entry->model != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (entry->model, names[i]))
      return (PlanciaPortalModel) i;
  if (g_str_equal (device->kind, "meter"))
    return PLANCIA_PORTAL_METER;
  return device->capacity > 0 ? PLANCIA_PORTAL_HYBRID : PLANCIA_PORTAL_STRING;
}

/**
 * plancia_portal_thing_new:
 * @entry: the thing
 * @device: what it is; gives the key if @entry has no serial number
 * @site: of @device; referenced
 *
 * Returns: (transfer full): a thing
 */
PlanciaPortalThing *
plancia_portal_thing_new (const PlanciaScenarioDevice *entry,
                          const PlanciaScenarioDevice *device,
                          PlanciaSite                 *site)
{
  PlanciaPortalThing *self = g_new0 (PlanciaPortalThing, 1);
  const char         *serial = entry->serial != NULL ? entry->serial : device->serial;

  self->entry = entry;
  self->device = device;
  self->site = plancia_site_ref (site);
  self->model = model_of (entry, device);
  self->build = (PlanciaBuild){.phases = 3, .inputs = 2, .commissioned = device->commissioned};
  self->key = g_strdup (serial != NULL ? serial : entry->name);
  self->seed = g_str_hash (self->key);
  self->fields = g_ptr_array_new_with_free_func (field_free);
  learn_fields (self);
  return self;
}

void
plancia_portal_thing_free (PlanciaPortalThing *self)
{
  g_ptr_array_unref (self->fields);
  plancia_site_unref (self->site);
  g_free (self->key);
  g_free (self);
}

const char *
plancia_portal_thing_get_key (PlanciaPortalThing *self)
{
  return self->key;
}

const char *
plancia_portal_thing_get_name (PlanciaPortalThing *self)
{
  return self->entry->name;
}

PlanciaPortalModel
plancia_portal_thing_get_model (PlanciaPortalThing *self)
{
  return self->model;
}

GPtrArray *
plancia_portal_thing_get_fields (PlanciaPortalThing *self)
{
  return self->fields;
}

/**
 * plancia_portal_thing_list_packets:
 * @self: a thing
 * @start: ms UTC
 * @end: ms UTC, included
 *
 * Returns: (transfer full) (element-type gint64): times as the portal lists them
 */
GArray *
plancia_portal_thing_list_packets (PlanciaPortalThing *self, gint64 start, gint64 end)
{
  GArray  *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean swap = FALSE;

  for (gint64 n = packet_number (start); packet_time (self, n) <= end; n++) {
    gint64 time = packet_time (self, n);
    double luck = chance (self, n) - LOST_RATE;

    if (time < start || !was_sent (self, n))
      continue;
    if (swap && times->len > 0)
      g_array_insert_val (times, times->len - 1, time);
    else
      g_array_append_val (times, time);
    if (luck < DOUBLE_RATE)
      g_array_append_val (times, time);
    swap = !swap && luck >= DOUBLE_RATE && luck < DOUBLE_RATE + SWAPPED_RATE;
  }
  return times;
}

gint64
plancia_portal_thing_last_packet (PlanciaPortalThing *self, gint64 now)
{
  gint64 oldest = MAX (self->device->commissioned, now - LONGEST_SILENCE);

  for (gint64 n = packet_number (now) + 2; packet_time (self, n) >= oldest; n--)
    if (packet_time (self, n) <= now && was_sent (self, n))
      return packet_time (self, n);
  return 0;
}

gint64
plancia_portal_thing_first_packet (PlanciaPortalThing *self)
{
  gint64 n = packet_number (self->device->commissioned);
  gint64 last = n + LONGEST_SILENCE / PERIOD;

  while (n < last && !was_sent (self, n))
    n++;
  return packet_time (self, n);
}

void
plancia_portal_thing_measure (PlanciaPortalThing *self, gint64 time, PlanciaPortalPacket *packet)
{
  packet->time = time;
  plancia_site_look (self->site, time, &packet->state);
  plancia_quantities_measure (plancia_site_get_config (self->site),
                              &self->build,
                              &packet->state,
                              &packet->state,
                              &packet->state,
                              packet->quantities);
}

double
plancia_portal_packet_get (const PlanciaPortalPacket *self, const PlanciaPortalField *field)
{
  static const double factors[] = {1, 10, 100, 1000};
  double              factor = factors[MIN (field->decimals, G_N_ELEMENTS (factors) - 1)];
  double              number;

  if (field->quantity == QUANTITY_SOC)
    number = self->state.soc;
  else if (field->quantity == QUANTITY_SOC_2)
    number = MAX (self->state.soc - BEHIND, 0);
  else if (field->quantity == QUANTITY_CYCLES_2)
    number = floor (self->quantities[PLANCIA_QUANTITY_CYCLES] * YOUNGER);
  else if (field->quantity >= QUANTITY_POWER)
    number = (double) self->state.power[field->quantity - QUANTITY_POWER];
  else
    number = self->quantities[field->quantity];
  return field->total ? floor (number * factor + 1e-6) / factor : round (number * factor) / factor;
}

const PlanciaScenarioDevice *
plancia_portal_thing_get_entry (PlanciaPortalThing *self)
{
  return self->entry;
}

const PlanciaScenarioDevice *
plancia_portal_thing_get_device (PlanciaPortalThing *self)
{
  return self->device;
}

gint64
plancia_portal_thing_note_fault (PlanciaPortalThing *self, PlanciaFault fault, gint64 now)
{
  if (self->fault != fault || self->fault_since == 0)
    self->fault_since = now;
  self->fault = fault;
  self->turn++;
  return self->fault_since;
}

guint
plancia_portal_thing_get_turn (PlanciaPortalThing *self)
{
  return self->turn;
}

/**
 * plancia_portal_thing_list_alarms:
 * @self: a thing
 * @time: ms UTC
 *
 * Returns: (transfer full) (element-type int): numbers
 */
GArray *
plancia_portal_thing_list_alarms (PlanciaPortalThing *self, gint64 time)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < self->device->alarms->len; i++) {
    PlanciaScenarioAlarm *alarm = &g_array_index (self->device->alarms, PlanciaScenarioAlarm, i);
    if (alarm->start <= time && time < alarm->end)
      g_array_append_val (ids, alarm->id);
  }
  return ids;
}
