/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of a card: what at the left, its value at the right. Property "key" (translated text). */
#define PLANCIA_TYPE_KEY_VALUE (plancia_key_value_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaKeyValue, plancia_key_value, PLANCIA, KEY_VALUE, GtkBox)

GtkWidget  *plancia_key_value_new (const char *key);
const char *plancia_key_value_get_key (PlanciaKeyValue *self);
const char *plancia_key_value_get_value (PlanciaKeyValue *self); /* or NULL */
/* NULL hides the line. */
void plancia_key_value_set_value (PlanciaKeyValue *self, const char *value);

G_END_DECLS
