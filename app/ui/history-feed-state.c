/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-feed.h"

#include <glib/gi18n.h>

/* What the strands of a feed say together. */

static guint
count_strands (PlanciaHistoryFeed *self)
{
  return plancia_history_feed_get_strands (self)->len;
}

static PlanciaHistoryStrand *
strand_at (PlanciaHistoryFeed *self, guint index)
{
  return g_ptr_array_index (plancia_history_feed_get_strands (self), index);
}

static PlanciaHistoryStrand *
first_strand (PlanciaHistoryFeed *self)
{
  return count_strands (self) > 0 ? strand_at (self, 0) : NULL;
}

/* Values, or they may still come. */
static gboolean
is_shown_by (PlanciaHistoryStrand *strand)
{
  return plancia_history_strand_get_running (strand) ||
         !plancia_history_strand_get_loaded (strand) ||
         !plancia_history_series_is_empty (plancia_history_strand_get_series (strand));
}

void
plancia_history_feed_add_to (PlanciaHistoryFeed *self, PlanciaChart *chart)
{
  plancia_chart_remove_layers (chart);
  for (guint i = 0; i < count_strands (self); i++)
    plancia_history_series_add_to (plancia_history_strand_get_series (strand_at (self, i)), chart);
}

/**
 * plancia_history_feed_get_state:
 * @self: a feed
 *
 * Returns: what there is to show
 */
PlanciaHistoryState
plancia_history_feed_get_state (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *first = first_strand (self);

  if (first == NULL)
    return PLANCIA_HISTORY_NO_SOURCE;
  for (guint i = 0; i < count_strands (self); i++)
    if (is_shown_by (strand_at (self, i)))
      return PLANCIA_HISTORY_SHOWN;
  if (plancia_history_feed_get_error (self) != NULL)
    return PLANCIA_HISTORY_FAILED;
  if (plancia_history_feed_is_local (self))
    return PLANCIA_HISTORY_NOTHING;
  if (plancia_history_strand_get_stopped (first) ||
      plancia_device_get_backend (plancia_history_feed_get_source (self)) == NULL)
    return PLANCIA_HISTORY_NOT_FETCHED;
  return PLANCIA_HISTORY_NOTHING;
}

/**
 * plancia_history_feed_is_local:
 * @self: a feed
 *
 * Returns: whether all that is shown was read here, so that there is nothing to fetch
 */
gboolean
plancia_history_feed_is_local (PlanciaHistoryFeed *self)
{
  for (guint i = 0; i < count_strands (self); i++)
    if (!plancia_history_source_is_local (plancia_history_strand_get_source (strand_at (self, i))))
      return FALSE;
  return count_strands (self) > 0;
}

gboolean
plancia_history_feed_is_fetchable (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *first = first_strand (self);

  return first != NULL && !plancia_history_feed_is_local (self) &&
         plancia_history_strand_is_fetchable (first);
}

/**
 * plancia_history_feed_get_running:
 * @self: a feed
 *
 * Returns: whether something is being loaded
 */
gboolean
plancia_history_feed_get_running (PlanciaHistoryFeed *self)
{
  for (guint i = 0; i < count_strands (self); i++)
    if (plancia_history_strand_get_running (strand_at (self, i)))
      return TRUE;
  return FALSE;
}

/**
 * plancia_history_feed_get_progress:
 * @self: a feed
 * @done: (out): pieces that came
 * @all: (out): pieces to be fetched; 0: none
 */
void
plancia_history_feed_get_progress (PlanciaHistoryFeed *self, guint *done, guint *all)
{
  *done = *all = 0;
  for (guint i = 0; i < count_strands (self); i++) {
    guint one_done, one_all;

    plancia_history_strand_get_progress (strand_at (self, i), &one_done, &one_all);
    *done += one_done;
    *all += one_all;
  }
}

/**
 * plancia_history_feed_get_error:
 * @self: a feed
 *
 * Returns: (transfer none) (nullable): why something is missing
 */
const GError *
plancia_history_feed_get_error (PlanciaHistoryFeed *self)
{
  for (guint i = 0; i < count_strands (self); i++) {
    const GError *error = plancia_history_strand_get_error (strand_at (self, i));

    if (error != NULL)
      return error;
  }
  return NULL;
}

/**
 * plancia_history_feed_find_coverage:
 * @self: a feed
 *
 * Returns: (transfer full) (element-type PlanciaCoverage): how well the first of what is shown is known up to now
 */
GArray *
plancia_history_feed_find_coverage (PlanciaHistoryFeed *self)
{
  PlanciaHistoryStrand *first = first_strand (self);

  return first != NULL ? plancia_history_strand_find_coverage (first)
                       : g_array_new (FALSE, FALSE, sizeof (PlanciaCoverage));
}

char *
plancia_history_feed_dup_progress (PlanciaHistoryFeed *self)
{
  guint done, all;

  plancia_history_feed_get_progress (self, &done, &all);
  if (all == 0)
    return g_strdup (_ ("Looking in the store…"));
  if (all == 1)
    return g_strdup (_ ("Fetching from the portal…"));
  /* Translators: a download in pieces */
  return g_strdup_printf (
    _ ("Fetching from the portal, piece %u of %u…"), MIN (done + 1, all), all);
}
