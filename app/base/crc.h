/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CRC16 of Modbus RTU: initial FFFF, polynomial A001 reflected. Sent low byte first. */
guint16 plancia_crc16_modbus (const guint8 *data, gsize length);
/* CRC32 of zip, PNG and Ethernet: polynomial EDB88320 reflected. */
guint32 plancia_crc32 (const guint8 *data, gsize length);
/* Low 8 bits of the sum of all bytes: the checksum of Solarman V5. */
guint8 plancia_sum8 (const guint8 *data, gsize length);

G_END_DECLS
