/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/record-button.h"
#include "ui/replay-bar.h"
#include "ui/window.h"

G_BEGIN_DECLS

/* The window's actions about recordings: record-visit, open-recording, save-recording, export-scenario, replay-toggle,
 * replay-skip(i). */
void plancia_recording_actions_add (PlanciaWindow       *window,
                                    PlanciaRecordButton *button,
                                    PlanciaReplayBar    *bar);

G_END_DECLS
