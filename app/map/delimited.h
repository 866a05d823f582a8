/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table as text: cells between separators, quoted where they hold one, a quote doubled inside quotes, line breaks allowed
 * inside quotes. Immutable, any thread. */
typedef struct _PlanciaDelimited PlanciaDelimited;

typedef enum {
  PLANCIA_ENCODING_GUESS, /* UTF-8 or UTF-16 by its mark, UTF-8 if it is valid, else Windows-1252 */
  PLANCIA_ENCODING_UTF_8,
  PLANCIA_ENCODING_WINDOWS_1252,
} PlanciaEncoding;

#define PLANCIA_DELIMITED_MAXIMUM_ROWS    20000
#define PLANCIA_DELIMITED_MAXIMUM_COLUMNS 64 /* cells beyond are dropped */

/* separator 0: of ; tab , | the one that occurs most. PLANCIA_DOCUMENT_ERROR_INVALID (too long, too many rows, not text),
 * _SYNTAX (a quote is never closed, with its line). */
PlanciaDelimited *plancia_delimited_new (GBytes         *bytes,
                                         const char     *origin,
                                         PlanciaEncoding encoding,
                                         char            separator,
                                         GError        **error);
void              plancia_delimited_free (PlanciaDelimited *self);
char              plancia_delimited_get_separator (PlanciaDelimited *self);
/* TRUE if it was read as Windows-1252. */
gboolean plancia_delimited_is_code_page (PlanciaDelimited *self);
guint    plancia_delimited_get_n_rows (PlanciaDelimited *self);
guint    plancia_delimited_get_n_columns (PlanciaDelimited *self); /* of the widest row */
/* Line of the file where the row begins, from 1. */
guint plancia_delimited_get_line (PlanciaDelimited *self, guint row);
/* Without white space at the ends, inner white space and line breaks as one blank; "" if there is none. */
const char *plancia_delimited_get_cell (PlanciaDelimited *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaDelimited, plancia_delimited_free)

G_END_DECLS
