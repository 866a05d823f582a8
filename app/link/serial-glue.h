/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* libserialport, for ttys. It cannot open ptys. */
typedef struct _PlanciaSerialGlue PlanciaSerialGlue;

/* path, description and USB numbers only. (transfer full) */
GPtrArray *plancia_serial_glue_list (void);
/* The same of one, or NULL. */
PlanciaSerialPortInfo *plancia_serial_glue_look (const char *path);
/* G_IO_ERROR_NOT_SUPPORTED if libserialport does not know such a port. */
PlanciaSerialGlue *
plancia_serial_glue_open (const char *path, const PlanciaSerialSettings *settings, GError **error);
/* The same while it is open. */
gboolean plancia_serial_glue_set_up (PlanciaSerialGlue           *self,
                                     const PlanciaSerialSettings *settings,
                                     GError                     **error);
int      plancia_serial_glue_get_fd (PlanciaSerialGlue *self);
void     plancia_serial_glue_close (PlanciaSerialGlue *self);

G_END_DECLS
