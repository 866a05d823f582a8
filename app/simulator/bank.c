/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/bank.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "map/field-value.h"
#include "simulator/bank-control.h"
#include "simulator/bank-live.h"
#include "simulator/bank-private.h"
#include "simulator/bindings.h"
#include "simulator/wiring.h"

/* A request for more is a wrong value; the limit of a map is the device's own. */
#define PROTOCOL_MAX_READ  125
#define PROTOCOL_MAX_WRITE 123

/* What an apply register says. */
#define PLANCIA_BANK_REFUSED          0xfffb
#define PLANCIA_BANK_WRONG_PARAMETERS 0xffff

static PlanciaBankSpace *
space_of (PlanciaBank *self, guint8 function)
{
  return function == 4 ? self->inputs : self->holdings;
}

static void
mark_field (PlanciaBank *self, const PlanciaField *field)
{
  PlanciaBankSpace *space;

  if (field->read_function == 4 && self->inputs == NULL)
    self->inputs = g_new0 (PlanciaBankSpace, 1);
  space = space_of (self, field->read_function);
  for (guint i = 0; i < field->count; i++)
    space->known[(guint16) (field->address + i)] = PLANCIA_BANK_FIELD;
}

/* Reserved words inside a block of the map read as zero, and so do the first words of the block; what lies behind its
 * last documented word does not exist. */
static void
mark_reserved_in_block (PlanciaBankSpace *space, guint start, guint size)
{
  guint last = 0;

  for (guint i = 0; i < size; i++)
    if (space->known[start + i] == PLANCIA_BANK_FIELD)
      last = i + 1;
  for (guint i = 0; i < last; i++)
    if (space->known[start + i] == PLANCIA_BANK_NOTHING)
      space->known[start + i] = PLANCIA_BANK_RESERVED;
}

/* Without blocks: a gap that the map allows to bridge. */
static void
mark_reserved_gaps (PlanciaBankSpace *space, guint max_gap)
{
  guint gap = G_MAXUINT16;

  for (guint address = 0; address < PLANCIA_BANK_SIZE; address++) {
    if (space->known[address] != PLANCIA_BANK_FIELD) {
      gap++;
      continue;
    }
    for (guint i = 1; gap <= max_gap && i <= gap; i++)
      space->known[address - i] = PLANCIA_BANK_RESERVED;
    gap = 0;
  }
}

static void
mark_reserved (PlanciaBankSpace *space, const PlanciaMapLimits *limits)
{
  if (space == NULL)
    return;
  if (limits->alignment == 0) {
    mark_reserved_gaps (space, limits->max_gap);
    return;
  }
  for (guint start = 0; start < PLANCIA_BANK_SIZE; start += limits->alignment)
    mark_reserved_in_block (space, start, MIN (limits->alignment, PLANCIA_BANK_SIZE - start));
}

static void
learn_block (PlanciaBank *self, const char *key)
{
  const PlanciaWriteBlock *block = plancia_map_find_block (self->map, key);

  if (block == NULL || g_ptr_array_find (self->blocks, block, NULL))
    return;
  g_ptr_array_add (self->blocks, (gpointer) block);
  for (guint i = 0; i < block->count; i++) {
    guint8 *known = &self->holdings->known[(guint16) (block->address + i)];
    *known = *known == PLANCIA_BANK_NOTHING ? PLANCIA_BANK_RESERVED : *known;
  }
}

static void
learn_map (PlanciaBank *self)
{
  guint count = plancia_map_get_n_fields (self->map);

  for (guint i = 0; i < count; i++)
    mark_field (self, plancia_map_get_field (self->map, i));
  for (guint i = 0; i < count; i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);
    if (field->write_block != NULL)
      learn_block (self, field->write_block);
  }
  mark_reserved (self->holdings, plancia_map_get_limits (self->map));
  mark_reserved (self->inputs, plancia_map_get_limits (self->map));
}

/* The block that a write meets: *whole if it is exactly this block. */
static const PlanciaWriteBlock *
find_block (PlanciaBank *self, guint first, guint end, gboolean *whole)
{
  for (guint i = 0; i < self->blocks->len; i++) {
    const PlanciaWriteBlock *block = g_ptr_array_index (self->blocks, i);
    if (end <= block->address || first >= (guint) block->address + block->count)
      continue;
    *whole = first == block->address && end == (guint) block->address + block->count;
    return block;
  }
  return NULL;
}

/* Every word of the range belongs to a register that may be written, and none is cut. */
static gboolean
is_writable (PlanciaBank *self, guint first, guint end)
{
  guint covered = 0;

  for (guint i = 0; i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);
    if (field->read_function == 4 || field->address < first || field->address >= end)
      continue;
    if (!plancia_field_is_writable (field) || (guint) field->address + field->count > end)
      return FALSE;
    covered += field->mask == 0 || covered == 0 ? field->count : 0;
  }
  return covered >= end - first;
}

