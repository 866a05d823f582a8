/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/date-button.h"

#include "base/signal-new.h"
#include "ui/history-day.h"
#include "ui/ui-resource.h"

#include <glib/gi18n.h>

struct _PlanciaDateButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkCalendar   *calendar;
  PlanciaSpan    day;
  GTimeZone     *zone;
  char          *title;    /* instead of the day's, or NULL */
  gboolean       updating; /* the calendar follows the day, not the other way round */
};

enum {
  CHOSEN,
  MONTH_SHOWN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDateButton, plancia_date_button, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
show_title (PlanciaDateButton *self)
{
  g_autofree char *title = plancia_history_day_title (self->zone, self->day);
  g_autofree char *long_title = plancia_history_day_long_title (self->zone, self->day);
  /* Translators: what the button with the day is called: "Day: Thursday 11 June 2026" */
  g_autofree char *label = self->title != NULL ? g_strdup (self->title)
                                               : g_strdup_printf (_ ("Day: %s"), long_title);

  gtk_menu_button_set_label (self->button, self->title != NULL ? self->title : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

/* GTK 4.8 shows marks only when another day is selected. */
static void
refresh_marks (PlanciaDateButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime)
    other = g_date_time_add_days (date, g_date_time_get_day_of_month (date) == 1 ? 1 : -1);

  self->updating = TRUE;
  gtk_calendar_select_day (self->calendar, other);
  gtk_calendar_select_day (self->calendar, date);
  self->updating = FALSE;
}

static void
clear_marks (PlanciaDateButton *self)
{
  gtk_calendar_clear_marks (self->calendar);
  refresh_marks (self);
  g_signal_emit (self, signals[MONTH_SHOWN], 0);
}

/* GtkCalendar has a date without a zone: the day of the plant goes in as the same date here. */
static void
show_in_calendar (PlanciaDateButton *self)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  plancia_history_day_get_date (self->zone, self->day.start, &year, &month, &day);
  date = g_date_time_new_local (year, month, day, 12, 0, 0);
  self->updating = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->updating = FALSE;
}

static void
opened (PlanciaDateButton *self)
{
  show_in_calendar (self);
  clear_marks (self);
}

static void
choose_selected (PlanciaDateButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  int year, month, day;

  if (self->updating)
    return;
  g_date_time_get_ymd (date, &year, &month, &day);
  plancia_date_button_choose (self, year, month, day);
}

/* The calendar says nothing when a day of the same number was clicked, as after a turn to another month. */
static void
pressed (GtkGestureClick *click, int n_press, double x, double y, PlanciaDateButton *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->calendar), x, y, GTK_PICK_DEFAULT);

  if (picked != NULL && gtk_widget_has_css_class (picked, "day-number"))
    choose_selected (self);
}

static gboolean
choose_by_key (GtkWidget *widget, GVariant *argument, gpointer user_data)
{
  choose_selected (PLANCIA_DATE_BUTTON (user_data));
  return TRUE;
}

static void
today_clicked (PlanciaDateButton *self)
{
  int year, month, day;

  plancia_history_day_get_date (self->zone,
                                plancia_history_day_today (self->zone).start,
                                &year,
                                &month,
                                &day);
  plancia_date_button_choose (self, year, month, day);
}

static void
attach_input (PlanciaDateButton *self)
{
  GtkWidget          *calendar = GTK_WIDGET (self->calendar);
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *enter =
    gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, 0),
                                 gtk_keyval_trigger_new (GDK_KEY_KP_Enter, 0));

  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (calendar, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (enter, gtk_callback_action_new (choose_by_key, self, NULL)));
  gtk_widget_add_controller (calendar, keys);
}

static void
plancia_date_button_dispose (GObject *object)
{
  PlanciaDateButton *self = PLANCIA_DATE_BUTTON (object);
  GtkWidget         *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plancia_date_button_parent_class)->dispose (object);
}

static void
plancia_date_button_finalize (GObject *object)
{
  PlanciaDateButton *self = PLANCIA_DATE_BUTTON (object);

  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (plancia_date_button_parent_class)->finalize (object);
}

