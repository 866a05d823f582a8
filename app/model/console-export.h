/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-buffer.h"
#include "model/console-format.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Lines of a console into a text or a file, put together on another thread. */
typedef enum {
  PLANCIA_CONSOLE_EXPORT_TEXT, /* as it is shown */
  PLANCIA_CONSOLE_EXPORT_HEX,  /* with time, as hex and letters */
  PLANCIA_CONSOLE_EXPORT_RAW,  /* the bytes that were received */
} PlanciaConsoleExport;

const char *plancia_console_export_suffix (PlanciaConsoleExport kind); /* ".txt" */

/* Lines [first, end) as text, rows ended by \n; of the last of them and the first only some bytes: skip at the beginning of
 * the first line, and the first stop bytes of the last line (G_MAXSIZE: all). Main thread. */
void plancia_console_copy_async (PlanciaConsoleBuffer       *buffer,
                                 const PlanciaConsoleFormat *format,
                                 guint64                     first,
                                 guint64                     end,
                                 gsize                       skip,
                                 gsize                       stop,
                                 GCancellable               *cancellable,
                                 GAsyncReadyCallback         callback,
                                 gpointer                    user_data);
char *
plancia_console_copy_finish (PlanciaConsoleBuffer *buffer, GAsyncResult *result, GError **error);

/* Everything that is held, into a file that is replaced. Main thread. */
void plancia_console_save_async (PlanciaConsoleBuffer       *buffer,
                                 const PlanciaConsoleFormat *format,
                                 PlanciaConsoleExport        kind,
                                 GFile                      *file,
                                 GCancellable               *cancellable,
                                 GAsyncReadyCallback         callback,
                                 gpointer                    user_data);
gboolean
plancia_console_save_finish (PlanciaConsoleBuffer *buffer, GAsyncResult *result, GError **error);

/* One line in the form of a kind; for the log. Any thread. */
void plancia_console_export_line (GString                   *out,
                                  PlanciaConsoleExport       kind,
                                  PlanciaConsoleFormat      *format,
                                  const PlanciaConsoleStore *store,
                                  guint64                    number,
                                  PlanciaConsoleText        *scratch);

G_END_DECLS
