/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person reads about an error: one translated sentence, and advice (or NULL). Main thread. */
const char *plancia_error_text (const GError *error);
const char *plancia_error_advice (const GError *error);

G_END_DECLS
