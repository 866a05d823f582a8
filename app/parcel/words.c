/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/words.h"

#include "base/text.h"
#include "parcel/private.h"
#include <glib/gi18n.h>
#include <string.h>

char *
plancia_parcel_words_count (PlanciaParcelKind kind, guint n)
{
  switch (kind) {
  case PLANCIA_PARCEL_PLANT:
    return g_strdup_printf (ngettext ("%u plant", "%u plants", n), n);
  case PLANCIA_PARCEL_MAPS:
    return g_strdup_printf (ngettext ("%u register map", "%u register maps", n), n);
  case PLANCIA_PARCEL_SNAPSHOTS:
    return g_strdup_printf (ngettext ("%u snapshot", "%u snapshots", n), n);
  case PLANCIA_PARCEL_VISITS:
    return g_strdup_printf (ngettext ("%u commissioning", "%u commissionings", n), n);
  case PLANCIA_PARCEL_JOURNAL:
    return g_strdup_printf (ngettext ("%u journal entry", "%u journal entries", n), n);
  case PLANCIA_PARCEL_ALARMS:
    return g_strdup_printf (ngettext ("%u alarm", "%u alarms", n), n);
  case PLANCIA_PARCEL_RECORDINGS:
    return g_strdup_printf (ngettext ("%u recording", "%u recordings", n), n);
  default:
    /* Translators: months of history, counted by device and source */
    return g_strdup_printf (ngettext ("%u month of history", "%u months of history", n), n);
  }
}

static char *
month_text (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  /* Translators: a month of a year, as strftime has it: "June 2026" */
  return date != NULL ? g_date_time_format (date, _ ("%B %Y")) : g_strdup ("?");
}

char *
plancia_parcel_words_months (PlanciaSpan span)
{
  g_autofree char *first = month_text (span.start);
  g_autofree char *last = month_text (MAX (span.start, span.end - 1));

  if (strcmp (first, last) == 0)
    return g_steal_pointer (&first);
  /* Translators: from one month to another: "January 2026 to June 2026" */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

char *
plancia_parcel_words_history (gint64 samples, PlanciaSpan span)
{
  g_autofree char *number = plancia_text_number ((double) samples, 0);
  g_autofree char *months = plancia_parcel_words_months (span);
  const gulong     n = (gulong) CLAMP (samples, 0, G_MAXINT);

  /* Translators: the first %s is how many values, the second which months: "12 345 values, June 2026" */
  return g_strdup_printf (ngettext ("%s value, %s", "%s values, %s", n), number, months);
}

char *
plancia_parcel_words_added (PlanciaParcelKind kind, const PlanciaParcelResult *result)
{
  g_autofree char *added = plancia_parcel_words_count (kind, result->added[kind]);
  g_autofree char *joined = plancia_parcel_words_count (kind, result->joined[kind]);

  if (result->added[kind] == 0 && result->joined[kind] == 0)
    return NULL;
  if (result->joined[kind] == 0)
    /* Translators: things that were not there: "New: 3 snapshots" */
    return g_strdup_printf (_ ("New: %s"), added);
  if (kind == PLANCIA_PARCEL_JOURNAL)
    /* Translators: entries of the journal that were not there; what became of writes that was not known */
    return g_strdup_printf (ngettext ("New: %s, with %u outcome or note",
                                      "New: %s, with %u outcomes and notes",
                                      result->joined[kind]),
                            added,
                            result->joined[kind]);
  /* Translators: things that were not there, and things that know more now */
  return g_strdup_printf (_ ("New: %s; completed: %s"), added, joined);
}

/* --- troubles -------------------------------------------------------------------------------- */

static char *
history_subject (const char *name)
{
  PlanciaParcelItem item = {0};
  const char       *rest = strchr (name, '/');
  g_autofree char  *device = NULL;
  g_autofree char  *source = NULL;
  g_autofree char  *month = NULL;
  gboolean          good = rest != NULL && plancia_parcel_history_parse (rest + 1, &item);

  device = item.device;
  source = item.source;
  if (!good)
    /* Translators: %s: a name in the file */
    return g_strdup_printf (_ ("History (%s)"), name);
  month = plancia_parcel_words_months (item.month);
  /* Translators: a month, then the id of a device and where its values come from */
  return g_strdup_printf (_ ("History of %s (%s, %s)"), month, device, source);
}

static char *
subject (const PlanciaParcelTrouble *trouble)
{
  const char *slash = strchr (trouble->name, '/');
  const char *name = slash != NULL ? slash + 1 : trouble->name;

  switch (trouble->kind) {
  case PLANCIA_PARCEL_PLANT:
    return g_strdup (_ ("The plant itself"));
  case PLANCIA_PARCEL_MAPS:
    return g_strdup_printf (_ ("Register map %s"), name);
  case PLANCIA_PARCEL_SNAPSHOTS:
    return g_strdup_printf (_ ("Snapshot %s"), name);
  case PLANCIA_PARCEL_VISITS:
    return g_strdup_printf (_ ("Commissioning %s"), name);
  case PLANCIA_PARCEL_JOURNAL:
    return g_strdup_printf (_ ("Part of the journal (%s)"), name);
  case PLANCIA_PARCEL_ALARMS:
    return g_strdup_printf (_ ("Part of the alarms (%s)"), name);
  case PLANCIA_PARCEL_RECORDINGS:
    return g_strdup_printf (_ ("Recording %s"), name);
  case PLANCIA_PARCEL_HISTORY:
    return history_subject (trouble->name);
  default:
    return g_strdup (trouble->name);
  }
}

static const char *
predicate (const PlanciaParcelTrouble *trouble)
{
  switch (trouble->reason) {
  case PLANCIA_PARCEL_DAMAGED:
    return _ ("damaged, left out");
  case PLANCIA_PARCEL_PARTLY:
    return _ ("damaged in places; what could be read of it is taken");
  case PLANCIA_PARCEL_MISSING:
    return _ ("missing, though the file tells of it");
  case PLANCIA_PARCEL_TOO_LARGE:
    return _ ("larger than such a thing can be, left out");
  case PLANCIA_PARCEL_TWICE:
    return _ ("there twice; the first is taken");
  case PLANCIA_PARCEL_LOCKED:
    return _ ("locked with a password, left out");
  case PLANCIA_PARCEL_STRANGE:
    return _ ("nothing that belongs into a plant file, left out");
  case PLANCIA_PARCEL_DIFFERENT:
    return _ ("there is another one of that name here, which stays");
  default:
    return _ ("not what it should be, left out");
  }
}

char *
plancia_parcel_words_trouble (const PlanciaParcelTrouble *trouble)
{
  g_autofree char *what = NULL;

  if (trouble->reason == PLANCIA_PARCEL_CUT)
    return g_strdup (
      _ ("The end of the file is missing or damaged: there may have been more in it."));
  what = subject (trouble);
  if (trouble->words != NULL)
    /* Translators: what it is about, what is the matter, and the reason in English */
    return g_strdup_printf (_ ("%s: %s (%s)"), what, predicate (trouble), trouble->words);
  /* Translators: what it is about, and what is the matter */
  return g_strdup_printf (_ ("%s: %s"), what, predicate (trouble));
}
