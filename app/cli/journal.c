/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli journal: what was written to devices, and what became of it. */

#include "cli/journal.h"

#include "base/text.h"
#include "cli/cli.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "cli/target.h"
#include "cli/wait.h"
#include "model/journal-words.h"
#include <glib/gi18n.h>
#include <string.h>

static char    *option_device;
static char    *option_csv;
static char    *option_note;
static gboolean option_json;
static gboolean option_open;
static gboolean option_counts;
static int      option_read_back;
static int      option_leave;
static int      option_last;

static const GOptionEntry entries[] = {
  {"device",
   0,              0,
   G_OPTION_ARG_STRING,                  &option_device,
   N_ ("Only of this device: name, id, address or serial number"),                     N_ ("DEVICE")     },
   {"last",
   0,              0,
   G_OPTION_ARG_INT,                     &option_last,
   N_ ("Only the newest NUMBER"),                                                      N_ ("NUMBER")     },
    {"open",
   0,              0,
   G_OPTION_ARG_NONE,                    &option_open,
   N_ ("Only what was cut off, so that its outcome is unknown"),                       NULL              },
     {"counts",
   0,              0,
   G_OPTION_ARG_NONE,                    &option_counts,
   N_ ("How often each register of --device was written, by day"),                     NULL              },
      {"read-back",
   0,              0,
   G_OPTION_ARG_INT,                     &option_read_back,
   N_ ("Read what was cut off as NUMBER back from the device, and add what is found"), N_ ("NUMBER")     },
       {"leave",
   0,              0,
   G_OPTION_ARG_INT,                     &option_leave,
   N_ ("Do not ask about NUMBER any more: its outcome stays unknown"),                 N_ ("NUMBER")     },
        {"note",
   0,              0,
   G_OPTION_ARG_STRING,                  &option_note,
   N_ ("Add a note to a row"),                                                         N_ ("NUMBER=TEXT")},
         {"csv",
   0,              0,
   G_OPTION_ARG_FILENAME,                &option_csv,
   N_ ("Write the rows to a CSV file"),                                                N_ ("FILE")       },
          {"json",      0, 0, G_OPTION_ARG_NONE, &option_json,      N_ ("Print JSON"),         NULL              },
           G_OPTION_ENTRY_NULL
};

/* --- asking the journal ----------------------------------------------------------------------- */

static PlanciaJournal *
open_journal (void)
{
  g_autofree char *path = plancia_journal_default_path ();

  return plancia_journal_new (path);
}

static GPtrArray *
list (PlanciaJournal *journal, const PlanciaJournalFilter *filter, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_journal_list_async (journal, filter, NULL, plancia_cli_keep_result, &result);

  return plancia_journal_list_finish (journal, plancia_cli_wait (&result), error);
}

