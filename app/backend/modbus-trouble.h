/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whose fault an error of a Modbus connection is, and how long to wait after it. Any thread. */

/* Nobody is there: the address, the port or the device node. */
gboolean plancia_modbus_is_of_the_connection (const GError *error);
/* The way to the device, which may be the connection's; the opposite is a stick or a gateway that answers for
 * a device that does not, or a device that answers nonsense. */
gboolean plancia_modbus_is_of_the_way (const GError *error);
/* ms to wait after so many failures in a row. */
gint64 plancia_modbus_delay_after (guint attempts);

G_END_DECLS
