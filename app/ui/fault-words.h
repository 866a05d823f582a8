/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a simulated device does wrong, in words. (transfer none) */
const char *plancia_fault_words (const char *fault);

G_END_DECLS
