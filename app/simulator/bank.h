/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include "simulator/faults.h"
#include "simulator/scenario.h"
#include "simulator/site.h"

G_BEGIN_DECLS

/* The registers of one simulated device: those of its map, alive with what its site does, with the
 * manners of a real one about what may be read and written together. One thread. */
typedef struct _PlanciaBank PlanciaBank;

typedef struct
{
  const char *serial; /* or NULL */
  guint8      unit;
  GArray     *alarms; /* PlanciaScenarioAlarm, borrowed while making; or NULL */
  gint64      commissioned;
  gint64      now;  /* what its clock was set to */
  guint apply_time; /* ms of real time for which a block that was written reads as being applied */
} PlanciaBankConfig;

PlanciaBank *plancia_bank_new (PlanciaMap *map, PlanciaSite *site, const PlanciaBankConfig *config);
void         plancia_bank_free (PlanciaBank *self);
/* Both return 0, or the number of a Modbus exception. now: ms UTC. words has room for count. */
guint8 plancia_bank_read (PlanciaBank *self,
                          gint64       now,
                          guint8       function,
                          guint16      address,
                          guint16      count,
                          guint16     *words);
guint8 plancia_bank_write (PlanciaBank   *self,
                           gint64         now,
                           guint16        address,
                           guint16        count,
                           const guint16 *words);
/* From now on it has only the registers of a recording, as they were; it cannot be written. start: ms UTC of its beginning. */
void plancia_bank_set_recorded (PlanciaBank *self, PlanciaRecorded *recorded, gint64 start);
/* Whether a block with an apply register is refused: it reads 0xFFFB after a while, and nothing is stored. */
void plancia_bank_set_refusing (PlanciaBank *self, gboolean refusing);
/* What its current sensors do wrong, if fault is of that kind, and a load on each of three phases, W. */
void plancia_bank_set_wiring (PlanciaBank *self, PlanciaFault fault, const double *load);
/* How often a register was written since the device is new. */
guint plancia_bank_get_n_writes (PlanciaBank *self, guint16 address);
/* How far the device's clock is ahead of the simulated time, ms. */
gint64 plancia_bank_get_clock_offset (PlanciaBank *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaBank, plancia_bank_free)

G_END_DECLS
