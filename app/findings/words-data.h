/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* English, context "finding"; NULL at the end. */
extern const char *const plancia_finding_words_texts[];

G_END_DECLS
