/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tables as text for spreadsheets (RFC 4180): lines end with CR LF. Any thread. */

/* Quoted where a spreadsheet would cut it, and with an apostrophe before it where it would take it for a formula. text: UTF-8, NULL
 * for an empty cell. */
void plancia_csv_append_text (GString *out, const char *text, char separator);
/* A whole line of such cells. */
void plancia_csv_append_row (GString *out, const char *const *cells, gsize n_cells, char separator);

G_END_DECLS
