/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of the program (data/io.github.plancia.Plancia.gschema.xml), one object for all. Main thread.
 * (transfer none) */
GSettings *plancia_settings_get (void);

G_END_DECLS
