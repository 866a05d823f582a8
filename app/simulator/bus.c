/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bus.h"

#include "base/clock.h"
#include "base/error.h"
#include "protocol/modbus-pdu.h"

#define N_UNITS 256

typedef struct
{
  char        *device;
  PlanciaBank *bank; /* borrowed from the world */
  guint        longest;
} Unit;

struct _PlanciaBus
{
  PlanciaWorld *world;
  char         *name;
  guint         functions;
  gboolean      absent_exception;
  gboolean      odd_exceptions;
  guint         upload_every; /* ms */
  guint         upload_pause;
  gint64        since; /* monotonic ms */
  Unit          units[N_UNITS];
};

static void
read_words (guint16 *words, const PlanciaModbusRequest *request)
{
  for (guint i = 0; i < request->count; i++)
    words[i] = (guint16) (request->values[2 * i] << 8 | request->values[2 * i + 1]);
}

static GBytes *
carry_out (PlanciaBus *self, PlanciaBank *bank, const PlanciaModbusRequest *request)
{
  gint64  now = plancia_world_now (self->world);
  guint16 words[PLANCIA_MODBUS_MAX_READ];
  guint8  exception;

  if (request->values == NULL) {
    exception =
      plancia_bank_read (bank, now, request->function, request->address, request->count, words);
    if (exception == 0)
      return plancia_modbus_pdu_read_answer (request->function, words, request->count);
  } else {
    read_words (words, request);
    exception = plancia_bank_write (bank, now, request->address, request->count, words);
    if (exception == 0)
      return plancia_modbus_pdu_write_answer (request);
  }
  return plancia_modbus_pdu_exception (request->function, exception);
}

/* What one device says; NULL to a request that is cut. */
static GBytes *
answer (PlanciaBus *self, PlanciaBank *bank, GBytes *pdu)
{
  g_autoptr (GError) error = NULL;
  PlanciaModbusRequest request;

  if (!plancia_modbus_pdu_decode_request (pdu, &request, &error))
    return error->domain == PLANCIA_MODBUS_ERROR
             ? plancia_modbus_pdu_exception (request.function, (guint8) error->code)
             : NULL;
  if ((self->functions >> request.function & 1) == 0)
    return plancia_modbus_pdu_exception (request.function, PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION);
  return carry_out (self, bank, &request);
}

static GBytes *
make_odd (GBytes *pdu)
{
  const guint8 *data = g_bytes_get_data (pdu, NULL);
  const guint8  odd[] = {0x90, data[1]};

  if ((data[0] & 0x80) == 0)
    return pdu;
  g_bytes_unref (pdu);
  return g_bytes_new (odd, sizeof odd);
}

static void
broadcast (PlanciaBus *self, GBytes *pdu)
{
  guint8 function = *(const guint8 *) g_bytes_get_data (pdu, NULL);

  if (function != PLANCIA_MODBUS_WRITE_SINGLE && function != PLANCIA_MODBUS_WRITE_MULTIPLE)
    return;
  for (guint i = 0; i < N_UNITS; i++)
    if (self->units[i].bank != NULL)
      g_bytes_unref (answer (self, self->units[i].bank, pdu));
}

static gboolean
is_uploading (PlanciaBus *self)
{
  return self->upload_every > 0 &&
         (plancia_clock_monotonic () - self->since) % self->upload_every >=
           self->upload_every - self->upload_pause;
}

/* A read that is longer than the device takes. */
static gboolean
is_too_long (const Unit *unit, GBytes *pdu)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (pdu, &length);

  return unit->longest > 0 && length == 5 && bytes[0] <= PLANCIA_MODBUS_READ_INPUT &&
         (guint) (bytes[3] << 8 | bytes[4]) > unit->longest;
}