/* Some registers of a block say yes to a write of their own, and do nothing (evcc issue 11454). */
static gboolean
is_ignored_alone (PlanciaBank *self, guint16 address, guint16 count)
{
  const PlanciaField *field = plancia_map_find_field (self->map, "bat_set_dod");

  return field != NULL && count == 1 && field->address == address;
}

/* 1 asks to apply, 2 to go back to what the maker set. */
static gboolean
is_apply (const PlanciaWriteBlock *block, const PlanciaField *field)
{
  return block != NULL && block->result == field;
}

static guint8
check_values (PlanciaBank             *self,
              const PlanciaWriteBlock *block,
              guint                    first,
              guint                    end,
              const guint16           *words)
{
  for (guint i = 0; i < plancia_map_get_n_fields (self->map); i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, i);
    g_auto (PlanciaValue) value = {0};
    const guint16 *from = words + (field->address - first);

    if (field->read_function == 4 || field->address < first ||
        (guint) field->address + field->count > end)
      continue;
    if (is_apply (block, field)) {
      if (*from != 1 && *from != 2)
        return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
      continue;
    }
    plancia_field_decode (field, from, &value);
    if (value.kind != PLANCIA_VALUE_NONE && !plancia_field_check (field, &value, NULL))
      return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
  }
  return 0;
}

static gboolean
check_constants (const PlanciaWriteBlock *block, const guint16 *words)
{
  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);
    gboolean applies = block->result != NULL && block->result->address == item->address;
    if (item->kind == PLANCIA_LAYOUT_CONSTANT && !applies &&
        words[item->address - block->address] != item->constant)
      return FALSE;
  }
  return TRUE;
}

static guint16
word_of (PlanciaBank *self, const char *key, guint first, guint end, const guint16 *words)
{
  const PlanciaField *field = plancia_map_find_field (self->map, key);

  return field != NULL && field->address >= first && field->address < end
           ? words[field->address - first]
           : 0;
}

/* What the apply register will say. */
static guint16
judge (PlanciaBank *self, guint first, guint end, const guint16 *words)
{
  guint16 under = word_of (self, "bat_set_voltage_under", first, end, words);
  guint16 over = word_of (self, "bat_set_voltage_over", first, end, words);

  if (self->refusing)
    return PLANCIA_BANK_REFUSED;
  return under > 0 && under >= over ? PLANCIA_BANK_WRONG_PARAMETERS : 0;
}

/* Reads 1 while it goes on, then the result. */
static void
begin_to_apply (PlanciaBank *self, guint16 address, guint16 result)
{
  self->holdings->words[address] = self->apply_time > 0 ? 1 : result;
  self->applying = address;
  self->apply_result = result;
  self->applied_at = self->apply_time > 0 ? plancia_clock_monotonic () + self->apply_time : 0;
}

static void
end_to_apply (PlanciaBank *self)
{
  if (self->applied_at == 0 || plancia_clock_monotonic () < self->applied_at)
    return;
  self->holdings->words[self->applying] = self->apply_result;
  self->applied_at = 0;
}

static void
store (PlanciaBank             *self,
       const PlanciaWriteBlock *block,
       guint                    first,
       guint                    end,
       const guint16           *words)
{
  guint16 *to = self->holdings->words;
  gboolean applies = block != NULL && block->result != NULL;
  gboolean reset = applies && words[block->result->address - first] == 2;
  guint16  result = applies && !reset ? judge (self, first, end, words) : 0;

  if (result != 0) {
    begin_to_apply (self, block->result->address, result);
    return;
  }
  for (guint i = first; i < end; i++)
    self->n_writes[i]++;
  if (reset)
    memcpy (to + first, self->initial + first, (end - first) * sizeof *to);
  else
    memcpy (to + first, words, (end - first) * sizeof *to);
  if (applies)
    begin_to_apply (self, block->result->address, 0);
}

/**
 * plancia_bank_new:
 * @map: which registers there are
 * @site: what they show
 * @config: of this one device
 *
 * Returns: (transfer full): a device whose settings are as new
 */
PlanciaBank *
plancia_bank_new (PlanciaMap *map, PlanciaSite *site, const PlanciaBankConfig *config)
{
  PlanciaBank *self = g_new0 (PlanciaBank, 1);

  self->map = plancia_map_ref (map);
  self->site = plancia_site_ref (site);
  self->holdings = g_new0 (PlanciaBankSpace, 1);
  self->blocks = g_ptr_array_new ();
  self->apply_time = config->apply_time;
  self->n_writes = g_new0 (guint32, PLANCIA_BANK_SIZE);
  learn_map (self);
  plancia_bank_live_init (self, config);
  self->initial = g_memdup2 (self->holdings->words, sizeof self->holdings->words);
  return self;
}

