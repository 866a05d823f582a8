/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/date-button.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* Marks in the calendar the days that the store has of the feed's source. asking: the question under way, which is given up for the
 * new one; the caller cancels and frees the last. plant: or NULL. Main thread. */
void plancia_history_marks_ask (GCancellable      **asking,
                                PlanciaDateButton  *date,
                                PlanciaHistoryFeed *feed,
                                PlanciaOpenPlant   *plant);

G_END_DECLS