static void
plancia_date_button_class_init (PlanciaDateButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_date_button_dispose;
  object_class->finalize = plancia_date_button_finalize;

  signals[CHOSEN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "chosen", 0);
  signals[MONTH_SHOWN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "month-shown", 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "datebutton");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/date-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDateButton, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDateButton, popover);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDateButton, calendar);
  gtk_widget_class_bind_template_callback (widget_class, choose_selected);
  gtk_widget_class_bind_template_callback (widget_class, clear_marks);
  gtk_widget_class_bind_template_callback (widget_class, opened);
  gtk_widget_class_bind_template_callback (widget_class, today_clicked);
}

static void
plancia_date_button_init (PlanciaDateButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->zone = g_time_zone_new_local ();
  self->day = plancia_history_day_today (self->zone);
  attach_input (self);
  show_title (self);
}

/**
 * plancia_date_button_new:
 *
 * Returns: (transfer full): a button that says "Today"
 */
GtkWidget *
plancia_date_button_new (void)
{
  return g_object_new (PLANCIA_TYPE_DATE_BUTTON, NULL);
}

/**
 * plancia_date_button_set_day:
 * @self: a button
 * @day: the day that is looked at
 * @zone: on whose calendar
 */
void
plancia_date_button_set_day (PlanciaDateButton *self, PlanciaSpan day, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->day = day;
  show_title (self);
}

void
plancia_date_button_set_title (PlanciaDateButton *self, const char *title)
{
  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  show_title (self);
}

/**
 * plancia_date_button_get_day:
 * @self: a button
 *
 * Returns: the day that was set or chosen last
 */
PlanciaSpan
plancia_date_button_get_day (PlanciaDateButton *self)
{
  return self->day;
}

/**
 * plancia_date_button_choose:
 * @self: a button
 * @year: of the calendar
 * @month: from 1
 * @day: of the month
 *
 * Closes the calendar. A day after today becomes today.
 */
void
plancia_date_button_choose (PlanciaDateButton *self, int year, int month, int day)
{
  gtk_popover_popdown (self->popover);
  self->day = plancia_history_day_from_date (self->zone, year, month, day);
  show_title (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/**
 * plancia_date_button_get_month:
 * @self: a button
 *
 * Returns: the month that the calendar shows
 */
PlanciaSpan
plancia_date_button_get_month (PlanciaDateButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  return plancia_history_day_month (self->zone,
                                    g_date_time_get_year (date),
                                    g_date_time_get_month (date));
}

static gboolean
is_covered (PlanciaSpan day, GArray *covered)
{
  for (guint i = 0; i < covered->len; i++) {
    PlanciaSpan span = g_array_index (covered, PlanciaSpan, i);

    if (span.start <= day.start && span.end >= day.end)
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_date_button_mark:
 * @self: a button
 * @covered: (element-type PlanciaSpan): what is known of the month shown, joined
 *
 * A mark says that the day is here already and is not fetched again.
 */
void
plancia_date_button_mark (PlanciaDateButton *self, GArray *covered)
{
  PlanciaSpan month = plancia_date_button_get_month (self);
  PlanciaSpan day = plancia_span_day (self->zone, month.start);
  guint       number = 1;

  gtk_calendar_clear_marks (self->calendar);
  for (; day.start < month.end; day = plancia_span_day (self->zone, day.end), number++)
    if (is_covered (day, covered))
      gtk_calendar_mark_day (self->calendar, number);
  refresh_marks (self);
}

/**
 * plancia_date_button_get_calendar:
 * @self: a button
 *
 * Returns: (transfer none): what its popover shows
 */
GtkCalendar *
plancia_date_button_get_calendar (PlanciaDateButton *self)
{
  return self->calendar;
}

/**
 * plancia_date_button_popup:
 * @self: a button on the screen
 *
 * Opens the calendar.
 */
void
plancia_date_button_popup (PlanciaDateButton *self)
{
  gtk_menu_button_popup (self->button);
}
