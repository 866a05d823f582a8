/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "history/journal.h"
#include "map/raw-edit.h"
#include "store-questions.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char           *folder;
  char           *path;
  PlanciaJournal *journal;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("plancia-journal-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  fixture->journal = plancia_journal_new (fixture->path);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  plancia_journal_close (fixture->journal);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_finalize_object (fixture->journal);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* --- questions as plain calls ----------------------------------------------------------------- */

static GPtrArray *
list_filtered (PlanciaJournal *journal, const PlanciaJournalFilter *filter)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  plancia_journal_list_async (journal, filter, NULL, keep_result, &result);
  wait_for_result (&result, "list");
  entries = plancia_journal_list_finish (journal, result, &error);
  g_assert_no_error (error);
  return entries;
}

static GPtrArray *
list (PlanciaJournal *journal)
{
  const PlanciaJournalFilter filter = {0};

  return list_filtered (journal, &filter);
}

static GPtrArray *
list_open (PlanciaJournal *journal)
{
  const PlanciaJournalFilter filter = {.open_only = TRUE};

  return list_filtered (journal, &filter);
}

static PlanciaVerdict
settle (PlanciaJournal *journal, const PlanciaJournalEntry *entry, const guint16 *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaVerdict verdict;

  plancia_journal_settle_async (journal, entry, words, keep_result, &result);
  wait_for_result (&result, "settle");
  plancia_journal_settle_finish (journal, result, &verdict, &error);
  g_assert_no_error (error);
  return verdict;
}

static PlanciaWriteLog *
new_log (PlanciaJournal *journal, const char *device)
{
  const PlanciaJournalPlace place = {.plant = "Rossi, Arezzo",
                                     .device_id = "d1",
                                     .device = device,
                                     .serial = "ZP1ES110K00001",
                                     .route = "modbus-tcp://127.0.0.1:502/1",
                                     .map = "sim-heat-pump"};

  return plancia_journal_log (journal, &place);
}

static gint64
begin (PlanciaWriteLog *log, guint16 address, guint16 before, guint16 word, GError **error)
{
  g_autoptr (GPtrArray) edits = plancia_raw_edits_new (address, &word, 1, 16);
  const PlanciaWriteRequest request = {.unit = 1,
                                       .function = 16,
                                       .address = address,
                                       .count = 1,
                                       .before = &before,
                                       .words = &word,
                                       .edits = edits};

  return plancia_write_log_begin (log, &request, error);
}

static gint64
begin_good (PlanciaWriteLog *log, guint16 address, guint16 before, guint16 word)
{
  g_autoptr (GError) error = NULL;
  gint64 id = begin (log, address, before, word, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaWriteLog) log = new_log (fixture->journal, "Heat pump");
  gint64  id = begin_good (log, 0x1110, 0, 2);
  guint16 after = 2;
  g_autoptr (GPtrArray) running = list (fixture->journal);
  g_autoptr (GPtrArray) ended = NULL;
  const PlanciaJournalEntry *entry = g_ptr_array_index (running, 0);
  const PlanciaJournalItem  *item;

  g_assert_cmpuint (running->len, ==, 1);
  g_assert_cmpint (entry->state, ==, PLANCIA_JOURNAL_RUNNING);
  g_assert_false (entry->sent);
  plancia_write_log_sent (log, id);
  plancia_write_log_end (log, id, PLANCIA_VERDICT_VERIFIED, &after, 1, "as sent");

  ended = list (fixture->journal);
  g_assert_cmpuint (ended->len, ==, 1);
  entry = g_ptr_array_index (ended, 0);
  g_assert_cmpint (entry->id, ==, id);
  g_assert_cmpint (entry->state, ==, PLANCIA_JOURNAL_FINISHED);
  g_assert_true (entry->sent);
  g_assert_cmpint (entry->verdict, ==, PLANCIA_VERDICT_VERIFIED);
  g_assert_cmpstr (entry->plant, ==, "Rossi, Arezzo");
  g_assert_cmpstr (entry->device, ==, "Heat pump");
  g_assert_cmpstr (entry->serial, ==, "ZP1ES110K00001");
  g_assert_cmpstr (entry->route, ==, "modbus-tcp://127.0.0.1:502/1");
  g_assert_cmpstr (entry->user, ==, g_get_user_name ());
  g_assert_cmpstr (entry->kind, ==, "write");
  g_assert_cmpstr (entry->old, ==, "0000");
  g_assert_cmpstr (entry->new_, ==, "0002");
  g_assert_cmpstr (entry->after, ==, "0002");
  g_assert_cmpstr (entry->message, ==, "as sent");
  g_assert_cmpuint (entry->items->len, ==, 1);
  item = g_ptr_array_index (entry->items, 0);
  g_assert_cmpstr (item->key, ==, "raw_1110");
  g_assert_cmpstr (item->name, ==, "0x1110");
  g_assert_cmpuint (item->address, ==, 0x1110);
}

