/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* English, context "commissioning"; NULL at the end. */
extern const char *const plancia_words_texts[];

G_END_DECLS
