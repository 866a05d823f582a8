/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/carry.h"

#include "history/alarm-carry.h"
#include "history/archive-trouble.h"
#include "history/day-part.h"
#include "history/journal-carry.h"
#include "history/sample-carry.h"

struct _PlanciaCarry
{
  PlanciaStoreSqlite *store;
  PlanciaJournalFile *journal;
  GHashTable         *devices; /* borrowed, or NULL */
  gboolean            look;
  gboolean            begun; /* a transaction of the store is open */
};

/* For people: what is the matter with the files of this computer. Returns whether it went well. */
static gboolean
check (gboolean good, GError *failure, GError **error)
{
  if (good)
    return TRUE;
  if (error != NULL && failure != NULL)
    *error = plancia_archive_trouble_new (failure);
  g_clear_error (&failure);
  return FALSE;
}

static const char *
choose_path (const char *path, gboolean look)
{
  return look && !g_file_test (path, G_FILE_TEST_EXISTS) ? ":memory:" : path;
}

PlanciaCarry *
plancia_carry_open (const char *history, const char *journal, gboolean look, GError **error)
{
  g_autoptr (PlanciaCarry) self = g_new0 (PlanciaCarry, 1);
  GError *failure = NULL;

  self->look = look;
  self->store = plancia_store_sqlite_open (choose_path (history, look), &failure);
  if (!check (self->store != NULL, failure, error))
    return NULL;
  self->journal = plancia_journal_file_open (choose_path (journal, look), &failure);
  if (!check (self->journal != NULL, failure, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
plancia_carry_close (PlanciaCarry *self)
{
  if (self->begun)
    plancia_database_end (plancia_store_sqlite_get_database (self->store), FALSE, NULL);
  g_clear_pointer (&self->store, plancia_store_sqlite_close);
  g_clear_pointer (&self->journal, plancia_journal_file_close);
  g_free (self);
}

/* --- out ------------------------------------------------------------------------------------- */

GPtrArray *
plancia_carry_journal (PlanciaCarry      *self,
                       const char *const *ids,
                       const char *const *serials,
                       GCancellable      *cancellable,
                       GError           **error)
{
  return plancia_journal_carry_out (self->journal, ids, serials, cancellable, error);
}

GPtrArray *
plancia_carry_alarms (PlanciaCarry *self, const char *const *ids, guint *alarms, GError **error)
{
  return plancia_alarm_carry_out (self->store, ids, alarms, error);
}

GPtrArray *
plancia_carry_list_sources (PlanciaCarry *self, const char *device, GError **error)
{
  return plancia_sample_carry_sources (self->store, device, error);
}

/* The month of UTC that holds a time. */
static PlanciaSpan
month_of (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) next = NULL;

  if (date == NULL)
    return (PlanciaSpan){0, 0};
  first =
    g_date_time_new_utc (g_date_time_get_year (date), g_date_time_get_month (date), 1, 0, 0, 0);
  next = g_date_time_add_months (first, 1);
  return (PlanciaSpan){g_date_time_to_unix (first) * PLANCIA_SECOND,
                       g_date_time_to_unix (next) * PLANCIA_SECOND};
}

GArray *
plancia_carry_list_months (PlanciaCarry *self,
                           const char   *device,
                           const char   *source,
                           PlanciaSpan   span,
                           GError      **error)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan extent;

  if (!plancia_sample_carry_extent (self->store, device, source, span, &extent, error))
    return NULL;
  for (gint64 at = extent.start; at < extent.end;) {
    PlanciaSpan month = month_of (at);

    if (plancia_span_is_empty (month))
      break;
    g_array_append_val (months, month);
    at = month.end;
  }
  return g_steal_pointer (&months);
}

GBytes *
plancia_carry_days (PlanciaCarry *self,
                    const char   *device,
                    const char   *source,
                    PlanciaSpan   span,
                    const char   *owner,
                    gint64       *samples,
                    GCancellable *cancellable,
                    GError      **error)
{
  return plancia_sample_carry_out (self->store,
                                   device,
                                   source,
                                   span,
                                   owner,
                                   samples,
                                   cancellable,
                                   error);
}

gboolean
plancia_carry_measure (PlanciaCarry *self,
                       const char   *device,
                       PlanciaSpan   span,
                       gint64       *size,
                       GError      **error)
{
  return plancia_sample_carry_measure (self->store, device, span, size, error);
}

/* --- in -------------------------------------------------------------------------------------- */

gboolean
plancia_carry_begin (PlanciaCarry *self, GHashTable *devices, GError **error)
{
  GError *failure = NULL;

  self->devices = devices;
  if (self->look)
    return TRUE;
  self->begun = plancia_database_begin (plancia_store_sqlite_get_database (self->store), &failure);
  return check (self->begun, failure, error);
}

gboolean
plancia_carry_take_days (PlanciaCarry   *self,
                         const char     *device,
                         const char     *source,
                         PlanciaSpan     month,
                         const char     *owner,
                         GBytes         *part,
                         PlanciaCarried *carried,
                         guint          *lost,
                         GCancellable   *cancellable,
                         GError        **error)
{
  const char *here = self->devices != NULL ? g_hash_table_lookup (self->devices, device) : NULL;
  GError     *failure = NULL;
  gboolean    good;

  good = plancia_sample_carry_in (self->store,
                                  here != NULL ? here : device,
                                  source,
                                  month,
                                  owner,
                                  part,
                                  self->look,
                                  &carried->samples,
                                  lost,
                                  cancellable,
                                  &failure);
  return check (good, failure, error);
}

gboolean
plancia_carry_take_alarms (PlanciaCarry   *self,
                           GBytes         *document,
                           PlanciaCarried *carried,
                           GError        **error)
{
  GError  *failure = NULL;
  gboolean good = plancia_alarm_carry_in (self->store,
                                          document,
                                          self->devices,
                                          self->look,
                                          &carried->alarms,
                                          &failure);

  return check (good, failure, error);
}

gboolean
plancia_carry_take_journal (PlanciaCarry   *self,
                            GPtrArray      *documents,
                            PlanciaCarried *carried,
                            GCancellable   *cancellable,
                            GError        **error)
{
  PlanciaJournalCarried journal = {0};

  if (!plancia_journal_carry_in (self->journal,
                                 documents,
                                 self->devices,
                                 self->look,
                                 &journal,
                                 cancellable,
                                 error))
    return FALSE;
  carried->requests += journal.requests;
  carried->events += journal.events;
  return TRUE;
}

gboolean
plancia_carry_commit (PlanciaCarry *self, GError **error)
{
  GError  *failure = NULL;
  gboolean good;

  if (!self->begun)
    return TRUE;
  self->begun = FALSE;
  good = plancia_database_end (plancia_store_sqlite_get_database (self->store), TRUE, &failure);
  return check (good, failure, error);
}

/* --- checks ---------------------------------------------------------------------------------- */

gboolean
plancia_carry_check_journal (GBytes *document, const char *origin, guint *n, GError **error)
{
  return plancia_journal_carry_check (document, origin, n, error);
}

gboolean
plancia_carry_check_alarms (GBytes *document, const char *origin, guint *n, GError **error)
{
  return plancia_alarm_carry_check (document, origin, n, error);
}

static gboolean
count_samples (const char *key, GArray *times, GArray *values, gpointer data)
{
  *(gint64 *) data += times->len;
  return TRUE;
}

static gboolean
pass_cover (const PlanciaCover *cover, gpointer data)
{
  return TRUE;
}

gboolean
plancia_carry_check_days (GBytes *part, const char *owner, gint64 *n, guint *lost, GError **error)
{
  static const PlanciaDayVisitor visitor = {count_samples, pass_cover};

  *n = 0;
  return plancia_day_part_read (part, owner, &visitor, n, lost, error);
}
