/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "model/raw-row.h"

G_BEGIN_DECLS

/* Registers of a device one after the other, without a map: a GListModel of PlanciaRawRow. They are read once or again and
 * again, in as many requests as the device needs for them; nothing is written. Main thread.
 * Signal "changed" (): reading, progress, time or error moved. */
#define PLANCIA_TYPE_RAW_RANGE (plancia_raw_range_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawRange, plancia_raw_range, PLANCIA, RAW_RANGE, GObject)

#define PLANCIA_RAW_RANGE_MAXIMUM 500

PlanciaRawRange *plancia_raw_range_new (PlanciaDevice *device);
/* Other rows if it is another range; a reading that runs is given up. function: 1 to 4. */
void plancia_raw_range_read (PlanciaRawRange *self, guint8 function, guint16 address, guint count);
/* ms from the beginning of one reading to the next; 0: not again. The range that was read last. */
void plancia_raw_range_set_interval (PlanciaRawRange *self, guint interval);
void plancia_raw_range_stop (PlanciaRawRange *self);
/* The present words are what later ones are compared with, or nothing is. */
void   plancia_raw_range_keep (PlanciaRawRange *self, gboolean keep);
gint64 plancia_raw_range_get_kept (PlanciaRawRange *self); /* ms UTC; 0: nothing is kept */
guint  plancia_raw_range_count_differences (PlanciaRawRange *self);

gboolean plancia_raw_range_is_reading (PlanciaRawRange *self);
gint64   plancia_raw_range_get_time (PlanciaRawRange *self); /* of the last whole reading, or 0 */
guint    plancia_raw_range_get_duration (PlanciaRawRange *self);   /* ms that it took */
guint    plancia_raw_range_get_requests (PlanciaRawRange *self);   /* that it needed */
const GError *plancia_raw_range_get_error (PlanciaRawRange *self); /* of the last try, or NULL */
/* With a line of titles. separator: ',' for a file, '\t' for the clipboard. (transfer full) */
char *plancia_raw_range_to_text (PlanciaRawRange *self, PlanciaWordOrder order, char separator);

G_END_DECLS
