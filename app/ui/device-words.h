/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"

G_BEGIN_DECLS

/* What cards and rows say about a device: everywhere the same words. Main thread. */

/* That of the plant, which times are shown in. (transfer full) */
GTimeZone *plancia_device_words_zone (PlanciaSession *session);
/* Name of a symbolic icon. */
const char *plancia_device_words_icon (PlanciaDevice *device);
/* Of the whole plant too. */
const char *plancia_device_words_name (PlanciaDevice *device);
/* One line: what it does, or why it is not known. (transfer full) */
char *plancia_device_words_state (PlanciaDevice *device, GTimeZone *zone);
/* "21.9 kWh today", "57 % charged", "console only", or "" if there is no such figure. (transfer full) */
char *plancia_device_words_today (PlanciaDevice *device, GTimeZone *zone);
/* The figure of the tree in two parts; an em dash when it is not a figure of now. (transfer full) */
char *plancia_device_words_value (PlanciaDevice *device, char **unit);
/* "98 % self-sufficient" of a part from 0 to 1. (transfer full) */
char *plancia_device_words_self_sufficiency (double part);
/* TRUE if the newest values are of now: live, or a little old. */
gboolean plancia_device_words_is_current (PlanciaDevice *device);
/* "14:02", on another day with the date. ms UTC; "" for 0. (transfer full) */
char *plancia_device_words_time (gint64 time, GTimeZone *zone);
/* "31.4 kWh" with a sensible number of decimals. (transfer full) */
char *plancia_device_words_energy (double kilowatt_hours);

/* What its mini curve shows. */
typedef struct
{
  PlanciaQuantity quantity;
  guint           series; /* number of the palette's colour */
  double          factor; /* from the quantity's sign to the one that the device itself shows */
  double          top;    /* upper edge; 0: the largest value */
} PlanciaCurveStyle;

/* FALSE: nothing can be drawn for it. */
gboolean plancia_device_words_curve (PlanciaDevice *device, PlanciaCurveStyle *style);

G_END_DECLS
