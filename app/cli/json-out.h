/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON for programs. Written straight into a string: keys keep their order, and numbers are the shortest that read back
 * the same (230.1, not 230.09999999999999). A comma is put where one is needed. */

void plancia_json_out_open (GString *out, char bracket); /* '{' or '[' */
void plancia_json_out_close (GString *out, char bracket);
/* Name of the member that follows. */
void plancia_json_out_key (GString *out, const char *key);
void plancia_json_out_text (GString *out, const char *text); /* NULL gives null */
void plancia_json_out_integer (GString *out, gint64 number);
void plancia_json_out_number (GString *out, double number); /* not finite: null */
/* What is JSON already, such as a 64-bit number that no double holds. */
void plancia_json_out_raw (GString *out, const char *json);
/* Key and value in one. */
void plancia_json_out_member (GString *out, const char *key, const char *text);
/* A list of register words as integers; null if words is NULL. */
void plancia_json_out_words (GString *out, const char *key, const guint16 *words, guint count);

G_END_DECLS