static void
ask_unit (PlanciaBus *self, const Unit *unit, GBytes *pdu, PlanciaBusReply *reply)
{
  guint8 function = *(const guint8 *) g_bytes_get_data (pdu, NULL);
  double load[3];

  reply->fault = plancia_faults_get (plancia_world_get_faults (self->world), unit->device);
  if (is_uploading (self))
    reply->fault = PLANCIA_FAULT_SILENT;
  /* A device that does not hear does not act either. */
  if (reply->fault == PLANCIA_FAULT_SILENT)
    return;
  if (reply->fault == PLANCIA_FAULT_EXCEPTION)
    reply->pdu = plancia_modbus_pdu_exception (function, PLANCIA_MODBUS_ERROR_DEVICE_FAILURE);
  else if (is_too_long (unit, pdu))
    reply->pdu = plancia_modbus_pdu_exception (function, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE);
  else {
    plancia_bank_set_refusing (unit->bank, reply->fault == PLANCIA_FAULT_REFUSE);
    plancia_faults_get_load (plancia_world_get_faults (self->world), unit->device, load);
    plancia_bank_set_wiring (unit->bank, reply->fault, load);
    reply->pdu = answer (self, unit->bank, pdu);
  }
  if (self->odd_exceptions && reply->pdu != NULL)
    reply->pdu = make_odd (reply->pdu);
  if (reply->fault == PLANCIA_FAULT_OTHER_UNIT)
    reply->unit = reply->unit % 247 + 1;
}

/**
 * plancia_bus_new:
 * @world: borrowed; outlives the bus
 * @name: of the endpoint's device
 * @functions: PLANCIA_BUS_ bits
 *
 * Returns: (transfer full): a bus without devices
 */
PlanciaBus *
plancia_bus_new (PlanciaWorld *world, const char *name, guint functions)
{
  PlanciaBus *self = g_new0 (PlanciaBus, 1);

  self->world = world;
  self->name = g_strdup (name);
  self->functions = functions;
  self->since = plancia_clock_monotonic ();
  return self;
}

void
plancia_bus_free (PlanciaBus *self)
{
  for (guint i = 0; i < N_UNITS; i++)
    g_free (self->units[i].device);
  g_free (self->name);
  g_free (self);
}

void
plancia_bus_set_absent_exception (PlanciaBus *self, gboolean exception)
{
  self->absent_exception = exception;
}

void
plancia_bus_set_odd_exceptions (PlanciaBus *self, gboolean odd)
{
  self->odd_exceptions = odd;
}

void
plancia_bus_set_uploads (PlanciaBus *self, guint every, guint pause)
{
  self->upload_every = every;
  self->upload_pause = pause;
}

void
plancia_bus_set_longest (PlanciaBus *self, guint8 unit, guint longest)
{
  self->units[unit].longest = longest;
}

void
plancia_bus_add (PlanciaBus *self, guint8 unit, const char *device, PlanciaBank *bank)
{
  g_free (self->units[unit].device);
  self->units[unit].device = g_strdup (device);
  self->units[unit].bank = bank;
}

/**
 * plancia_bus_ask:
 * @self: a bus
 * @unit: who is asked; 0: all, to write
 * @pdu: the request, at least one byte
 * @reply: (out): to be cleared
 *
 * The faults "exception", "other-unit" and "silent" are in the reply already; the others are left to framing and wire.
 */
void
plancia_bus_ask (PlanciaBus *self, guint8 unit, GBytes *pdu, PlanciaBusReply *reply)
{
  guint8 function = *(const guint8 *) g_bytes_get_data (pdu, NULL);

  *reply = (PlanciaBusReply){.unit = unit, .fault = plancia_bus_get_fault (self)};
  if (self->units[unit].bank != NULL) {
    ask_unit (self, &self->units[unit], pdu, reply);
  } else if (unit == 0) {
    broadcast (self, pdu);
  } else {
    reply->absent = TRUE;
    if (self->absent_exception)
      reply->pdu = plancia_modbus_pdu_exception (function, PLANCIA_MODBUS_ERROR_GATEWAY_TARGET);
  }
}

PlanciaFault
plancia_bus_get_fault (PlanciaBus *self)
{
  return plancia_faults_get (plancia_world_get_faults (self->world), self->name);
}

void
plancia_bus_reply_clear (PlanciaBusReply *self)
{
  g_clear_pointer (&self->pdu, g_bytes_unref);
}
