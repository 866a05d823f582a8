/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/notes.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The members of a plant's file; what is there and not understood is left out. */
void plancia_notes_read (PlanciaPlant *plant, JsonObject *root);
void plancia_notes_write (PlanciaPlant *plant, JsonObject *root);

G_END_DECLS
