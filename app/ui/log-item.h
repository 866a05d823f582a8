/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/log.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* A line of the log in a list. Immutable. */
#define PLANCIA_TYPE_LOG_ITEM (plancia_log_item_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLogItem, plancia_log_item, PLANCIA, LOG_ITEM, GObject)

PlanciaLogItem       *plancia_log_item_new (PlanciaLogLine *line);
const PlanciaLogLine *plancia_log_item_get_line (PlanciaLogItem *self);
/* Which part of the program speaks, in the user's language; libraries go by their own names. */
const char *plancia_log_item_get_part (PlanciaLogItem *self);
const char *plancia_log_item_get_level_text (PlanciaLogItem *self);
/* Whether all words of text are in it, whatever their case. */
gboolean plancia_log_item_matches (PlanciaLogItem *self, const char *text);

G_END_DECLS
