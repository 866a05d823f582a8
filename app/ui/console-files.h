/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-feed.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a console does with files: each asks for the file first. widget: where from; it may go away meanwhile. */
void plancia_console_files_save (GtkWidget                  *widget,
                                 PlanciaConsoleFeed         *feed,
                                 const PlanciaConsoleFormat *format,
                                 PlanciaConsoleExport        kind);
void plancia_console_files_log (GtkWidget                  *widget,
                                PlanciaConsoleFeed         *feed,
                                const PlanciaConsoleFormat *format);
/* In pieces, with the pause of pasted lines after each. */
void plancia_console_files_send (GtkWidget *widget, PlanciaConsoleFeed *feed);
void plancia_console_files_import_macros (GtkWidget *widget);
void plancia_console_files_export_macros (GtkWidget *widget);

G_END_DECLS
