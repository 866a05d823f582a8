/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/raw-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the table of raw registers: each shows a PlanciaRawRow as one type. What moved just now, and what is other
 * than what was kept, is marked. Main thread. */
#define PLANCIA_TYPE_RAW_COLUMNS (plancia_raw_columns_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawColumns, plancia_raw_columns, PLANCIA, RAW_COLUMNS, GObject)

/* Appends the columns to view, which must outlive this object or end with it. */
PlanciaRawColumns *plancia_raw_columns_new (GtkColumnView *view);
void               plancia_raw_columns_set_order (PlanciaRawColumns *self, PlanciaWordOrder order);
/* narrow: there is room for a few only. scale: height of the text, at least 1. */
void plancia_raw_columns_arrange (PlanciaRawColumns *self, gboolean narrow, double scale);
/* "u16", "Address", ...: translated */
const char *plancia_raw_form_title (PlanciaRawForm form);

G_END_DECLS
