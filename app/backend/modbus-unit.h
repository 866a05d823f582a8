/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include "map/read-plan.h"
#include "plant/learnt.h"

G_BEGIN_DECLS

/* A device on a Modbus line, as its worker knows it: which map, what it refused so far, how long a
 * read it takes, when it is to be asked again. Worker of the line. */
typedef struct
{
  char       *id; /* the caller's */
  int         unit;
  PlanciaMap *map;      /* NULL: to be detected */
  gboolean    hopeless; /* detection found nothing: not tried again before the next open */

  /* What was learnt. */
  GHashTable    *troubles; /* const PlanciaField* -> Trouble* */
  guint          max_read; /* 0: the map's own */
  gboolean       no_gaps;  /* it refuses registers that nobody asked for */
  PlanciaLearnt *learnt;   /* as it was told last, or remembered; or NULL */
  GHashTable    *watch;    /* keys, or NULL: all that the map polls */
  gboolean       checked;  /* its identity was looked at, where that matters */
  guint rotation; /* where a poll begins, so that a silent range does not hide the others */

  /* When it is to be polled, ms of the monotonic clock. */
  gint64   due_fast;
  gint64   due_normal;
  gint64   due_slow;
  gboolean once_pending;
  guint    cycles; /* since it answered again */

  /* How it fares. */
  GError  *failure;
  gboolean told;     /* "device-failed" was sent for it */
  guint    attempts; /* failures in a row */
} PlanciaModbusUnit;

PlanciaModbusUnit *plancia_modbus_unit_new (const char *id, int unit, PlanciaMap *map);
void               plancia_modbus_unit_free (PlanciaModbusUnit *self);
void               plancia_modbus_unit_set_map (PlanciaModbusUnit *self, PlanciaMap *map);
/* Takes over what is remembered; keys that its map does not have are left out. */
void plancia_modbus_unit_set_learnt (PlanciaModbusUnit *self, const PlanciaLearnt *learnt);
/* What is to be remembered, if it is something else than before; framing and adapter: of its line. (transfer full) */
PlanciaLearnt *
plancia_modbus_unit_take_learnt (PlanciaModbusUnit *self, const char *framing, const char *adapter);
void plancia_modbus_unit_set_watch (PlanciaModbusUnit *self, const char *const *keys);
/* The fields of these polls (bits 1 << PlanciaPoll) that are watched. (transfer container) */
GPtrArray *plancia_modbus_unit_select (PlanciaModbusUnit *self, guint polls);
/* For a person: fields by their keys, PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER; with keys NULL everything
 * readable that is not both manual and optional. (transfer container) */
GPtrArray *plancia_modbus_unit_find (PlanciaModbusUnit *self, GStrv keys, GError **error);
/* ms that its map wants between two requests. */
guint plancia_modbus_unit_get_interval (PlanciaModbusUnit *self);

/* Fields that made trouble: left out, asked each alone, or asked even if the device does not have them. */
typedef enum {
  PLANCIA_TROUBLED_NOT,
  PLANCIA_TROUBLED_ALONE,
  PLANCIA_TROUBLED_ALL,
} PlanciaTroubled;

/* Requests for fields (borrowed from the map), with what the device refuses kept apart from its
 * neighbours. (transfer full) (element-type PlanciaReadBlock) */
GPtrArray *
plancia_modbus_unit_plan (PlanciaModbusUnit *self, GPtrArray *fields, PlanciaTroubled troubled);
/* What a device takes when it refuses a longer read. */
typedef struct
{
  guint    max_read;
  gboolean no_gaps;
} PlanciaModbusLimit;

/* A refused block in pieces: of at most 30 registers, then without gaps, then a field each; and what
 * is to be remembered when no piece is refused. (transfer full) (element-type PlanciaReadBlock) */
GPtrArray *plancia_modbus_unit_split (PlanciaModbusUnit      *self,
                                      const PlanciaReadBlock *block,
                                      PlanciaModbusLimit     *limit);
void       plancia_modbus_unit_limit (PlanciaModbusUnit *self, const PlanciaModbusLimit *limit);
/* Twice in a row: an optional field is not asked any more if it was refused, other fields are asked
 * apart and less often. */
void plancia_modbus_unit_note_refused (PlanciaModbusUnit *self, const PlanciaField *field);
void plancia_modbus_unit_note_silent (PlanciaModbusUnit *self, const PlanciaField *field);
void plancia_modbus_unit_note_good (PlanciaModbusUnit *self, const PlanciaField *field);
/* It did not answer with this field the last time it was asked. */
gboolean plancia_modbus_unit_is_silent (PlanciaModbusUnit *self, const PlanciaField *field);
gboolean plancia_modbus_unit_is_dropped (PlanciaModbusUnit *self, const PlanciaField *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaModbusUnit, plancia_modbus_unit_free)

G_END_DECLS
