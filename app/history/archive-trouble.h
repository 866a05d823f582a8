/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a store says, as PLANCIA_ARCHIVE_ERROR with the same message: the words for a device's G_IO_ERROR would mislead. What says
 * more already, such as that the file is of a newer version, stays. (transfer full) */
GError *plancia_archive_trouble_new (const GError *error);

G_END_DECLS
