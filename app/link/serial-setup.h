/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* Settings of an open terminal device by the kernel's own interface, which takes any baud rate. Any descriptor; does
 * not block. */

/* Raw mode and the settings, from now on; nothing is sent and nothing is thrown away. errno on FALSE. */
gboolean plancia_serial_setup_apply (int descriptor, const PlanciaSerialSettings *settings);
/* Whether a real port did what it was told: drivers leave out silently what they cannot. G_IO_ERROR_NOT_SUPPORTED says
 * what. */
gboolean
plancia_serial_setup_check (int descriptor, const PlanciaSerialSettings *settings, GError **error);
/* What is in force. flow is never DSR/DTR, which the kernel does not know. FALSE if it cannot be told. */
gboolean plancia_serial_setup_read (int descriptor, PlanciaSerialSettings *settings);

G_END_DECLS
