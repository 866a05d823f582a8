/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"

G_BEGIN_DECLS

/* Which registers tell of alarms. */
typedef enum {
  PLANCIA_ALARM_FIELD_NONE,
  PLANCIA_ALARM_FIELD_FAULTS,   /* every bit is a fault, with words or without */
  PLANCIA_ALARM_FIELD_WARNINGS, /* every bit is a warning: alarm words of a battery */
  PLANCIA_ALARM_FIELD_STATUS,   /* modes of operation; some bits are warnings by their words */
} PlanciaAlarmFieldKind;

PlanciaAlarmFieldKind plancia_alarm_field_kind (const PlanciaField *field);

G_END_DECLS
