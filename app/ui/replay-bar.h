/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/session-bin.h"

G_BEGIN_DECLS

/* Marks a recording that is open, and moves its time: play and pause, speed, a slider. Not there for a plant that is one. */
#define PLANCIA_TYPE_REPLAY_BAR (plancia_replay_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaReplayBar, plancia_replay_bar, PLANCIA, REPLAY_BAR, PlanciaSessionBin)

void plancia_replay_bar_set_narrow (PlanciaReplayBar *self, gboolean narrow);
/* As the play button. */
void plancia_replay_bar_toggle (PlanciaReplayBar *self);
/* s, may be negative. */
void plancia_replay_bar_skip (PlanciaReplayBar *self, int seconds);

G_END_DECLS
