/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/bank.h"
#include "simulator/faults.h"
#include "simulator/quantities.h"

G_BEGIN_DECLS

#define PLANCIA_BANK_SIZE 0x10000

enum {
  PLANCIA_BANK_NOTHING,  /* exception 2 */
  PLANCIA_BANK_RESERVED, /* reads 0, cannot be written */
  PLANCIA_BANK_FIELD,
};

typedef struct
{
  guint16 words[PLANCIA_BANK_SIZE];
  guint8  known[PLANCIA_BANK_SIZE];
} PlanciaBankSpace;

struct _PlanciaBank
{
  PlanciaMap         *map;
  PlanciaSite        *site;
  PlanciaBankSpace   *holdings; /* function 3 */
  PlanciaBankSpace   *inputs;   /* function 4; NULL if the map has none */
  GPtrArray          *blocks;   /* const PlanciaWriteBlock* of the map */
  guint16            *initial;  /* holdings as new */
  guint               apply_time;
  guint16             applying;     /* address of the register that says so */
  gint64              applied_at;   /* monotonic ms; 0: nothing is being applied */
  guint16             apply_result; /* what it reads then */
  gboolean            refusing;
  PlanciaFault        wiring;    /* of its sensors */
  double              load[3];   /* W that somebody switched on */
  const PlanciaField *turned[3]; /* settings that turn a sensor round; NULL: the map has none */
  guint32            *n_writes;  /* of each register: EEPROM wears out */
  /* bank-recorded.c */
  PlanciaRecorded *recorded; /* or NULL: it is simulated */
  gint64           recorded_start;
  guint            recorded_next; /* change that has not been made */
  gint64           recorded_at;   /* ms since the start: when the last one was looked for */
  /* bank-live.c */
  PlanciaBuild     build;
  GArray          *live;   /* registers that show a quantity */
  GPtrArray       *clocks; /* const PlanciaField* that show the time */
  GArray          *alarms; /* PlanciaScenarioAlarm */
  gint64           refreshed;
  gint64           clock_offset; /* ms, when it was set */
  gint64           clock_set;    /* ms UTC: when that was */
  gint64           clock_drift;  /* ms a day */
  gint64           month_begin;
  PlanciaSiteState month;
  PlanciaSiteState year;
};

/* As plancia_bank_read. */
guint8 plancia_bank_recorded_read (PlanciaBank *self,
                                   gint64       now,
                                   guint8       function,
                                   guint16      address,
                                   guint16      count,
                                   guint16     *words);

G_END_DECLS
