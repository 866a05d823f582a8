/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What a write through a cloud has to know of a step and of what became of its request. Pure functions. */

/* It is sure that nobody got it. */
gboolean plancia_system_never_left (const GError *error);
/* It got there, and was turned away. */
gboolean plancia_system_was_refused (const GError *error);
/* Some of its registers have to keep what they hold. */
gboolean plancia_system_needs_reading (const PlanciaWriteStep *step);
/* A register elsewhere that the block is taken with only; or NULL. */
const PlanciaField *plancia_system_required_elsewhere (const PlanciaWriteStep *step);
/* The device has the values already, as far as that can be proved. before: step->count words. */
gboolean plancia_system_is_equal (PlanciaWriteStep *step, const guint16 *before);

G_END_DECLS