void
plancia_bank_free (PlanciaBank *self)
{
  plancia_bank_live_clear (self);
  g_ptr_array_unref (self->blocks);
  g_free (self->holdings);
  g_free (self->inputs);
  g_free (self->initial);
  g_free (self->n_writes);
  g_clear_pointer (&self->recorded, plancia_recorded_unref);
  plancia_site_unref (self->site);
  plancia_map_unref (self->map);
  g_free (self);
}

/**
 * plancia_bank_read:
 * @self: a bank
 * @now: ms UTC
 * @function: 3, or 4 where the map has input registers
 * @address: of the first register
 * @count: how many
 * @words: (out caller-allocates): @count words
 *
 * Returns: 0, or exception 1 (no registers of this kind), 2 (a register that does not exist, or a block edge in
 * between) or 3 (too many)
 */
guint8
plancia_bank_read (PlanciaBank *self,
                   gint64       now,
                   guint8       function,
                   guint16      address,
                   guint16      count,
                   guint16     *words)
{
  const PlanciaMapLimits *limits = plancia_map_get_limits (self->map);
  PlanciaBankSpace       *space = space_of (self, function);
  guint                   most = limits->max_read > 0 ? limits->max_read : PROTOCOL_MAX_READ;
  guint                   end = (guint) address + count;

  if (self->recorded != NULL)
    return plancia_bank_recorded_read (self, now, function, address, count, words);
  if (space == NULL)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION;
  if (count == 0 || count > most)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
  if (end > PLANCIA_BANK_SIZE ||
      (limits->alignment > 0 && address / limits->alignment != (end - 1) / limits->alignment))
    return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  for (guint i = address; i < end; i++)
    if (space->known[i] == PLANCIA_BANK_NOTHING)
      return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  plancia_bank_live_refresh (self, now);
  end_to_apply (self);
  memcpy (words, space->words + address, count * sizeof *words);
  return 0;
}

/**
 * plancia_bank_write:
 * @self: a bank
 * @now: ms UTC
 * @address: of the first register
 * @count: how many
 * @words: what to write
 *
 * All or nothing. Registers that a write block of the map holds are taken only together, as the whole block; one that is
 * written alone and ignored is the exception.
 *
 * Returns: 0, or exception 2 (read-only, unknown, or a part of a block) or 3 (a value out of range)
 */
guint8
plancia_bank_write (PlanciaBank   *self,
                    gint64         now,
                    guint16        address,
                    guint16        count,
                    const guint16 *words)
{
  const PlanciaMapLimits  *limits = plancia_map_get_limits (self->map);
  guint                    most = limits->max_write > 0 ? limits->max_write : PROTOCOL_MAX_WRITE;
  guint                    end = (guint) address + count;
  gboolean                 whole = FALSE;
  const PlanciaWriteBlock *block;
  guint8                   exception;

  if (self->recorded != NULL)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION;
  if (count == 0 || count > most)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
  if (end > PLANCIA_BANK_SIZE)
    return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  block = find_block (self, address, end, &whole);
  if (block != NULL && !whole && is_ignored_alone (self, address, count))
    return 0;
  if (block != NULL ? !whole : !is_writable (self, address, end))
    return PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS;
  if (block != NULL && !check_constants (block, words))
    return PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE;
  exception = check_values (self, block, address, end, words);
  if (exception != 0)
    return exception;
  store (self, block, address, end, words);
  plancia_bank_live_written (self, now, address, end);
  plancia_bank_control_update (self, now);
  return 0;
}

void
plancia_bank_set_refusing (PlanciaBank *self, gboolean refusing)
{
  self->refusing = refusing;
}

void
plancia_bank_set_wiring (PlanciaBank *self, PlanciaFault fault, const double *load)
{
  if (!plancia_wiring_is_one (fault))
    fault = PLANCIA_FAULT_NONE;
  if (self->wiring == fault && memcmp (self->load, load, sizeof self->load) == 0)
    return;
  self->wiring = fault;
  memcpy (self->load, load, sizeof self->load);
  self->refreshed = G_MININT64;
}

guint
plancia_bank_get_n_writes (PlanciaBank *self, guint16 address)
{
  return self->n_writes[address];
}

gint64
plancia_bank_get_clock_offset (PlanciaBank *self)
{
  return plancia_bank_live_clock_offset (self, MAX (self->refreshed, self->clock_set));
}
