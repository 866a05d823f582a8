/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"

G_BEGIN_DECLS

/* What a person reads about an error: one translated sentence, and advice (or NULL). Main thread. */
const char *plancia_error_text (const GError *error);
const char *plancia_error_advice (const GError *error);
/* The same where the route tells more: a closed port of the HUB. address: of what failed, or NULL. */
const char *plancia_error_advice_at (const GError *error, PlanciaAddress *address);

G_END_DECLS
