/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Saves a text, such as a table, as a file that a person chooses; says how it went. Main thread. */

/* widget: over whose window the chooser opens. title: of the chooser. name: proposed for the file. */
void plancia_text_export_ask (GtkWidget     *widget,
                              PlanciaWorker *worker,
                              const char    *title,
                              const char    *name,
                              const char    *text);
/* The same without the chooser. */
void
plancia_text_export_save (GtkWidget *widget, PlanciaWorker *worker, const char *text, GFile *file);

G_END_DECLS
