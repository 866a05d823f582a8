/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The log of the program: the last lines of everything that goes through GLib's log, in memory. What is a secret is masked
 * before it gets in. Any thread. */

typedef enum {
  PLANCIA_LOG_DETAIL,  /* g_info: what is of use when something is looked for */
  PLANCIA_LOG_NOTE,    /* g_message: what the program did */
  PLANCIA_LOG_WARNING, /* g_warning: what went wrong */
  PLANCIA_LOG_ERROR,   /* g_critical, g_error: what must not happen */
} PlanciaLogLevel;

#define PLANCIA_LOG_LIMIT 2000 /* lines that are kept */

/* Immutable, counted. */
typedef struct
{
  guint64         number; /* from 1, ascending */
  gint64          time;   /* ms UTC, of the last time */
  PlanciaLogLevel level;
  guint           times;  /* how often it came in a row */
  char           *domain; /* "plancia-link", "Gtk"; never NULL */
  char           *text;
} PlanciaLogLine;

PlanciaLogLine *plancia_log_line_ref (PlanciaLogLine *self);
void            plancia_log_line_unref (PlanciaLogLine *self);

/* "2026-06-12T14:05:37.000Z warning plancia-link: text (3 times)". (transfer full) */
char *plancia_log_line_dup_text (const PlanciaLogLine *self);

/* Once, before anything is logged. Standard error gets what it got before. */
void plancia_log_install (void);
/* For the writer and tests; text need not be UTF-8. */
void plancia_log_add (PlanciaLogLevel level, const char *domain, const char *text);
/* What the program did or met, for people. */
void plancia_log_say (PlanciaLogLevel level, const char *domain, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
/* Never in the log from now on, nor in what plancia_log_dup_masked gives. Shorter than six bytes: ignored. */
void plancia_log_add_secret (const char *secret);
/* Each secret as dots. (transfer full) */
char *plancia_log_dup_masked (const char *text);

/* Changes with each line: cheap to ask. */
guint64 plancia_log_get_change (void);
/* Oldest first. (transfer full) GPtrArray of PlanciaLogLine*, which are (transfer full) too. */
GPtrArray *plancia_log_list (void);
/* How many fell out since the start. */
guint64 plancia_log_get_dropped (void);
void    plancia_log_clear (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaLogLine, plancia_log_line_unref)

G_END_DECLS
