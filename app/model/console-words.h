/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/console-decode.h"

G_BEGIN_DECLS

/* An overheard frame in words, in the user's language, on one line. Any thread. (transfer full) */
char *plancia_console_frame_words (const PlanciaConsoleFrame *frame);

G_END_DECLS
