/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "model/console-buffer.h"
#include "model/console-log.h"
#include "model/console-player.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* What belongs to one console while its backend lives, whatever page is shown: its lines, its log, its player. Nothing is sent
 * but by plancia_console_feed_send() and what a person lets the player play. Signal "log-changed" (): a log began, grew or
 * ended. Main thread. */
#define PLANCIA_TYPE_CONSOLE_FEED (plancia_console_feed_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleFeed, plancia_console_feed, PLANCIA, CONSOLE_FEED, GObject)

/* The feed of a backend, made when it is first asked for. (transfer none) */
PlanciaConsoleFeed   *plancia_console_feed_of (PlanciaBackend *backend, PlanciaAddress *address);
PlanciaConsoleBuffer *plancia_console_feed_get_buffer (PlanciaConsoleFeed *self);
PlanciaConsolePlayer *plancia_console_feed_get_player (PlanciaConsoleFeed *self);
PlanciaConsoleLog    *plancia_console_feed_get_log (PlanciaConsoleFeed *self); /* or NULL */
/* Path of the port: its history is kept under it. */
const char *plancia_console_feed_get_port (PlanciaConsoleFeed *self);
void        plancia_console_feed_send (PlanciaConsoleFeed *self, GBytes *bytes);
void        plancia_console_feed_start_log (PlanciaConsoleFeed         *self,
                                            GFile                      *file,
                                            PlanciaConsoleExport        kind,
                                            const PlanciaConsoleFormat *format,
                                            guint64                     limit);
void        plancia_console_feed_stop_log (PlanciaConsoleFeed *self);

G_END_DECLS
