/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison-private.h"

#include "base/clock.h"
#include "base/span.h"

#include <glib/gi18n.h>

static gboolean
reached_device (const PlanciaJournalEntry *entry)
{
  return entry->state == PLANCIA_JOURNAL_FINISHED && entry->sent &&
         entry->verdict != PLANCIA_VERDICT_SKIPPED && entry->verdict != PLANCIA_VERDICT_REFUSED;
}

/* Raw writes know no keys. */
static gboolean
is_of (const PlanciaJournalEntry *entry, PlanciaComparisonRow *row)
{
  guint16 address = plancia_comparison_row_get_address (row);

  if (g_strcmp0 (entry->kind, "raw") == 0)
    return address >= entry->address && address < entry->address + entry->count;
  for (guint i = 0; i < entry->items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (entry->items, i);

    if (g_str_equal (item->key, plancia_comparison_row_get_key (row)))
      return TRUE;
  }
  return FALSE;
}

/* The newest between the two snapshots, or NULL. */
static const PlanciaJournalEntry *
find_write (GPtrArray *entries, PlanciaComparisonRow *row, PlanciaSpan between)
{
  const PlanciaJournalEntry *newest = NULL;

  for (guint i = 0; i < entries->len; i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (entries, i);

    if (plancia_span_contains (between, entry->time) && reached_device (entry) &&
        is_of (entry, row) && (newest == NULL || entry->time > newest->time))
      newest = entry;
  }
  return newest;
}

/* The time of a write of today, the date of an earlier one. */
static char *
dup_when (gint64 time, GTimeZone *zone)
{
  gboolean today = plancia_span_contains (plancia_span_day (zone, plancia_clock_now ()), time);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, today ? "%H:%M" : "%x");
}

static char *
dup_by (GPtrArray *entries, PlanciaComparisonRow *row, PlanciaSpan between, GTimeZone *zone)
{
  const PlanciaJournalEntry *entry;
  g_autofree char           *when = NULL;

  if (!plancia_comparison_row_differs (row) ||
      plancia_comparison_row_get_section (row) > PLANCIA_SECTION_IDENTITY)
    return NULL;
  entry = find_write (entries, row, between);
  if (entry == NULL)
    /* Translators: the setting was changed, but not with this program */
    return g_strdup (_ ("not by Plancia"));
  when = dup_when (entry->time, zone);
  return g_strconcat ("Plancia ", when, NULL);
}

/**
 * plancia_comparison_set_writes:
 * @self: a comparison
 * @entries: (element-type PlanciaJournalEntry): of the device, any order
 * @zone: of the plant
 *
 * Says of what differs who changed it. "changed" is not emitted: rows and counts stay.
 */
void
plancia_comparison_set_writes (PlanciaComparison *self, GPtrArray *entries, GTimeZone *zone)
{
  gint64      a = plancia_snapshot_get_time (plancia_comparison_get_a (self));
  gint64      b = plancia_snapshot_get_time (plancia_comparison_get_b (self));
  PlanciaSpan between = {MIN (a, b), MAX (a, b) + 1};

  for (guint i = 0; i < plancia_comparison_count_rows (self); i++) {
    PlanciaComparisonRow *row = plancia_comparison_get_row (self, i);

    plancia_comparison_row_set_by (row, dup_by (entries, row, between, zone));
  }
}
