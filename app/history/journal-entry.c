/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/journal.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/text.h"
#include <string.h>

PlanciaJournalEntry *
plancia_journal_entry_ref (PlanciaJournalEntry *self)
{
  g_ref_count_inc (&self->references);
  return self;
}

void
plancia_journal_entry_unref (PlanciaJournalEntry *self)
{
  char *texts[] = {self->plant,
                   self->device_id,
                   self->device,
                   self->serial,
                   self->route,
                   self->map,
                   self->user,
                   self->kind,
                   self->old,
                   self->new_,
                   self->after,
                   self->message,
                   self->note};

  if (!g_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * plancia_journal_parse_words:
 * @text: (nullable): "0001 003C"
 * @words: (array) (out caller-allocates): @count of them
 */
gboolean
plancia_journal_parse_words (const char *text, guint16 *words, guint count)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);

  if (g_strv_length (parts) != count)
    return FALSE;
  for (guint i = 0; i < count; i++) {
    guint64 word;

    if (!g_ascii_string_to_unsigned (parts[i], 16, 0, G_MAXUINT16, &word, NULL))
      return FALSE;
    words[i] = (guint16) word;
  }
  return TRUE;
}

/**
 * plancia_journal_entry_compare:
 * @found: (array): entry->count words
 *
 * Only what a person asked for counts: constants and words written along may have moved since.
 */
PlanciaVerdict
plancia_journal_entry_compare (const PlanciaJournalEntry *entry, const guint16 *found)
{
  g_autofree guint16 *sent = g_new0 (guint16, entry->count);

  if (!plancia_journal_parse_words (entry->new_, sent, entry->count))
    return PLANCIA_VERDICT_UNKNOWN;
  for (guint i = 0; i < entry->items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (entry->items, i);

    for (guint j = 0; j < item->count; j++)
      if (sent[item->address - entry->address + j] != found[item->address - entry->address + j])
        return PLANCIA_VERDICT_DIFFERS;
  }
  return PLANCIA_VERDICT_VERIFIED;
}

static gboolean
is_today (gint64 midnight)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (midnight / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (plancia_clock_now () / 1000);

  return g_date_time_get_year (day) == g_date_time_get_year (now) &&
         g_date_time_get_day_of_year (day) == g_date_time_get_day_of_year (now);
}

void
plancia_journal_sum (const GArray *counts, guint16 address, guint *total, guint *today)
{
  *total = *today = 0;
  for (guint i = 0; i < counts->len; i++) {
    const PlanciaJournalCount *count = &g_array_index (counts, PlanciaJournalCount, i);

    if (count->address != address)
      continue;
    *total += count->count;
    if (is_today (count->day))
      *today += count->count;
  }
}

/* --- CSV ------------------------------------------------------------------------------------- */

static char *
join_items (const PlanciaJournalEntry *entry, char *(*get) (const PlanciaJournalItem *item))
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entry->items->len; i++) {
    g_autofree char *one = get (g_ptr_array_index (entry->items, i));

    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", one != NULL ? one : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
key_of (const PlanciaJournalItem *item)
{
  return g_strdup (item->key);
}

static char *
old_of (const PlanciaJournalItem *item)
{
  return g_strdup (item->old);
}

static char *
new_of (const PlanciaJournalItem *item)
{
  return g_strdup (item->new_);
}

static const char *
outcome_word (const PlanciaJournalEntry *entry)
{
  switch (entry->state) {
  case PLANCIA_JOURNAL_RUNNING:
    return "running";
  case PLANCIA_JOURNAL_OPEN:
    return entry->sent ? "sent, outcome unknown" : "perhaps sent, outcome unknown";
  case PLANCIA_JOURNAL_FINISHED:
  default:
    return plancia_verdict_name (entry->verdict);
  }
}

static void
append_row (GString *out, const PlanciaJournalEntry *entry)
{
  g_autofree char *time = plancia_text_utc_time (entry->time);
  g_autofree char *function = g_strdup_printf ("%u", entry->function);
  g_autofree char *address = g_strdup_printf ("0x%04X", entry->address);
  g_autofree char *count = g_strdup_printf ("%u", entry->count);
  g_autofree char *unit = g_strdup_printf ("%d", entry->unit);
  g_autofree char *keys = join_items (entry, key_of);
  g_autofree char *old = join_items (entry, old_of);
  g_autofree char *new_ = join_items (entry, new_of);
  const char      *cells[] = {
         time,        entry->plant,   entry->device, entry->serial, entry->route, unit,
         entry->map,  keys,           address,       count,         function,     old,
         new_,        entry->old,     entry->new_,   entry->after,  entry->kind,  outcome_word (entry),
         entry->user, entry->message, entry->note};

  plancia_csv_append_row (out, cells, G_N_ELEMENTS (cells), ',');
}

/**
 * plancia_journal_to_csv:
 * @entries: (element-type PlanciaJournalEntry)
 */
char *
plancia_journal_to_csv (GPtrArray *entries)
{
  GString *out = g_string_new (
    "time,plant,device,serial,route,unit,map,registers,address,count,function,old,"
    "new,raw_old,raw_new,raw_read_back,kind,outcome,user,message,note\r\n");

  for (guint i = 0; i < entries->len; i++)
    append_row (out, g_ptr_array_index (entries, i));
  return g_string_free (out, FALSE);
}
