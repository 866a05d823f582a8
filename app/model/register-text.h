/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"

G_BEGIN_DECLS

/* Registers with their values as text, for the clipboard and for files. Main thread. */

/* "R", "W" or "RW": what a person may do. */
const char *plancia_register_text_access (PlanciaRegisterRow *row);
/* "Grid frequency<tab>50.01<tab>Hz<tab>1389<tab>0x0484<tab>time": as people see it, the time in zone; without a line end.
 * device: before it, or NULL. (transfer full) */
char *plancia_register_text_row (PlanciaRegisterRow *row, const char *device, GTimeZone *zone);
/* The line of titles of a table; with_device: the device is the first column. */
void plancia_register_text_append_titles (GString *out, gboolean with_device, char separator);
/* The line of a register: values and words whole and with a point, times in UTC. device: name, or NULL for a table
 * without. */
void plancia_register_text_append (GString            *out,
                                   PlanciaRegisterRow *row,
                                   const char         *device,
                                   char                separator);
/* Titles and a line for each row. rows: of PlanciaRegisterRow. separator: ',' for a file, '\t' for the clipboard.
 * (transfer full) */
char *plancia_register_text_table (GListModel *rows, char separator);

G_END_DECLS
