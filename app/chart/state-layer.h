/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/layer.h"

G_BEGIN_DECLS

/* A state or an enumeration: a strip under the panes, a colour a value, with its words below. A value holds until the next one,
 * but not over a hole. */
#define PLANCIA_TYPE_STATE_LAYER (plancia_state_layer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStateLayer, plancia_state_layer, PLANCIA, STATE_LAYER, PlanciaLayer)

/* "Normal". (transfer full) */
typedef char *(*PlanciaStateWords) (double value, gpointer user_data);

PlanciaLayer *plancia_state_layer_new (PlanciaSeries    *series,
                                       guint             color,
                                       PlanciaStateWords words,
                                       gpointer          user_data,
                                       GDestroyNotify    destroy);

/* A value that lasted. mixed: there were others in it too short to be seen; value and other are the extremes. */
typedef struct
{
  PlanciaSpan span;
  float       value;
  float       other;
  gboolean    mixed;
} PlanciaStateRun;

/* Which of the palette's colours a value has, from 1. */
guint plancia_state_layer_get_color (PlanciaStateLayer *self, float value);
/* What the strip shows with so many columns. (transfer full) GArray of PlanciaStateRun, sorted, without overlap. */
GArray *plancia_state_layer_find_runs (PlanciaStateLayer *self, PlanciaSpan span, guint n_columns);

G_END_DECLS
