/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/finding.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One finding in a list: how bad, what, whose, since when, how much. */
#define PLANCIA_TYPE_FINDING_ROW (plancia_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFindingRow, plancia_finding_row, PLANCIA, FINDING_ROW, GtkListBoxRow)

/* finding: borrowed, lives longer than the row. device: its name. (transfer floating) */
GtkWidget *
plancia_finding_row_new (const PlanciaFinding *finding, const char *device, GTimeZone *zone);
const PlanciaFinding *plancia_finding_row_get (PlanciaFindingRow *self);
const char           *plancia_finding_row_get_device (PlanciaFindingRow *self);
/* The severity's word goes, the icon stays. */
void plancia_finding_row_set_narrow (PlanciaFindingRow *self, gboolean narrow);
/* Of an image. */
void plancia_finding_show_severity (GtkImage *image, PlanciaFindingSeverity severity);

G_END_DECLS
