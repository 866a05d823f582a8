/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal.h"

G_BEGIN_DECLS

/* What the worker of a terminal tells the main thread, in order: an item of a mailbox. */
typedef enum {
  PLANCIA_TERMINAL_NEWS_OPENED, /* port, settings, lines; or error. task */
  PLANCIA_TERMINAL_NEWS_BYTES,  /* bytes, direction */
  PLANCIA_TERMINAL_NEWS_LOST,   /* the port went away; waiting: it is waited for */
  PLANCIA_TERMINAL_NEWS_BACK,   /* port, lines */
  PLANCIA_TERMINAL_NEWS_SET_UP, /* settings; or error. task */
  PLANCIA_TERMINAL_NEWS_LINES,  /* lines, counters' errors */
  PLANCIA_TERMINAL_NEWS_DONE,   /* task: all was written; or error */
  PLANCIA_TERMINAL_NEWS_CLOSED, /* task */
} PlanciaTerminalNewsKind;

typedef struct
{
  PlanciaTerminalNewsKind kind;
  guint                   epoch; /* which opening it belongs to */
  gint64                  time;
  int                     direction; /* PlanciaConsoleDirection */
  GBytes                 *bytes;
  GError                 *error;
  GTask                  *task; /* to be returned on the main thread */
  PlanciaSerialPortInfo  *port;
  PlanciaSerialSettings   settings;
  guint                   lines;
  PlanciaTerminalCounters counters; /* only what the driver counts */
  gboolean                waiting;
} PlanciaTerminalNews;

PlanciaTerminalNews *plancia_terminal_news_new (PlanciaTerminalNewsKind kind, guint epoch);
/* Main thread. A task that nobody returned returns "cancelled". */
void plancia_terminal_news_free (gpointer data);
/* A PlanciaMailboxMayDrop: bytes that nobody has the time to look at. */
gboolean plancia_terminal_news_may_drop (gconstpointer news);

G_END_DECLS
