/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* A line inside the band of the smallest and largest value around it. */
#define PLANCIA_TYPE_BAND_LAYER (plancia_band_layer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBandLayer, plancia_band_layer, PLANCIA, BAND_LAYER, PlanciaLayer)

PlanciaLayer *plancia_band_layer_new (PlanciaSeries *series, guint color);

G_END_DECLS