/* What is on disk cannot be changed, not even by somebody who tries. */
static void
test_append_only (Fixture *fixture, gconstpointer data)
{
  static const char *const attempts[] = {"UPDATE request SET new = '0000'",
                                         "DELETE FROM request",
                                         "UPDATE event SET what = 'verified'",
                                         "DELETE FROM event",
                                         "UPDATE item SET new = 'x'",
                                         "DELETE FROM item"};
  g_autofree char         *tool = g_find_program_in_path ("sqlite3");
  g_autoptr (PlanciaWriteLog) log = new_log (fixture->journal, "Heat pump");
  gint64 id = begin_good (log, 0x10, 1, 2);

  plancia_write_log_sent (log, id);
  if (tool == NULL) {
    g_test_skip ("there is no sqlite3 program");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++) {
    g_autofree char *complaint = NULL;
    const char      *argv[] = {tool, fixture->path, attempts[i], NULL};
    int              status;

    g_spawn_sync (NULL,
                  (char **) argv,
                  NULL,
                  G_SPAWN_STDOUT_TO_DEV_NULL,
                  NULL,
                  NULL,
                  NULL,
                  &complaint,
                  &status,
                  NULL);
    g_assert_cmpint (status, !=, 0);
    g_assert_nonnull (strstr (complaint, "only added to"));
  }
}

/* A program that is killed leaves its request behind: open, and honest about whether it left. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  gboolean sent = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) settled = NULL;
  const PlanciaJournalEntry *entry;
  const guint16              found = 2;
  pid_t                      child;
  int                        status;

  /* A thread of this process would not live on in the child. */
  g_assert_finalize_object (fixture->journal);
  child = fork ();
  if (child == 0) {
    g_autoptr (PlanciaJournal) journal = plancia_journal_new (fixture->path);
    g_autoptr (PlanciaWriteLog) log = new_log (journal, "Heat pump");
    gint64 id = begin (log, 0x1110, 0, 2, NULL);

    if (sent)
      plancia_write_log_sent (log, id);
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));

  fixture->journal = plancia_journal_new (fixture->path);
  open = list_open (fixture->journal);
  g_assert_cmpuint (open->len, ==, 1);
  entry = g_ptr_array_index (open, 0);
  g_assert_cmpint (entry->state, ==, PLANCIA_JOURNAL_OPEN);
  g_assert_cmpint (entry->sent, ==, sent);
  g_assert_cmpint (settle (fixture->journal, entry, sent ? &found : NULL),
                   ==,
                   sent ? PLANCIA_VERDICT_VERIFIED : PLANCIA_VERDICT_UNKNOWN);
  settled = list_open (fixture->journal);
  g_assert_cmpuint (settled->len, ==, 0);
}

/* What another program that lives is at is not to be asked about. */
static void
test_two_programs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaJournal) other = plancia_journal_new (fixture->path);
  g_autoptr (PlanciaWriteLog) log = new_log (other, "Heat pump");
  gint64 id = begin_good (log, 0x1110, 0, 2);
  g_autoptr (GPtrArray) open = list_open (fixture->journal);
  g_autoptr (GPtrArray) all = list (fixture->journal);

  g_assert_cmpuint (open->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((PlanciaJournalEntry *) g_ptr_array_index (all, 0))->state,
                   ==,
                   PLANCIA_JOURNAL_RUNNING);
  plancia_write_log_end (log, id, PLANCIA_VERDICT_REFUSED, NULL, 0, NULL);
  plancia_journal_close (other);
}

