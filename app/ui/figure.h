/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Figures that change every second stand in GtkInscriptions: a new text there is a new drawing, never a new layout of
 * the page. Main thread. */

/* A large number and its unit on one base line. unit may be NULL or "". */
void plancia_figure_set (GtkInscription *inscription, const char *number, const char *unit);
/* Text only if it differs. */
void plancia_figure_set_text (GtkInscription *inscription, const char *text);
/* "31.4", "1284": kilowatt-hours. (transfer full) */
char *plancia_figure_energy (double kilowatt_hours);
/* "14:02"; on another day than now's "12 June 14:02". (transfer full) */
char *plancia_figure_time (gint64 time, GTimeZone *zone);

G_END_DECLS
