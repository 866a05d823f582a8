/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* The worst first. */
typedef enum {
  PLANCIA_SEVERITY_FAULT,   /* a bit of a fault word */
  PLANCIA_SEVERITY_WARNING, /* a status bit that the vendor calls warning or alarm */
} PlanciaSeverity;

/* A bit that is set, or was set while the program ran. Borrowed from its list. */
typedef struct
{
  const PlanciaField *field; /* of a map that the list keeps */
  guint               bit;
  int                 id; /* the vendor's number for people; 0 none */
  const char *label; /* English, for plancia_map_label; NULL: the map has no words for the bit */
  PlanciaSeverity severity;
  gint64          since;       /* ms: first reading with it */
  gboolean        from_before; /* the very first reading had it: it began earlier */
  gint64          until;       /* ms: first reading without it; 0: open */
} PlanciaAlarm;

/* What a device's fault words say, and said since the program started. Main thread. Signal "changed" (). */
#define PLANCIA_TYPE_DEVICE_ALARMS (plancia_device_alarms_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceAlarms, plancia_device_alarms, PLANCIA, DEVICE_ALARMS, GObject)

/* The list of this device, made at the first call and kept with it. (transfer none) */
PlanciaDeviceAlarms *plancia_device_alarms_for (PlanciaDevice *device);
/* FALSE: its map has no fault words. */
gboolean plancia_device_alarms_supported (PlanciaDeviceAlarms *self);
/* Time of the newest answer to a fault word, 0 never. */
gint64 plancia_device_alarms_get_time (PlanciaDeviceAlarms *self);
guint  plancia_device_alarms_get_n_open (PlanciaDeviceAlarms *self);
/* The open ones, the newest first, then the ended ones, the last first: at most 50 of these. */
guint               plancia_device_alarms_get_length (PlanciaDeviceAlarms *self);
const PlanciaAlarm *plancia_device_alarms_get (PlanciaDeviceAlarms *self, guint index);

G_END_DECLS
