/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "ui/history-strand.h"

G_BEGIN_DECLS

/* One day of one device: where it comes from, its curves, what of it is known. Follows today while it is looked at.
 * Main thread. Signals "changed" () after anything but the values moved; the curves say so themselves; "strands-changed" () when
 * other curves took the place of those before. */
#define PLANCIA_TYPE_HISTORY_FEED (plancia_history_feed_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryFeed, plancia_history_feed, PLANCIA, HISTORY_FEED, GObject)

/* What there is to show. */
typedef enum {
  PLANCIA_HISTORY_SHOWN,       /* values, or they may still come */
  PLANCIA_HISTORY_NO_SOURCE,   /* nobody records this device */
  PLANCIA_HISTORY_NOT_FETCHED, /* stopped before anything came */
  PLANCIA_HISTORY_NOTHING,     /* the source has nothing of that day */
  PLANCIA_HISTORY_FAILED,      /* nothing came; the error says why */
} PlanciaHistoryState;

PlanciaHistoryFeed *plancia_history_feed_new (void);
/* plant NULL: nothing is open. device: of that plant, or NULL. The day stays, unless the plant is another. */
void plancia_history_feed_set_device (PlanciaHistoryFeed *self,
                                      PlanciaOpenPlant   *plant,
                                      PlanciaDevice      *device);
/* A day of the plant's calendar, or several. Looking at today follows it over midnight. */
void plancia_history_feed_set_day (PlanciaHistoryFeed *self, PlanciaSpan day);
/* Somebody looks at it, or not any more: loads only while watched, and what is missing again at each visit. */
void plancia_history_feed_set_watched (PlanciaHistoryFeed *self, gboolean watched);
/* again: also what is known already. */
void plancia_history_feed_load (PlanciaHistoryFeed *self, gboolean again);
void plancia_history_feed_stop (PlanciaHistoryFeed *self);
/* Now and then while watched: midnight may have passed, today have grown. */
void plancia_history_feed_tick (PlanciaHistoryFeed *self);

/* Often while watched: what was recorded here meanwhile. */
void plancia_history_feed_catch_up (PlanciaHistoryFeed *self);

/* Name of a source, "all": side by side, NULL: the best. */
void        plancia_history_feed_set_choice (PlanciaHistoryFeed *self, const char *choice);
const char *plancia_history_feed_get_choice (PlanciaHistoryFeed *self);
/* quantities: the four of powers and charge; keys: recorded values beside them, or NULL. */
void               plancia_history_feed_set_curves (PlanciaHistoryFeed *self,
                                                    gboolean            quantities,
                                                    const char *const  *keys);
gboolean           plancia_history_feed_get_quantities (PlanciaHistoryFeed *self);
const char *const *plancia_history_feed_get_keys (PlanciaHistoryFeed *self);
/* GPtrArray of PlanciaHistorySource: all of the device. (transfer none) */
GPtrArray *plancia_history_feed_get_sources (PlanciaHistoryFeed *self);
/* GPtrArray of PlanciaSeriesName: what the store has of them, or NULL. (transfer none) */
GPtrArray *plancia_history_feed_get_names (PlanciaHistoryFeed *self);
/* GPtrArray of PlanciaHistoryStrand: what is shown. (transfer none) */
GPtrArray *plancia_history_feed_get_strands (PlanciaHistoryFeed *self);
/* Takes what is on the chart away and lays the curves on it. */
void plancia_history_feed_add_to (PlanciaHistoryFeed *self, PlanciaChart *chart);
/* Whether what is missing of the time can be fetched by looking at it. */
gboolean plancia_history_feed_is_fetchable (PlanciaHistoryFeed *self);
/* Whether all that is shown was read here. */
gboolean plancia_history_feed_is_local (PlanciaHistoryFeed *self);
/* Of what is shown first, or NULL. */
PlanciaHistorySeries *plancia_history_feed_get_series (PlanciaHistoryFeed *self);
PlanciaOpenPlant     *plancia_history_feed_get_plant (PlanciaHistoryFeed *self); /* or NULL */
PlanciaSpan           plancia_history_feed_get_day (PlanciaHistoryFeed *self);
GTimeZone            *plancia_history_feed_get_zone (PlanciaHistoryFeed *self);
PlanciaDevice        *plancia_history_feed_get_device (PlanciaHistoryFeed *self); /* or NULL */
PlanciaDevice        *plancia_history_feed_get_source (PlanciaHistoryFeed *self); /* or NULL */
/* All of it. (transfer none), or NULL. */
const PlanciaHistorySource *plancia_history_feed_get_source_of (PlanciaHistoryFeed *self);
const char                 *plancia_history_feed_get_source_name (PlanciaHistoryFeed *self);
PlanciaHistoryState         plancia_history_feed_get_state (PlanciaHistoryFeed *self);
gboolean                    plancia_history_feed_get_running (PlanciaHistoryFeed *self);
void plancia_history_feed_get_progress (PlanciaHistoryFeed *self, guint *done, guint *all);
/* The same in words. (transfer full) */
char         *plancia_history_feed_dup_progress (PlanciaHistoryFeed *self);
const GError *plancia_history_feed_get_error (PlanciaHistoryFeed *self); /* or NULL */
/* GArray of PlanciaCoverage of the day up to now, (transfer full). */
GArray *plancia_history_feed_find_coverage (PlanciaHistoryFeed *self);

G_END_DECLS
