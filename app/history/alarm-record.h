/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The worst first. */
typedef enum {
  PLANCIA_SEVERITY_FAULT,   /* a bit of a fault word */
  PLANCIA_SEVERITY_WARNING, /* what the vendor calls warning or alarm */
  PLANCIA_SEVERITY_NOTE,    /* what this program noted */
} PlanciaSeverity;

/* Who said it. */
#define PLANCIA_ALARM_LOCAL   "local" /* a register of the device */
#define PLANCIA_ALARM_PORTAL  "portal"
#define PLANCIA_ALARM_PLANCIA "plancia" /* this program itself */

/* An alarm that is, or was, as it is kept. Plain data. One alarm is told from others by device, source, key, bit, id and
 * since. */
typedef struct
{
  char           *device; /* id in the plant */
  char           *name;   /* of the device then */
  char           *source;
  char           *map;     /* id, or "" */
  char           *key;     /* of the register; "" from a cloud */
  int             bit;     /* of the register; -1 from a cloud */
  guint16         address; /* of the word that holds the bit */
  guint16         word;    /* what that word was */
  int             id;      /* the vendor's number for people; 0 none */
  char           *label;   /* English, for plancia_map_bit_label; "" if nobody has words for it */
  PlanciaSeverity severity;
  gint64          since;       /* ms UTC */
  gboolean        from_before; /* it began earlier */
  gint64          until;       /* 0: open */
  gboolean        gone;        /* it has turned out to be part of another one: to be taken away */
  double          power;       /* W to the AC side when it was seen first; NAN */
  double          temperature; /* °C of the heat sink then; NAN */
} PlanciaAlarmRecord;

PlanciaAlarmRecord *plancia_alarm_record_new (void); /* texts "", bit -1, numbers NAN */
PlanciaAlarmRecord *plancia_alarm_record_copy (const PlanciaAlarmRecord *self);
void                plancia_alarm_record_free (PlanciaAlarmRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaAlarmRecord, plancia_alarm_record_free)

G_END_DECLS
