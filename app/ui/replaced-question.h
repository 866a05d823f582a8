/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Lifetime counters of a cloud's device that fell: is it another device? */
gboolean plancia_replaced_question_is_about (const GError *error);
/* Asks; the answer is kept in the plant. (transfer none) */
GtkWidget *plancia_replaced_question_show (GtkWindow *parent, PlanciaDevice *device);

G_END_DECLS
