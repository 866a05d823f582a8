/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name of a model from the name of its family and its rated power: "3PH HYD5000-HYD20000 ZSS" and 10000 W are
 * "3PH HYD10000 ZSS". The family's own name where it is no range, or the power is not known (0) or not in it.
 * (transfer full) */
char *plancia_device_model (const char *family, guint watts);

G_END_DECLS
