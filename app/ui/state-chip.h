/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A state mark and a word on a tint: shape, colour and word say the same. Main thread. */
#define PLANCIA_TYPE_STATE_CHIP (plancia_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStateChip, plancia_state_chip, PLANCIA, STATE_CHIP, GtkWidget)

GtkWidget *plancia_state_chip_new (void);
/* text NULL: the usual word for the mark. */
void plancia_state_chip_set (PlanciaStateChip *self, PlanciaMark mark, const char *text);
/* The mark a connection has by itself, whatever its devices do. */
PlanciaMark plancia_state_chip_mark_of (PlanciaBackend *backend); /* NULL: closed */

G_END_DECLS
