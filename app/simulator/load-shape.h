/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a house, a workshop, a charger or a heat pump draws through the local day. Pure. */
typedef struct _PlanciaLoadShape PlanciaLoadShape;

/* name: "home", "office", "works", "ev-charger", "heat-pump", "none". NULL if unknown. scale
 * multiplies the profile's watts. */
PlanciaLoadShape *plancia_load_shape_new (const char *name, double scale, guint64 seed);
void              plancia_load_shape_free (PlanciaLoadShape *self);
/* Watts. time: ms UTC, for what changes from minute to minute; minute: of the local day; day: a
 * number for each local day; warmth: °C of the day. */
double             plancia_load_shape_watts (const PlanciaLoadShape *self,
                                             gint64                  time,
                                             guint                   minute,
                                             gint64                  day,
                                             double                  warmth);
const char *const *plancia_load_shape_list (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaLoadShape, plancia_load_shape_free)

G_END_DECLS
