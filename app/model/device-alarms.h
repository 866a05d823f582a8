/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include "history/alarm-record.h"
#include "model/device.h"

G_BEGIN_DECLS

/* A bit that is set, or was set while the program ran; or a number that a cloud gives. Borrowed from its list. */
typedef struct
{
  const PlanciaField *field; /* of a map that the list keeps; NULL: from a cloud */
  guint               bit;
  guint16             address; /* of the word that holds the bit */
  guint16             word;    /* what it was when the bit was seen first */
  int                 id;      /* the vendor's number for people; 0 none */
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
/* The map whose words its alarms have: its own, or, for a thing of a cloud, that of the same device beside it. */
void plancia_device_alarms_set_words (PlanciaDeviceAlarms *self, PlanciaMap *map);
PlanciaMap *
plancia_device_alarms_get_words (PlanciaDeviceAlarms *self); /* or NULL. (transfer none) */
/* Key under which the readings of a cloud hold the numbers of the alarms that are on, such as "2,4". */
#define PLANCIA_CLOUD_ALARMS_KEY PLANCIA_CLOUD_ALARMS
/* As if nothing had been read: the time of a recording goes back. */
void plancia_device_alarms_forget (PlanciaDeviceAlarms *self);
/* FALSE: its map has no fault words, and no cloud gave any. */
gboolean plancia_device_alarms_supported (PlanciaDeviceAlarms *self);
/* The word of this key ("": the cloud's numbers) has answered once. */
gboolean plancia_device_alarms_has_answered (PlanciaDeviceAlarms *self, const char *key);
/* Time of the newest answer to a fault word, 0 never. */
gint64 plancia_device_alarms_get_time (PlanciaDeviceAlarms *self);
guint  plancia_device_alarms_get_n_open (PlanciaDeviceAlarms *self);
/* The open ones, the newest first, then the ended ones, the last first: at most 50 of these. */
guint               plancia_device_alarms_get_length (PlanciaDeviceAlarms *self);
const PlanciaAlarm *plancia_device_alarms_get (PlanciaDeviceAlarms *self, guint index);

G_END_DECLS
