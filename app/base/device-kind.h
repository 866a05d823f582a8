/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of things in a plant, as plant files and scenarios call them; ends with NULL. */
extern const char *const plancia_device_kinds[];

G_END_DECLS
