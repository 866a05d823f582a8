/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A cursor over strict JSON in plain ASCII without escapes, that copies nothing and makes no tree. Each function moves *at
 * behind what it read, and skips blanks before it. Where the text is not what was expected *at becomes NULL, and stays it:
 * one look at the end is enough. The text ends with a NUL. Any thread. */

/* The next character that is no blank; '\0' at the end or where *at is NULL. */
char plancia_json_scan_peek (const char **at);
/* Expects this character. */
gboolean plancia_json_scan_char (const char **at, char c);
/* Expects this word: true, false, null. */
gboolean plancia_json_scan_word (const char **at, const char *word);
/* Expects a text; start and length: what is between the quotes. */
gboolean plancia_json_scan_text (const char **at, const char **start, gsize *length);
/* Expects a number; as strtod () has it. Whole numbers of more than 18 digits are not expected. */
gboolean plancia_json_scan_number (const char **at, double *number);
/* Expects anything, and reads over it. */
gboolean plancia_json_scan_value (const char **at);
/* Behind the opening of a list or an object: whether another item comes. end: the closing character, which is read too.
 * begun: FALSE before the first one. */
gboolean plancia_json_scan_next (const char **at, char end, gboolean *begun);
/* The same in an object: also reads the name and the colon. */
gboolean
plancia_json_scan_member (const char **at, gboolean *begun, const char **name, gsize *length);

G_END_DECLS
