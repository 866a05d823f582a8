/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address-problem.h"

G_BEGIN_DECLS

/* What a person reads about a text that is no address: a translated sentence that names the place. Main thread.
 * (transfer full) */
char *plancia_address_words (const PlanciaAddressProblem *problem);

G_END_DECLS
