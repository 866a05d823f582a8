/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/alarm-record.h"

#include <math.h>

PlanciaAlarmRecord *
plancia_alarm_record_new (void)
{
  PlanciaAlarmRecord *self = g_new0 (PlanciaAlarmRecord, 1);

  self->device = g_strdup ("");
  self->name = g_strdup ("");
  self->source = g_strdup ("");
  self->map = g_strdup ("");
  self->key = g_strdup ("");
  self->label = g_strdup ("");
  self->bit = -1;
  self->power = NAN;
  self->temperature = NAN;
  return self;
}

PlanciaAlarmRecord *
plancia_alarm_record_copy (const PlanciaAlarmRecord *self)
{
  PlanciaAlarmRecord *copy = g_memdup2 (self, sizeof *self);

  copy->device = g_strdup (self->device);
  copy->name = g_strdup (self->name);
  copy->source = g_strdup (self->source);
  copy->map = g_strdup (self->map);
  copy->key = g_strdup (self->key);
  copy->label = g_strdup (self->label);
  return copy;
}

void
plancia_alarm_record_free (PlanciaAlarmRecord *self)
{
  g_free (self->device);
  g_free (self->name);
  g_free (self->source);
  g_free (self->map);
  g_free (self->key);
  g_free (self->label);
  g_free (self);
}
