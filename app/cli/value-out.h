/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/readings.h"

G_BEGIN_DECLS

/* A value for a program: number, text, or null. field NULL: a cloud's number. */
void plancia_value_out_json (GString *out, const PlanciaField *field, const PlanciaValue *value);
/* The same of words, null if words is NULL. */
void plancia_value_out_json_words (GString *out, const PlanciaField *field, const guint16 *words);
/* For people, without unit; em dash for none. (transfer full) */
char *
plancia_value_out_text (const PlanciaField *field, const PlanciaValue *value, const guint16 *words);
char *plancia_value_out_text_words (const PlanciaField *field, const guint16 *words);
/* Hex words; cut after some. (transfer full) */
char *plancia_value_out_raw (const guint16 *words, guint count);

G_END_DECLS
