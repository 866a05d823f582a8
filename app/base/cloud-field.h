/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the vendor's cloud calls the quantities of a device ("powerGenerating"). What was read locally is kept under the same names
 * where there is one. */

/* "W", "kWh", "%", ...; "" for a count, or NULL when the name is not known. Any thread. */
const char *plancia_cloud_field_unit (const char *key);

G_END_DECLS
