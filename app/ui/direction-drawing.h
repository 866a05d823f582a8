/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Grid, sensor and house on a line, with two arrows: which way the power was to flow when the load came on, and which way the sensor
 * says. Never mirrored. It only shows what stands beside it in words. */
#define PLANCIA_TYPE_DIRECTION_DRAWING (plancia_direction_drawing_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDirectionDrawing,
                      plancia_direction_drawing,
                      PLANCIA,
                      DIRECTION_DRAWING,
                      GtkWidget)

typedef enum {
  PLANCIA_DIRECTION_ARROW_NONE,    /* nothing measured */
  PLANCIA_DIRECTION_ARROW_HOUSE,   /* as expected */
  PLANCIA_DIRECTION_ARROW_GRID,    /* turned round */
  PLANCIA_DIRECTION_ARROW_MISSING, /* this sensor did not move */
} PlanciaDirectionArrow;

/* sensor: "CT on L2". */
void plancia_direction_drawing_set (PlanciaDirectionDrawing *self,
                                    const char              *sensor,
                                    PlanciaDirectionArrow    measured);

G_END_DECLS
