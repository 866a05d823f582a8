/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A file of SQLite, for the sources of this folder that keep something in one: the only place that knows its header. Blocking,
 * one thread at a time. Errors are G_IO_ERROR: INVALID_DATA for a damaged file; PLANCIA_DOCUMENT_ERROR_VERSION for a file of a
 * newer Plancia, which is left as it is. */

/* What sort of file it is; static. */
typedef struct
{
  const char *name;           /* "History store", for errors */
  const char *content;        /* "histories" */
  int         version;        /* raise with each change of the tables */
  guint32     application_id; /* so that file (1) and we can tell it from others */
  const char *tables;         /* SQL that makes them */
  /* SQL from version i + 1 to the next one, version - 1 of them; NULL for a first version */
  const char *const *migrations;
  const char *synchronous; /* "NORMAL": the last commits may be lost if the machine stops; "FULL" */
} PlanciaDatabaseKind;

typedef struct
{
  sqlite3                   *handle;
  const PlanciaDatabaseKind *kind;
} PlanciaDatabase;

/* Finalized at the end of its block. */
typedef sqlite3_stmt PlanciaStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaStatement, sqlite3_finalize)

/* path: or ":memory:". Opens the file or begins a new one, readable to its owner alone. One of a newer version and one that
 * holds something else are refused and not written to. */
PlanciaDatabase      *
plancia_database_open (const char *path, const PlanciaDatabaseKind *kind, GError **error);
void plancia_database_close (PlanciaDatabase *self);
/* A damaged file that is closed: renamed with its date, so that a new one can be begun. (transfer full): its new name; NULL if it
 * cannot be. */
char *plancia_database_set_aside (const char *path, const GError *damage, GError **error);
/* From now on statements stop with CANCELLED when it is; NULL: they no longer do. Borrowed. */
void plancia_database_set_cancellable (PlanciaDatabase *self, GCancellable *cancellable);
/* Reads every page. FALSE and INVALID_DATA with what is wrong first; CANCELLED. */
gboolean
plancia_database_check_integrity (PlanciaDatabase *self, GCancellable *cancellable, GError **error);
/* The one place where SQLite's codes become ours. */
gboolean
plancia_database_check (PlanciaDatabase *self, int result, const char *what, GError **error);
gboolean
plancia_database_execute (PlanciaDatabase *self, const char *sql, const char *what, GError **error);
PlanciaStatement *plancia_database_prepare (PlanciaDatabase *self, const char *sql, GError **error);
/* Runs a statement without rows, ready to be bound again. */
gboolean plancia_database_run (PlanciaDatabase  *self,
                               PlanciaStatement *statement,
                               const char       *what,
                               GError          **error);
/* The number in the first column of the first row; 0 if there is none. */
gboolean plancia_database_read_number (PlanciaDatabase *self,
                                       const char      *sql,
                                       gint64          *number,
                                       GError         **error);
/* A transaction that waits for other writers. */
gboolean plancia_database_begin (PlanciaDatabase *self, GError **error);
/* Ends it: good says whether its statements went well. FALSE: all is as it was before. */
gboolean plancia_database_end (PlanciaDatabase *self, gboolean good, GError **error);
/* text may be NULL. */
void plancia_statement_bind_text (PlanciaStatement *self, int index, const char *text);
/* (transfer full) (nullable) */
char *plancia_statement_dup_text (PlanciaStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaDatabase, plancia_database_close)

G_END_DECLS
