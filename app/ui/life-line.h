/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-write.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The life of a write through a cloud, drawn: queued, sent, accepted, waiting, done, with their times. What came of it is told
 * by shape as well as by colour. Follows its write. */
#define PLANCIA_TYPE_LIFE_LINE (plancia_life_line_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLifeLine, plancia_life_line, PLANCIA, LIFE_LINE, GtkWidget)

GtkWidget *plancia_life_line_new (PlanciaCloudWrite *write, GTimeZone *zone);
/* The word of a state. (transfer none) */
const char *plancia_life_line_word (PlanciaCloudWriteState state);

G_END_DECLS
