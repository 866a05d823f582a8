/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Each time a plant is opened: asks whether writes that were cut off before are to be read back. For as long as window is. */
void plancia_journal_watch_start (PlanciaWindow *window);

G_END_DECLS
