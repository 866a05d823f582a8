/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/legend.h"
#include "ui/coverage-key.h"
#include "ui/cursor-table.h"
#include "ui/energy-sums.h"
#include "ui/help-button.h"
#include "ui/history-bar.h"
#include "ui/history-choice.h"
#include "ui/history-empty.h"
#include "ui/history-energies.h"
#include "ui/history-events.h"
#include "ui/history-hole.h"
#include "ui/history-other.h"
#include "ui/history-page.h"
#include "ui/history-panes.h"
#include "ui/history-table.h"

G_BEGIN_DECLS

/* The parts of the history page, for its own files: history-page.c (life), history-page-show.c (what is shown),
 * history-page-actions.c (what people do). */
struct _PlanciaHistoryPage
{
  PlanciaSessionBin parent_instance;

  PlanciaHistoryBar    *bar;
  PlanciaDateButton    *date; /* of the bar */
  GtkRevealer          *trouble;
  GtkLabel             *trouble_words;
  PlanciaHelpButton    *help;
  GtkStack             *stack;
  GtkWidget            *shown;
  PlanciaLegend        *legend;
  PlanciaHistoryChoice *choice;
  PlanciaHistoryChoice *energy_choice; /* of the sources of the bars */
  GtkStack             *view;
  GtkWidget            *charts; /* scrolls */
  GtkLabel             *lead_name;
  PlanciaHistoryPanes  *panes; /* further devices */
  PlanciaChart         *chart;
  PlanciaHistoryTable  *table;
  PlanciaCursorTable   *cursors;
  PlanciaEnergySums    *day_sums;
  GtkWidget            *foot;
  PlanciaCoverageKey   *key;
  GtkWidget            *spinner;
  GtkWidget            *progress;
  GtkWidget            *stop;
  GtkWidget            *again;
  GtkWidget            *now;
  PlanciaHistoryEmpty  *empty;
  PlanciaEnergyView    *energy_view;

  PlanciaSession         *session; /* borrowed from the bin */
  PlanciaHistoryFeed     *feed;
  PlanciaHistoryEnergies *energies;
  PlanciaHistoryOther    *other; /* what the day is compared with */
  PlanciaHistoryEvents   *events;
  gboolean                was_running;
  GSimpleActionGroup     *actions;
  PlanciaSpan             shown_day; /* the extent of the chart */
  GCancellable           *marking;   /* the question for the days of a month */
  guint                   tick;
  guint                   catch_up;
  guint                   narrowing; /* idle */
  gboolean                going;     /* to another time, which the session is told */
  gboolean                narrow;
  gboolean                utc; /* the times beside the curves are not the plant\'s */
};

/* history-page.c */
/* The feed's curves and those they are compared with. */
void plancia_history_page_lay_curves (PlanciaHistoryPage *self);

/* history-page-show.c */
gboolean plancia_history_page_is_day (PlanciaHistoryPage *self);
/* Curves: of a day, or of more if somebody wants them in place of bars. */
gboolean plancia_history_page_has_curves (PlanciaHistoryPage *self);
/* A chart that follows the present moves on. */
void plancia_history_page_update_limit (PlanciaHistoryPage *self);
/* The way back to the present, where somebody left it. */
void plancia_history_page_update_now (PlanciaHistoryPage *self);
/* Shows everything anew. */
void plancia_history_page_update (PlanciaHistoryPage *self);
void plancia_history_page_update_table (PlanciaHistoryPage *self);
/* What the curves show, as a table. (transfer full) */
PlanciaShownTable *plancia_history_page_dup_table (PlanciaHistoryPage *self);
/* The energies of the day, where there are no cursors. */
void plancia_history_page_update_sums (PlanciaHistoryPage *self);

/* All that is known may have turned out to begin later. */
void plancia_history_page_energies_came (PlanciaHistoryPage *self);

/* Whose times stand beside the curves. (transfer full) */
GTimeZone *plancia_history_page_dup_clock (PlanciaHistoryPage *self);

/* history-page-actions.c */
/* The group "history". */
void plancia_history_page_add_actions (PlanciaHistoryPage *self);
void plancia_history_page_go_to_day (PlanciaHistoryPage *self, PlanciaSpan day);
void plancia_history_page_show_range (PlanciaHistoryPage *self, PlanciaRange range, gint64 time);
/* The curves become those of the stretch that is looked at, if that is what is shown. */
void plancia_history_page_follow_span (PlanciaHistoryPage *self);

/* history-page-periods.c */
void plancia_history_page_add_period_actions (PlanciaHistoryPage *self);
/* What was compared with the last time. */
void plancia_history_page_recall_compare (PlanciaHistoryPage *self);
/* Offers the other devices to compare with. */
void plancia_history_page_list_devices (PlanciaHistoryPage *self);

G_END_DECLS
