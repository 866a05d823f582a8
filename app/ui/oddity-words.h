/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/oddities.h"

G_BEGIN_DECLS

/* "Put right: times out of order, numbers sent as text." NULL where nothing was wrong. (transfer full) */
char *plancia_oddity_words (guint oddities);

G_END_DECLS
