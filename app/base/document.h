/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Maps, plants, scenarios and lists that are imported: none of them needs more. */
#define PLANCIA_DOCUMENT_MAXIMUM_BYTES (4 * 1024 * 1024)

/* Neither empty nor longer than that. origin names the file in the message; PLANCIA_DOCUMENT_ERROR. */
gboolean plancia_document_check_size (gsize length, const char *origin, GError **error);
/* Reads at most one byte more than is allowed, so that no file, pipe or device is too long for us: the check of the size
 * is what refuses it. Blocking. (transfer full) */
GBytes *plancia_document_load (GFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS
