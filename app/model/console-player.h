/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-macro.h"

G_BEGIN_DECLS

/* Plays the steps of a macro, of pasted lines, of a file or of a query: one at a time, and sends nothing unless it was told to
 * play. Signals: "send" (GBytes*): to be sent, and plancia_console_player_sent() is called when it was; "changed" (): running
 * or progress moved; "ended" (int outcome). Main thread. */
#define PLANCIA_TYPE_CONSOLE_PLAYER (plancia_console_player_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsolePlayer,
                      plancia_console_player,
                      PLANCIA,
                      CONSOLE_PLAYER,
                      GObject)

typedef enum {
  PLANCIA_CONSOLE_PLAYED,    /* all of it */
  PLANCIA_CONSOLE_STOPPED,   /* by a person */
  PLANCIA_CONSOLE_TIMED_OUT, /* what was waited for did not come */
  PLANCIA_CONSOLE_NOT_SENT,  /* the port did not take it */
} PlanciaConsoleOutcome;

PlanciaConsolePlayer *plancia_console_player_new (void);
/* What was playing is stopped. Takes steps (transfer full). */
void plancia_console_player_play (PlanciaConsolePlayer *self, GArray *steps);
void plancia_console_player_stop (PlanciaConsolePlayer *self);
void plancia_console_player_sent (PlanciaConsolePlayer *self, gboolean well);
/* What the device says. */
void     plancia_console_player_hear (PlanciaConsolePlayer *self, GBytes *bytes);
gboolean plancia_console_player_is_running (PlanciaConsolePlayer *self);
/* 0 to 1; repeated steps count once. */
double plancia_console_player_get_progress (PlanciaConsolePlayer *self);
/* What was heard since the last step that sent. (transfer full) */
GBytes *plancia_console_player_dup_heard (PlanciaConsolePlayer *self);

G_END_DECLS
