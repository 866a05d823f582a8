/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/callback-receiver.h"

G_BEGIN_DECLS

/* What is said about the receiver of answers, everywhere the same. zone: of the times. (transfer full) */
char *plancia_receiver_words_state (PlanciaCallbackReceiver *receiver, GTimeZone *zone);

G_END_DECLS