static void
test_differs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaJournal) other = plancia_journal_new (fixture->path);
  g_autoptr (PlanciaWriteLog) log = new_log (other, "Heat pump");
  guint16 found = 1;
  g_autoptr (GPtrArray) open = NULL;

  begin_good (log, 0x1110, 0, 2);
  plancia_journal_close (other); /* as if it had ended without a word */
  open = list_open (fixture->journal);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (settle (fixture->journal, g_ptr_array_index (open, 0), &found),
                   ==,
                   PLANCIA_VERDICT_DIFFERS);
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  static const PlanciaVerdict verdicts[] = {PLANCIA_VERDICT_VERIFIED,
                                            PLANCIA_VERDICT_REFUSED,
                                            PLANCIA_VERDICT_SKIPPED,
                                            PLANCIA_VERDICT_UNKNOWN};
  g_autoptr (PlanciaWriteLog) log = new_log (fixture->journal, "Heat pump");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) counts = NULL;
  guint total, today;

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    plancia_write_log_end (log, begin_good (log, 0x1110, 0, 2), verdicts[i], NULL, 0, NULL);
  plancia_write_log_end (log, begin_good (log, 0x1023, 0, 2), verdicts[0], NULL, 0, NULL);
  plancia_journal_count_async (fixture->journal, "ZP1ES110K00001", NULL, keep_result, &result);
  wait_for_result (&result, "count");
  counts = plancia_journal_count_finish (fixture->journal, result, NULL);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpuint (g_array_index (counts, PlanciaJournalCount, 0).address, ==, 0x1023);
  plancia_journal_sum (counts, 0x1110, &total, &today);
  g_assert_cmpuint (total, ==, 2);
  g_assert_cmpuint (today, ==, 2);
  plancia_journal_sum (counts, 0x1111, &total, &today);
  g_assert_cmpuint (total, ==, 0);
}

static void
test_notes_and_csv (Fixture *fixture, gconstpointer data)
{
  const PlanciaJournalFilter pump = {.device = "Pump, \"old\""};
  const PlanciaJournalFilter none = {.device = "nobody"};
  g_autoptr (PlanciaWriteLog) log = new_log (fixture->journal, "Pump, \"old\"");
  gint64 id = begin_good (log, 0x10, 1, 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) nothing = list_filtered (fixture->journal, &none);
  g_autofree char *csv = NULL;

  plancia_journal_note_async (fixture->journal, id, "asked by the owner", keep_result, &result);
  wait_for_result (&result, "note");
  g_assert_true (plancia_journal_note_finish (fixture->journal, result, NULL));
  found = list_filtered (fixture->journal, &pump);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (found->len, ==, 1);
  csv = plancia_journal_to_csv (found);
  g_assert_true (g_str_has_prefix (csv, "time,plant,device,serial,route,"));
  g_assert_nonnull (strstr (csv, "\r\n"));
  g_assert_nonnull (strstr (csv, ",\"Rossi, Arezzo\",\"Pump, \"\"old\"\"\",ZP1ES110K00001,"));
  g_assert_nonnull (strstr (csv, ",0x0010,1,16,"));
  g_assert_true (g_str_has_suffix (csv, "asked by the owner\r\n"));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaWriteLog) log = new_log (fixture->journal, "Heat pump");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint       aside = 0;

  g_assert_true (g_file_set_contents (fixture->path,
                                      "this is no database at all, but some text "
                                      "that is longer than its head would be",
                                      -1,
                                      NULL));
  begin_good (log, 0x10, 1, 2);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    aside += strstr (name, ".damaged-") != NULL;
  g_assert_cmpuint (aside, ==, 1);
}

/* Without a place to write, nothing may be sent. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below", "a-file.sqlite", NULL);
  g_autoptr (PlanciaJournal) journal = plancia_journal_new (path);
  g_autoptr (PlanciaWriteLog) log = new_log (journal, "Heat pump");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (begin (log, 0x10, 1, 2, &error), ==, 0);
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_RECORDED);
  plancia_journal_close (journal);
  g_clear_error (&error);
  g_assert_cmpint (begin (log, 0x10, 1, 2, &error), ==, 0);
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_RECORDED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  add ("/journal/killed/begun", GINT_TO_POINTER (FALSE), test_killed);
  add ("/journal/killed/sent", GINT_TO_POINTER (TRUE), test_killed);
  add ("/journal/row", NULL, test_row);
  add ("/journal/append-only", NULL, test_append_only);
  add ("/journal/two-programs", NULL, test_two_programs);
  add ("/journal/differs", NULL, test_differs);
  add ("/journal/counts", NULL, test_counts);
  add ("/journal/notes-and-csv", NULL, test_notes_and_csv);
  add ("/journal/damaged", NULL, test_damaged);
  add ("/journal/unwritable", NULL, test_unwritable);
  return g_test_run ();
}
