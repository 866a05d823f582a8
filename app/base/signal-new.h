/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A signal that returns nothing, for class_init: name, then n_parameters types (GType). Handlers run last, there is no
 * default one. Returns its id. */
guint plancia_signal_new (GType owner, const char *name, guint n_parameters, ...);

G_END_DECLS
