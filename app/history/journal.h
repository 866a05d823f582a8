/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* What was written to devices: one row a request, on disk before the request leaves, with what became of it added after. Rows
 * are never changed. SQLite on its own worker; nothing above this header knows it. Main thread, but for the logs. */
#define PLANCIA_TYPE_JOURNAL (plancia_journal_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaJournal, plancia_journal, PLANCIA, JOURNAL, GObject)

/* Where something is written, and why; for the columns of the row. All may be NULL but device. */
typedef struct
{
  const char *plant;     /* its name */
  const char *device_id; /* of the plant file, or an address */
  const char *device;    /* its name */
  const char *serial;
  const char *route; /* in words or as an address */
  const char *map;   /* id */
  const char *kind;  /* "write", "undo", "raw", "restore", "clone" */
  const char *note;  /* a person's */
} PlanciaJournalPlace;

/* One register (or run of registers) whose value was asked for. */
typedef struct
{
  char   *key;
  char   *name; /* as it was shown */
  guint16 address;
  guint   count;
  char   *old; /* as it was shown, with unit; NULL if not known */
  char   *new_;
} PlanciaJournalItem;

typedef enum {
  PLANCIA_JOURNAL_RUNNING, /* a program that lives is at it */
  PLANCIA_JOURNAL_OPEN, /* cut off: begun and perhaps sent, or sent; outcome unknown, and not yet looked for */
  PLANCIA_JOURNAL_FINISHED, /* verdict says how */
} PlanciaJournalState;

typedef struct
{
  grefcount           references;
  gint64              id;
  gint64              time; /* ms UTC, before it was sent */
  char               *plant;
  char               *device_id;
  char               *device;
  char               *serial;
  char               *route;
  char               *map;
  char               *user;
  char               *kind;
  int                 unit;
  guint8              function;
  guint16             address;
  guint               count;
  char               *old;   /* raw words "0001 003C" from address on, or NULL */
  char               *new_;  /* raw words as sent */
  char               *after; /* raw words as read back, or NULL */
  GPtrArray          *items; /* PlanciaJournalItem* */
  PlanciaJournalState state;
  gboolean            sent; /* it is known that it left */
  PlanciaVerdict      verdict;
  gint64              ended;   /* ms UTC; 0: never */
  char               *message; /* English, or NULL */
  char               *note;    /* notes, one a line, or NULL */
} PlanciaJournalEntry;

PlanciaJournalEntry *plancia_journal_entry_ref (PlanciaJournalEntry *self);
void                 plancia_journal_entry_unref (PlanciaJournalEntry *self);
/* Words of a raw text; FALSE if there are not count of them. */
gboolean plancia_journal_parse_words (const char *text, guint16 *words, guint count);

/* Whether what was found later is what was sent: verified, differs. */
PlanciaVerdict
plancia_journal_entry_compare (const PlanciaJournalEntry *self, const guint16 *found);

/* What to list; zero and NULL: all. */
typedef struct
{
  const char *device;    /* name, id or serial number */
  gboolean    open_only; /* PLANCIA_JOURNAL_OPEN */
  gint64      id;        /* only this one */
  guint       limit;     /* the newest */
} PlanciaJournalFilter;

/* How often a register was written. */
typedef struct
{
  guint16 address;
  gint64  day; /* ms UTC: midnight at which the local day began */
  guint   count;
} PlanciaJournalCount;

/* Of this user; all plants and both programs write there. (transfer full) */
char *plancia_journal_default_path (void);
/* path: or ":memory:". Opened by the worker at the first question; a damaged file is set aside with its date in the name. */
PlanciaJournal *plancia_journal_new (const char *path);
/* For one write: keeps the record of each of its requests. (transfer full) */
PlanciaWriteLog *plancia_journal_log (PlanciaJournal *self, const PlanciaJournalPlace *place);

/* (transfer full) GPtrArray of PlanciaJournalEntry*, the newest first. */
void       plancia_journal_list_async (PlanciaJournal             *self,
                                       const PlanciaJournalFilter *filter,
                                       GCancellable               *cancellable,
                                       GAsyncReadyCallback         callback,
                                       gpointer                    user_data);
GPtrArray *plancia_journal_list_finish (PlanciaJournal *self, GAsyncResult *result, GError **error);
/* How often each register of a device (serial number, or id) was written, by day. (transfer full) GArray of
 * PlanciaJournalCount, by address and day. */
void    plancia_journal_count_async (PlanciaJournal     *self,
                                     const char         *device,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GArray *plancia_journal_count_finish (PlanciaJournal *self, GAsyncResult *result, GError **error);
/* Of counts, the writes of a register: in all, and since midnight. */
void plancia_journal_sum (const GArray *counts, guint16 address, guint *total, guint *today);
/* A person's words. */
void     plancia_journal_note_async (PlanciaJournal     *self,
                                     gint64              id,
                                     const char         *note,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean plancia_journal_note_finish (PlanciaJournal *self, GAsyncResult *result, GError **error);
/* What was found when an entry that was cut off was read back: words is entry->count of them, NULL when the person does not
 * want to read. The verdict that is recorded is returned by finish. */
void     plancia_journal_settle_async (PlanciaJournal            *self,
                                       const PlanciaJournalEntry *entry,
                                       const guint16             *words,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
gboolean plancia_journal_settle_finish (PlanciaJournal *self,
                                        GAsyncResult   *result,
                                        PlanciaVerdict *verdict,
                                        GError        **error);
/* Signal "changed" (): a row was begun or something was added to one, by this object. Main thread. */

/* Lets what is queued finish, then closes the file; at most a second. */
void plancia_journal_close (PlanciaJournal *self);

/* Text of a CSV file, UTF-8, RFC 4180, with a line of heads. (transfer full) */
char *plancia_journal_to_csv (GPtrArray *entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaJournalEntry, plancia_journal_entry_unref)

G_END_DECLS