/* (transfer full) */
static char *
local_time (gint64 time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return plancia_text_iso_time (time, zone);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void
print_table (GPtrArray *rows)
{
  const char *titles[] = {
    ">#",
    _ ("Time"),
       _ ("Device"), _ ("Request"), _ ("Values"), _ ("Outcome"), _ ("By"), _ ("Note"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (rows, i);
    g_autofree char           *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);
    g_autofree char           *time = local_time (entry->time);
    g_autofree char           *request =
      g_strdup_printf ("0x%04X\303\227%u, %u", entry->address, entry->count, entry->function);
    g_autofree char *values = plancia_journal_values_text (entry, TRUE);

    plancia_table_add (table,
                       number,
                       time,
                       entry->device,
                       request,
                       values,
                       plancia_journal_outcome_text (entry),
                       entry->user,
                       entry->note);
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static const char *
state_word (const PlanciaJournalEntry *entry)
{
  if (entry->state == PLANCIA_JOURNAL_FINISHED)
    return plancia_verdict_name (entry->verdict);

  return entry->state == PLANCIA_JOURNAL_RUNNING ? "running" : "open";
}

static void
append_items (GString *out, const PlanciaJournalEntry *entry)
{
  plancia_json_out_key (out, "registers");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < entry->items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (entry->items, i);

    plancia_json_out_open (out, '{');
    plancia_json_out_member (out, "key", item->key);
    plancia_json_out_key (out, "address");
    plancia_json_out_integer (out, item->address);
    plancia_json_out_member (out, "old", item->old);
    plancia_json_out_member (out, "new", item->new_);
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
}

static void
append_entry (GString *out, const PlanciaJournalEntry *entry)
{
  g_autofree char *time = plancia_text_utc_time (entry->time);

  plancia_json_out_open (out, '{');
  plancia_json_out_key (out, "id");
  plancia_json_out_integer (out, entry->id);
  plancia_json_out_member (out, "time", time);
  plancia_json_out_member (out, "plant", entry->plant);
  plancia_json_out_member (out, "device", entry->device);
  plancia_json_out_member (out, "serial", entry->serial);
  plancia_json_out_member (out, "route", entry->route);
  plancia_json_out_member (out, "kind", entry->kind);
  plancia_json_out_key (out, "function");
  plancia_json_out_integer (out, entry->function);
  plancia_json_out_key (out, "address");
  plancia_json_out_integer (out, entry->address);
  append_items (out, entry);
  plancia_json_out_member (out, "raw_old", entry->old);
  plancia_json_out_member (out, "raw_new", entry->new_);
  plancia_json_out_member (out, "raw_read_back", entry->after);
  plancia_json_out_member (out, "outcome", state_word (entry));
  plancia_json_out_key (out, "sent");
  plancia_json_out_raw (out, entry->sent ? "true" : "false");
  plancia_json_out_member (out, "message", entry->message);
  plancia_json_out_member (out, "user", entry->user);
  plancia_json_out_member (out, "note", entry->note);
  plancia_json_out_close (out, '}');
}

static void
print_json (GPtrArray *rows)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < rows->len; i++)
    append_entry (out, g_ptr_array_index (rows, i));
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static int
show_list (PlanciaJournal *journal)
{
  const PlanciaJournalFilter filter = {.device = option_device,
                                       .open_only = option_open,
                                       .limit = (guint) MAX (option_last, 0)};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = list (journal, &filter, &error);
  g_autofree char *csv = rows != NULL && option_csv != NULL ? plancia_journal_to_csv (rows) : NULL;

  if (csv != NULL)
    g_file_set_contents (option_csv, csv, -1, &error);
  if (error != NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (option_json)
    print_json (rows);
  else if (option_csv == NULL)
    print_table (rows);

  return PLANCIA_CLI_DONE;
}

/* --- how often -------------------------------------------------------------------------------- */

static void
print_counts (GArray *counts)
{
  const char *titles[] = {_ ("Register"), _ ("Day"), NULL, NULL};
  /* Translators: head of a column of counts. */
  g_autofree char *writes = g_strconcat (">", _ ("Writes"), NULL);
  g_autoptr (PlanciaTable) table = NULL;
  g_autofree char *text = NULL;

  titles[2] = writes;
  table = plancia_table_new (titles);
  for (guint i = 0; i < counts->len; i++) {
    const PlanciaJournalCount *count = &g_array_index (counts, PlanciaJournalCount, i);
    g_autofree char           *address = g_strdup_printf ("0x%04X", count->address);
    g_autofree char           *day = local_time (count->day);
    g_autofree char           *number = g_strdup_printf ("%u", count->count);

    day[10] = '\0';
    plancia_table_add (table, address, day, number);
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static void
print_counts_json (GArray *counts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < counts->len; i++) {
    const PlanciaJournalCount *count = &g_array_index (counts, PlanciaJournalCount, i);
    g_autofree char           *day = local_time (count->day);

    day[10] = '\0';
    plancia_json_out_open (out, '{');
    plancia_json_out_key (out, "address");
    plancia_json_out_integer (out, count->address);
    plancia_json_out_member (out, "day", day);
    plancia_json_out_key (out, "writes");
    plancia_json_out_integer (out, count->count);
    plancia_json_out_close (out, '}');
  }
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static int
show_counts (PlanciaJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = NULL;

  if (option_device == NULL)
    return plancia_cli_wrong_use (_ ("--counts needs --device."));
  plancia_journal_count_async (journal, option_device, NULL, plancia_cli_keep_result, &result);
  counts = plancia_journal_count_finish (journal, plancia_cli_wait (&result), &error);
  if (counts == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (option_json)
    print_counts_json (counts);
  else
    print_counts (counts);

  return PLANCIA_CLI_DONE;
}

/* --- settling what was cut off ---------------------------------------------------------------- */

static PlanciaJournalEntry *
find_open (PlanciaJournal *journal, gint64 id)
{
  const PlanciaJournalFilter filter = {.open_only = TRUE, .id = id};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = list (journal, &filter, &error);

  if (rows != NULL && rows->len > 0)
    return plancia_journal_entry_ref (g_ptr_array_index (rows, 0));
  if (error != NULL)
    plancia_cli_complain ("%s", error->message);
  else
    plancia_cli_complain (_ ("Row %d of the journal was not cut off."), (int) id);

  return NULL;
}

static GArray *
read_words (const PlanciaJournalEntry *entry, GError **error)
{
  const PlanciaTargetOptions options = {.name = entry->route};
  g_autoptr (PlanciaTarget) target = plancia_target_new (&options);

  if (target == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("no such route"));
    return NULL;
  }
  if (!plancia_target_open (target, FALSE, error))
    return NULL;

  return plancia_target_read_raw (target, 3, entry->address, (guint16) entry->count, error);
}

static int
settle (PlanciaJournal *journal, gint64 id, gboolean read)
{
  g_autoptr (PlanciaJournalEntry) entry = find_open (journal, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) words = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  PlanciaVerdict verdict;

  if (entry == NULL)
    return PLANCIA_CLI_USAGE;
  words = read ? read_words (entry, &error) : NULL;
  if (words == NULL && read) {
    plancia_cli_complain ("%s: %s", entry->route, error->message);
    return PLANCIA_CLI_FAILED;
  }
  plancia_journal_settle_async (journal,
                                entry,
                                words != NULL ? (const guint16 *) (gpointer) words->data : NULL,
                                plancia_cli_keep_result,
                                &result);
  if (!plancia_journal_settle_finish (journal, plancia_cli_wait (&result), &verdict, &error)) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  g_print ("%" G_GINT64_FORMAT ": %s\n", id, plancia_verdict_name (verdict));

  return verdict == PLANCIA_VERDICT_DIFFERS ? PLANCIA_CLI_FAILED : PLANCIA_CLI_DONE;
}

static int
add_note (PlanciaJournal *journal)
{
  const char *sign = strchr (option_note, '=');
  gint64      id = g_ascii_strtoll (option_note, NULL, 10);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (sign == NULL || id <= 0)
    return plancia_cli_wrong_use (_ ("\"%s\" is not NUMBER=TEXT."), option_note);
  plancia_journal_note_async (journal, id, sign + 1, plancia_cli_keep_result, &result);
  if (plancia_journal_note_finish (journal, plancia_cli_wait (&result), &error))
    return PLANCIA_CLI_DONE;
  plancia_cli_complain ("%s", error->message);

  return PLANCIA_CLI_FAILED;
}

/**
 * plancia_cli_tell_open:
 *
 * Blocking. What cannot be read is not worth a sentence here: a write that cannot be recorded says so itself.
 */
void
plancia_cli_tell_open (void)
{
  const PlanciaJournalFilter filter = {.open_only = TRUE};
  g_autoptr (PlanciaJournal) journal = NULL;
  g_autofree char *path = plancia_journal_default_path ();
  g_autoptr (GPtrArray) rows = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  journal = plancia_journal_new (path);
  rows = list (journal, &filter, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (rows, i);
    g_autofree char           *values = plancia_journal_values_text (entry, TRUE);

    plancia_cli_complain (_ ("An earlier write to %s was cut off (%s): %s. To read it back: plancia-cli journal --read-back %d"),
      entry->device,
      values,
      plancia_journal_outcome_text (entry),
      (int) entry->id);
  }
}

/**
 * plancia_cli_journal:
 * @arguments: "journal" and what follows
 *
 * Runs the main context until done.
 *
 * Returns: the exit code
 */
int
plancia_cli_journal (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaJournal) journal = NULL;
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        NULL,
        _ ("Lists what was written to devices, and what became of it."), NULL, entries, &code))
    return code;
  if (rest[1] != NULL)
    return plancia_cli_wrong_use (_ ("\"%s\" is not an option of journal."), rest[1]);

  journal = open_journal ();
  if (option_note != NULL)
    return add_note (journal);
  if (option_read_back > 0)
    return settle (journal, option_read_back, TRUE);
  if (option_leave > 0)
    return settle (journal, option_leave, FALSE);

  return option_counts ? show_counts (journal) : show_list (journal);
}
