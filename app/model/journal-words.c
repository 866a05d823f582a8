/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/journal-words.h"

#include <glib/gi18n.h>

#define ARROW   " \342\206\222 "
#define EM_DASH "\342\200\224"

static const char *
verdict_text (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return _ ("verified");
  case PLANCIA_VERDICT_DIFFERS:
    return _ ("differs");
  case PLANCIA_VERDICT_SKIPPED:
    return _ ("not sent");
  case PLANCIA_VERDICT_REFUSED:
    return _ ("refused");
  case PLANCIA_VERDICT_SENT:
    return _ ("sent, cannot be verified");
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return _ ("unknown");
  }
}

const char *
plancia_journal_outcome_text (const PlanciaJournalEntry *entry)
{
  switch (entry->state) {
  case PLANCIA_JOURNAL_RUNNING:
    return _ ("under way");
  case PLANCIA_JOURNAL_OPEN:
    return entry->sent ? _ ("sent, outcome unknown") : _ ("perhaps sent, outcome unknown");
  case PLANCIA_JOURNAL_FINISHED:
  default:
    return verdict_text (entry->verdict);
  }
}

char *
plancia_journal_values_text (const PlanciaJournalEntry *entry, gboolean keys)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entry->items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (entry->items, i);

    g_string_append_printf (text,
                            "%s%s: %s" ARROW "%s",
                            i > 0 ? "; " : "",
                            keys || item->name == NULL ? item->key : item->name,
                            item->old != NULL ? item->old : EM_DASH,
                            item->new_);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
plancia_journal_kind_text (const PlanciaJournalEntry *entry)
{
  if (g_strcmp0 (entry->kind, "undo") == 0)
    return C_ ("kind of write", "Undo");
  if (g_strcmp0 (entry->kind, "raw") == 0)
    return C_ ("kind of write", "Raw write");
  if (g_strcmp0 (entry->kind, "restore") == 0)
    return C_ ("kind of write", "Restore");
  if (g_strcmp0 (entry->kind, "clone") == 0)
    return C_ ("kind of write", "Clone");
  return C_ ("kind of write", "Write");
}
