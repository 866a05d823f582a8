/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-backend.h"
#include "ui-fixture.h"
#include "ui/history-page.h"

G_BEGIN_DECLS

/* 2026-06-12 14:00 in Rome */
#define HISTORY_NOW G_GINT64_CONSTANT (1781265600000)

/* A history page at that time: the plant's thing has the portal's past of history-backend.h. */
typedef struct
{
  UiPlant            *plant;
  HistoryBackend     *backend;
  GTimeZone          *zone;
  PlanciaHistoryPage *page; /* while it is open */
  GtkWindow          *window;
} HistoryFixture;

PlanciaSpan history_fixture_day_before (HistoryFixture *fixture, int days);
void        history_fixture_set_up (HistoryFixture *fixture, gconstpointer data);
void        history_fixture_open_page (HistoryFixture *fixture, int width, int height);
void        history_fixture_close_page (HistoryFixture *fixture);
void        history_fixture_tear_down (HistoryFixture *fixture, gconstpointer data);
gboolean history_fixture_is_done (gpointer user_data); /* HistoryFixture: nothing is being loaded */
void     history_fixture_wait_until_done (HistoryFixture *fixture);
void     history_fixture_open_day (HistoryFixture *fixture, int days);
void     history_fixture_activate (HistoryFixture *fixture, const char *action);
gboolean history_fixture_sees (HistoryFixture *fixture, const char *words);
PlanciaHistoryState history_fixture_state (HistoryFixture *fixture);
PlanciaSeries      *history_fixture_series (HistoryFixture *fixture, guint layer);
double
history_fixture_value_at (HistoryFixture *fixture, guint layer, PlanciaSpan day, double hour);
void
history_fixture_apply_serial (HistoryFixture *fixture, PlanciaDevice *device, const char *text);

G_END_DECLS
