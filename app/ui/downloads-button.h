/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/session-bin.h"

G_BEGIN_DECLS

/* How the downloads of history fare, and a way to begin one. There only where a plant has something of a cloud. Main thread. */
#define PLANCIA_TYPE_DOWNLOADS_BUTTON (plancia_downloads_button_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDownloadsButton,
                      plancia_downloads_button,
                      PLANCIA,
                      DOWNLOADS_BUTTON,
                      PlanciaSessionBin)

/* There only while there are downloads, too: in the head of the window. */
void plancia_downloads_button_set_quiet (PlanciaDownloadsButton *self, gboolean quiet);
/* For a place where an icon alone would be overlooked. */
void plancia_downloads_button_set_words (PlanciaDownloadsButton *self, const char *words);

G_END_DECLS
