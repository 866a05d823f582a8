/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* Forms, so that series differ by more than colour. */
typedef enum {
  PLANCIA_LINE_PLAIN,
  PLANCIA_LINE_AREA,   /* filled towards zero, fading */
  PLANCIA_LINE_SIGNED, /* filled towards zero from both sides */
  PLANCIA_LINE_DASH,
} PlanciaLineForm;

#define PLANCIA_TYPE_LINE_LAYER (plancia_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLineLayer, plancia_line_layer, PLANCIA, LINE_LAYER, PlanciaLayer)

PlanciaLayer   *plancia_line_layer_new (PlanciaSeries *series, guint color, PlanciaLineForm form);
PlanciaLineForm plancia_line_layer_get_form (PlanciaLineLayer *self);

G_END_DECLS
