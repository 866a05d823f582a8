/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a value lies in what is permitted: a track, the permitted band on it, a marker. Only a picture: the numbers stand
 * beside it in words. */
#define PLANCIA_TYPE_BAND_GAUGE (plancia_band_gauge_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBandGauge, plancia_band_gauge, PLANCIA, BAND_GAUGE, GtkWidget)

/* minimum, maximum: NAN if there is none. color: name of the marker's colour in the style sheet, or NULL. */
GtkWidget *plancia_band_gauge_new (double value, double minimum, double maximum, const char *color);

G_END_DECLS
