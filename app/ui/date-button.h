/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The day that is looked at, with a calendar to choose another. Signals:
 *   "chosen" ()        somebody chose a day: plancia_date_button_get_day; never one after today
 *   "month-shown" ()   the calendar shows plancia_date_button_get_month; plancia_date_button_mark may answer
 */
#define PLANCIA_TYPE_DATE_BUTTON (plancia_date_button_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDateButton, plancia_date_button, PLANCIA, DATE_BUTTON, GtkWidget)

GtkWidget *plancia_date_button_new (void);
/* From outside: no signal. Also to be called when the date changes, for the word "Today". */
void        plancia_date_button_set_day (PlanciaDateButton *self, PlanciaSpan day, GTimeZone *zone);
PlanciaSpan plancia_date_button_get_day (PlanciaDateButton *self);
/* Shows this instead of the day; NULL: the day again. */
void plancia_date_button_set_title (PlanciaDateButton *self, const char *title);
/* What a click on a day of the calendar does. month from 1. */
void        plancia_date_button_choose (PlanciaDateButton *self, int year, int month, int day);
PlanciaSpan plancia_date_button_get_month (PlanciaDateButton *self);
/* Marks the days that the spans (GArray of PlanciaSpan) hold completely. */
void         plancia_date_button_mark (PlanciaDateButton *self, GArray *covered);
GtkCalendar *plancia_date_button_get_calendar (PlanciaDateButton *self);
void         plancia_date_button_popup (PlanciaDateButton *self);

G_END_DECLS
