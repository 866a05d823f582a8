/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Asks where the text of a map goes and writes it there on the worker; says the outcome on the window of widget. id: the map's,
 * which is the name of its file. */
void
plancia_map_export_ask (GtkWidget *widget, PlanciaWorker *worker, const char *id, const char *text);
/* Without asking. */
void
plancia_map_export_save (GtkWidget *widget, PlanciaWorker *worker, GFile *file, const char *text);

G_END_DECLS
